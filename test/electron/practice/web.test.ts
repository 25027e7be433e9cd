/** The web server of practice: tells the address, and no odd request brings it down. */
import { once } from 'node:events';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createNet } from '../../../electron/net/net.ts';
import type { PracticeWorld } from '../../../electron/practice/practice.ts';
import { context, start } from './world.ts';

/** @returns the status line of the answer; empty when it hung up without one */
async function raw({ environment }: PracticeWorld, request: string): Promise<string> {
  const port = Number(new URL(environment.login.authority).port);
  const socket = tls.connect({ host: '127.0.0.1', servername: 'localhost', port, ca: [...environment.ca] });
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.on('error', () => undefined);
  socket.write(request);
  await once(socket, 'close');
  return heard.split('\r\n')[0] ?? '';
}
const head = (target: string): string => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

describe('web server of practice', () => {
  it('tells the office’s address in more than one place, all the same', async () => {
    const { environment } = await start('vpn-on');
    const { http } = createNet(environment);
    const urls = environment.publicIp.flatMap((source) => (source.kind === 'https' ? [source.url] : []));
    expect(urls.length).toBeGreaterThan(1);
    for (const url of urls)
      expect((await http.send({ method: 'GET', url, signal: context.signal })).text).toBe('198.51.100.80\n');
  });
  it.each(['/%zz', '//', '//:0', '/%00', '*', 'http://x:99999/', '/adminapi/', '/%E0%A4%A'])(
    'answers %s and goes on',
    async (target) => {
      const world = await start('all-well');
      expect(await raw(world, head(target))).toMatch(/^HTTP\/1\.1 40[0-4]/);
      expect(await raw(world, head('/ip'))).toBe('HTTP/1.1 200 OK');
    },
  );
  it('hangs up on a body without end', async () => {
    const world = await start('all-well');
    const body = 'x'.repeat(1024 * 1024 + 1);
    const request = `POST /ip HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    expect(await raw(world, request)).toBe('');
    expect(await raw(world, head('/ip'))).toBe('HTTP/1.1 200 OK');
  });
});
