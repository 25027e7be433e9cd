/** How long the loopback host lives, whom it lets in meanwhile, and how much it bears. */
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startServe } from '../../electron/serve.ts';
import { attacked, request, type Attacked } from './serve-attacks.ts';

let open: Attacked[] = [];
afterEach(async () => {
  await Promise.all(open.map(({ host }) => host.close()));
  open = [];
});
const start = async (limits: Parameters<typeof attacked>[0] = {}): Promise<Attacked> => {
  const one = await attacked(limits);
  open.push(one);
  return one;
};
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const post = ({ host }: Attacked, target: string, value: unknown, token = '', at = '127.0.0.1') => {
  const body = JSON.stringify(value);
  const own = `${at}:${host.port}`;
  const headers = { Host: own, Origin: `http://${own}`, 'Content-Type': 'application/json', Connection: 'close' };
  const length = String(body.length);
  return request(
    `POST ${target} HTTP/1.1`,
    { ...headers, 'X-RelayReady-Token': token, 'Content-Length': length },
    body,
  );
};
const enter = async (one: Attacked): Promise<string> =>
  /"token":"([^"]+)"/.exec((await one.raw(post(one, '/session', { key: one.key }))).text)?.[1] ?? '';
const CALL = { id: '1', method: 'set-up.list', params: {}, language: 'en' };

it('the key has a life', async () => {
  const one = await start({ keyMs: 50 });
  await pause(100);
  expect((await one.raw(post(one, '/session', { key: one.key }))).status).toBe(403);
});

it('a second browser with the same key is told so and the first goes on', async () => {
  const one = await start();
  const token = await enter(one);
  expect((await one.raw(post(one, '/session', { key: one.key }))).status).toBe(403);
  expect((await one.raw(post(one, '/call', CALL, token))).status).toBe(200);
});

it('guessing ends the key after five tries, and the token is never guessed', async () => {
  const one = await start();
  // The last letter of 32 bytes in base64url is one of sixteen; none of these is among them.
  for (let tries = 0; tries < 50; tries += 1) {
    expect(
      (await one.raw(post(one, '/session', { key: `${one.key.slice(0, -1)}${'BCDFGHJKLN'[tries % 10]}` }))).status,
    ).toBe(403);
    expect((await one.raw(post(one, '/call', CALL, String(tries).padStart(43, 'x')))).status).toBe(403);
  }
  expect((await one.raw(post(one, '/session', { key: one.key }))).status).toBe(403);
  expect(one.ran()).toBe(0);
});

it('IPv6 is served on the same port, under its own name alone', async (context) => {
  const one = await start();
  const over6 = (host: string) =>
    one.raw(request('GET / HTTP/1.1', { Host: `${host}:${one.host.port}`, Connection: 'close' }), 3000, 6);
  const here = await new Promise<boolean>((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen(0, '::1', () => probe.close(() => resolve(true)));
  });
  if (!here) context.skip('this computer has no IPv6 on its loopback interface');
  expect((await over6('[::1]')).status).toBe(200);
  expect((await over6('127.0.0.1')).status).toBe(403);
});

it('a port somebody else has is told; another that is free is taken without being asked', async () => {
  const one = await start();
  const error = await startServe({ api: {} as never, port: one.host.port, page: new Map() }).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'port-in-use', field: '--port' });
  const other = await start();
  expect(other.host.port).not.toBe(one.host.port);
  expect(await one.serves()).toBe(true);
});

it('stops when nobody uses it, but not while a page is open', async () => {
  const unused = await start({ idleMs: 200 });
  expect(await unused.host.stopped).toBe(true);

  const one = await start({ idleMs: 1500, beatMs: 50 });
  const token = await enter(one);
  const page = net.connect(one.host.port, '127.0.0.1');
  let beats = '';
  page.on('data', (chunk: Buffer) => (beats += chunk.toString()));
  page.write(post(one, '/here', {}, token).replace('Connection: close\r\n', ''));
  let stopped = false;
  void one.host.stopped.then(() => (stopped = true));
  await pause(4000);
  expect(stopped).toBe(false);
  expect(beats.startsWith('HTTP/1.1 200')).toBe(true);
  page.destroy();
  expect(await one.host.stopped).toBe(true);
});

it('a stop from outside is no stop for want of use', async () => {
  const one = await start();
  await one.host.close();
  expect(await one.host.stopped).toBe(false);
});

it('a flood of requests without the token is turned away, and the page with it goes on', async () => {
  const one = await start({ burst: 30, perSecond: 0.01 });
  const token = await enter(one);
  const hello = request('GET / HTTP/1.1', { Host: `127.0.0.1:${one.host.port}`, Connection: 'close' });
  const statuses: number[] = [];
  for (let count = 0; count < 60; count += 1) statuses.push((await one.raw(hello)).status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(30);
  expect((await one.raw(post(one, '/call', CALL, token))).status).toBe(200);
});

it('a thousand connections that say nothing are dropped, and it serves again', async () => {
  const one = await start({ headersMs: 500 });
  const sockets = Array.from({ length: 1000 }, () =>
    net.connect(one.host.port, '127.0.0.1').on('error', () => undefined),
  );
  let closed = 0;
  await new Promise<void>((resolve) => {
    for (const socket of sockets)
      socket.resume().once('close', () => {
        closed += 1;
        if (closed === sockets.length) resolve();
      });
  });
  expect(await one.serves()).toBe(true);
});
