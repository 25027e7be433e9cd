/** The loopback host against what browsers, other pages and other programs may send it. */
import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../../electron/api.ts';
import type { Engine } from '../../electron/dispatch.ts';
import { startServe, type ServeHost } from '../../electron/serve.ts';

type Answer = { readonly status: number; readonly body: string; readonly headers: http.IncomingHttpHeaders };

let host: ServeHost;
let cancelled: boolean;

beforeEach(async () => {
  cancelled = false;
  const engine = {
    'set-up.list': async () => [],
    'reply.explain': (_: unknown, { signal, onProgress }: { signal: AbortSignal; onProgress: (p: object) => void }) =>
      new Promise((_resolve, reject) => {
        onProgress({ topic: 'x', state: 'running', message: 'waiting' });
        signal.addEventListener('abort', () => {
          cancelled = true;
          reject(signal.reason as Error);
        });
      }),
  } as unknown as Engine;
  host = await startServe({
    api: { engine, dataFolder: '/dev/null/none' } as unknown as Api,
    port: 0,
    page: new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<p>page') }]]),
  });
});
afterEach(() => host.close());

const own = () => `127.0.0.1:${host.port}`;
const key = () => host.address.split('#k=')[1] ?? '';

function send(method: string, path: string, headers: http.OutgoingHttpHeaders = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port: host.port, method, path, headers: { host: own(), ...headers } },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
const post = (path: string, value: unknown, headers: http.OutgoingHttpHeaders = {}) =>
  send(
    'POST',
    path,
    { origin: `http://${own()}`, 'content-type': 'application/json', ...headers },
    JSON.stringify(value),
  );
const token = async () => (JSON.parse((await post('/session', { key: key() })).body) as { token: string }).token;

describe('the page', () => {
  it('comes with a strict policy and no cross-origin permission', async () => {
    const { status, headers } = await send('GET', '/');
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("connect-src 'self'");
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['cache-control']).toBe('no-store');
  });
  it.each(['/..%2fpackage.json', '/../package.json', '/%5c..%5cx', '/index.html%00', '/nothing', '//evil.example/'])(
    'does not give out %s',
    async (path) => expect((await send('GET', path)).status).toBe(404),
  );
  it.each(['localhost', 'evil.example', '127.1', '[::1]', '127.0.0.1.'])('refuses the Host %s', async (name) => {
    expect((await send('GET', '/', { host: `${name}:${host.port}` })).status).toBe(403);
    expect((await send('GET', '/', { host: name })).status).toBe(403);
  });
  it.each(['cross-site', 'same-site'])('refuses Sec-Fetch-Site %s', async (site) =>
    expect((await send('GET', '/', { 'sec-fetch-site': site })).status).toBe(403),
  );
  it.each(['OPTIONS', 'PUT', 'DELETE', 'HEAD', 'PATCH'])('refuses %s', async (method) =>
    expect((await send(method, '/', { origin: `http://${own()}` })).status).toBe(405),
  );
});

describe('the key', () => {
  it('opens once', async () => {
    expect((await post('/session', { key: key() })).status).toBe(200);
    expect((await post('/session', { key: key() })).status).toBe(403);
  });
  it('is withdrawn after five wrong tries', async () => {
    for (let tries = 0; tries < 5; tries += 1)
      expect((await post('/session', { key: `wrong${tries}` })).status).toBe(403);
    expect((await post('/session', { key: key() })).status).toBe(403);
  });
  it.each([[{}], [{ key: 7 }], [{ key: 'x', more: 1 }], ['text'], [null]])('is not opened by %j', async (value) =>
    expect((await post('/session', value)).status).toBe(403),
  );
});

describe('calls', () => {
  const body = { id: '1', method: 'set-up.list', params: {}, language: 'en' };

  it('answer with the reply on a line of its own', async () => {
    const { status, body: text } = await post('/call', body, { 'x-relayready-token': await token() });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ reply: { ok: true, value: [] } });
  });
  it.each(['/call', '/cancel', '/anything'])('%s needs the token', async (path) => {
    expect((await post(path, body)).status).toBe(403);
    expect((await post(path, body, { 'x-relayready-token': 'x'.repeat(43) })).status).toBe(403);
    expect((await post(path, body, { cookie: `token=${await token()}` })).status).toBe(403);
  });
  it.each(['http://evil.example', 'null', 'http://localhost:1', ''])('refuse the Origin %j', async (origin) =>
    expect((await post('/call', body, { 'x-relayready-token': await token(), origin })).status).toBe(403),
  );
  it('refuse a body that a form could send', async () =>
    expect(
      (await post('/call', body, { 'x-relayready-token': await token(), 'content-type': 'text/plain' })).status,
    ).toBe(415));
  it('refuse what is not a call', async () => {
    const headers = { 'x-relayready-token': await token() };
    expect((await post('/call', { ...body, id: 5 }, headers)).status).toBe(400);
    expect(
      (await send('POST', '/call', { origin: `http://${own()}`, 'content-type': 'application/json', ...headers }, '{'))
        .status,
    ).toBe(400);
    const unknown = await post('/call', { ...body, method: '__proto__' }, headers);
    expect(JSON.parse(unknown.body)).toMatchObject({ reply: { ok: false, error: { code: 'bad-input' } } });
  });
  it('stop when the page cancels or goes away', async () => {
    const headers = { 'x-relayready-token': await token() };
    const waiting = post('/call', { ...body, id: 'w', method: 'reply.explain', params: { text: 'x' } }, headers);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await post('/cancel', { id: 'w' }, headers);
    expect((await waiting).body).toContain('"code":"cancelled"');
    expect(cancelled).toBe(true);
  });
  it('refuse a body beyond the limit', async () => {
    const headers = { 'x-relayready-token': await token() };
    const answer = await post('/call', { ...body, params: 'x'.repeat(35 * 1024 * 1024) }, headers).catch(() => ({
      status: 413,
    }));
    expect(answer.status).toBe(413);
    const key = 'x'.repeat(5 * 1024);
    const session = await post('/session', { key }).catch(() => ({ status: 413 }));
    expect(session.status).toBe(413);
  });
});
