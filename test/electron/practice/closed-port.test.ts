/** A closed port stays closed: nobody answers, nobody can take it, and it is free afterwards. */
import { once } from 'node:events';
import net from 'node:net';
import { expect, it } from 'vitest';
import { holdClosedPort } from '../../../electron/practice/closed-port.ts';

const codeOf = (emitter: net.Socket | net.Server, success: string): Promise<string> =>
  new Promise((resolve) => {
    emitter.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    emitter.once(success, () => resolve(success));
  });

it('refuses callers and cannot be taken while it is held', async () => {
  const held = await holdClosedPort();
  expect(await codeOf(net.connect(held.port, '127.0.0.1'), 'connect')).toBe('ECONNREFUSED');
  expect(await codeOf(net.createServer().listen(held.port, '127.0.0.1'), 'listening')).toBe('EADDRINUSE');
  await held.stop();
  const server = net.createServer().listen(held.port, '127.0.0.1');
  expect(await codeOf(server, 'listening')).toBe('listening');
  server.close();
  await once(server, 'close');
});
