/** The HTTPS client against servers one cannot trust, that stall, flood and point elsewhere. */
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { createDns } from '../../../electron/net/dns.ts';
import { createHttp } from '../../../electron/net/http.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';

const ca = await createTestCa();
let server: https.Server | null = null;
afterEach(async () => {
  server?.close();
  server?.closeAllConnections();
  server = null;
});

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
async function client(
  handle: Handle,
  options: { readonly trusted?: boolean; readonly names?: readonly string[]; readonly loopback?: boolean } = {},
) {
  server = https.createServer(await ca.issue({ names: options.names ?? ['localhost', '127.0.0.1'] }), handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const environment: Environment = {
    ...(CLOUDS[0] as Environment),
    dns: { servers: [], doh: [] },
    ca: options.trusted === false ? [] : [ca.cert],
    loopback: options.loopback ?? true,
  };
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  const http = createHttp(environment, createDns(environment));
  return (more: Partial<Parameters<typeof http.send>[0]> = {}) =>
    http.send({ method: 'GET', url, signal: new AbortController().signal, ...more });
}
const hello: Handle = (_, response) => response.end('hello');

describe('HTTPS', () => {
  it('sends and reads', async () => {
    const send = await client((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.writeHead(201, { 'X-Said': 'Yes' }).end(`${request.method} ${body}`));
    });
    expect(await send({ method: 'POST', body: 'äöü' })).toMatchObject({
      status: 201,
      text: 'POST äöü',
      headers: { 'x-said': 'Yes' },
    });
  });
  it('gives a redirect back as it is', async () => {
    const send = await client((_, response) => response.writeHead(302, { location: 'https://evil.example/' }).end());
    expect(await send()).toMatchObject({ status: 302, headers: { location: 'https://evil.example/' } });
  });
  it.each<[string, Parameters<typeof client>[1]]>([
    ['a certificate nobody vouches for', { trusted: false }],
    ['a certificate of another name', { names: ['other.example'] }],
    ['this computer, outside a loopback world', { loopback: false }],
  ])('refuses %s', async (_, options) => {
    await expect((await client(hello, options))()).rejects.toMatchObject({ name: 'AppError', code: 'network' });
  });
  it('refuses plain HTTP', async () => {
    const send = await client(hello);
    await expect(send({ url: 'http://localhost:1/' })).rejects.toThrow(/./);
  });
  it('takes no more than it may', async () => {
    const send = await client((_, response) => response.end('x'.repeat(10_000)));
    await expect(send({ maxBytes: 1000 })).rejects.toMatchObject({ code: 'unexpected-answer' });
  });
  it.each<[string, Handle]>([
    ['says nothing', () => undefined],
    [
      'drips',
      (_, response) => {
        const timer = setInterval(() => response.write('.'), 30);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('does not wait beyond its time for a server that %s', async (_, handle) => {
    const send = await client(handle);
    const begun = performance.now();
    await expect(send({ deadlineMs: 400 })).rejects.toMatchObject({ code: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(1500);
  });
  it('names a cut connection', async () => {
    const send = await client((request) => request.socket.destroy());
    await expect(send()).rejects.toMatchObject({ code: 'network' });
  });
  it('stops within a second', async () => {
    const send = await client(() => undefined);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const begun = performance.now();
    await expect(send({ signal: controller.signal })).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1100);
  });
});
