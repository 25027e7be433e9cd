/** The sign-in listener against everything a local page, a port scanner or a hostile site may send it. */
import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/errors.ts';
import { english } from '../../../core/text.ts';
import {
  listenForSignIn,
  listenOnBoth,
  type SignInAnswer,
  type SignInListener,
} from '../../../electron/microsoft/sign-in-listener.ts';

const STATE = 'the-right-state-0123456789';
let listener: SignInListener;
let answered: SignInAnswer | null;
beforeEach(async () => {
  answered = null;
  listener = await listenForSignIn(STATE, english);
  void listener.answer.then((answer) => (answered = answer));
});
afterEach(() => listener.close());

const port = (): number => Number(new URL(listener.redirectUri).port);

type Raw = {
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly body?: string;
  readonly type?: string;
  readonly headers?: string;
};

/** Raw, because a browser's or fetch's own rules must not stand between. */
const send = (
  {
    method = 'POST',
    path = '/',
    host = `localhost:${port()}`,
    body = '',
    type = 'application/x-www-form-urlencoded',
    headers = '',
  }: Raw,
  address = '127.0.0.1',
) =>
  new Promise<string>((resolve) => {
    const socket = net.connect({ host: address, port: port() });
    let reply = '';
    socket.setTimeout(3000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (reply += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(reply));
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${headers}\r\n${body}`,
    );
  });
const statusOf = (reply: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(reply)?.[1] ?? 0);
const good = `code=the-code&client_info=info&state=${STATE}`;

const HOSTILE: readonly (readonly [string, Raw, number])[] = [
  ['a look at the page', { method: 'GET' }, 405],
  ['the icon', { method: 'GET', path: '/favicon.ico' }, 404],
  ['a wrong state in the address', { method: 'GET', path: '/?code=x&state=guess' }, 400],
  ['a code in another address', { method: 'GET', path: `/callback?${good}` }, 404],
  ['another path', { path: '/callback', body: good }, 404],
  ['PUT', { method: 'PUT', body: good }, 405],
  ['OPTIONS', { method: 'OPTIONS' }, 405],
  ['another name (DNS rebinding)', { host: 'evil.example', body: good }, 421],
  ['another port', { host: 'localhost:1', body: good }, 421],
  ['the address instead of the name', { host: '127.0.0.1', body: good }, 421],
  ['JSON', { type: 'application/json', body: JSON.stringify({ code: 'x', state: STATE }) }, 415],
  ['no state', { body: 'code=x' }, 400],
  ['a wrong state', { body: 'code=x&state=the-right-state-0123456780' }, 400],
  ['an old state, longer', { body: `code=x&state=${STATE}1` }, 400],
  ['two states', { body: `${good}&state=other` }, 400],
  ['two codes', { body: `${good}&code=other` }, 400],
  ['the right state without anything', { body: `state=${STATE}` }, 400],
  ['a forged error', { body: 'error=access_denied&state=guess' }, 400],
  ['nothing', { body: '' }, 400],
  ['half a megabyte', { body: `${good}&x=${'a'.repeat(500_000)}` }, 413],
];

describe('listenForSignIn', () => {
  it.each(HOSTILE)('ignores %s and goes on waiting', async (_, raw, status) => {
    const reply = await send(raw);
    // A connection that is cut while it still sends may lose its reply.
    expect([status, ...(status === 413 ? [0] : [])]).toContain(statusOf(reply));
    expect(reply).not.toContain(STATE);
    expect(answered).toBeNull();
    await send({ body: good });
    expect(await listener.answer).toEqual({ kind: 'code', code: 'the-code', clientInfo: 'info' });
  });

  it('ignores a body without a length that never ends growing', async () => {
    const socket = net.connect({ host: '127.0.0.1', port: port() });
    socket.on('error', () => {});
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost:${port()}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const timer = setInterval(() => socket.write(`4000\r\n${'a'.repeat(0x4000)}\r\n`), 1);
    await closed;
    clearInterval(timer);
    expect(answered).toBeNull();
  });

  it('takes an error only with the right state', async () => {
    await send({ body: `error=access_denied&error_description=AADSTS65004%3A+no&state=${STATE}` });
    expect(await listener.answer).toEqual({ kind: 'error', error: 'access_denied', description: 'AADSTS65004: no' });
  });

  it('hears a server that answers in the address although a form was asked for', async () => {
    expect(statusOf(await send({ method: 'GET', path: `/?${good}` }))).toBe(200);
    expect(await listener.answer).toEqual({ kind: 'code', code: 'the-code', clientInfo: 'info' });
  });

  it('answers on both families where there are two', async () => {
    const reply = await send({ body: good }, '::1');
    // Without IPv6 on this machine nothing can answer there, and no browser would ask.
    if (reply !== '') expect(statusOf(reply)).toBe(200);
    else await send({ body: good });
    expect((await listener.answer).kind).toBe('code');
  });

  it('shows a page that repeats nothing and allows nothing', async () => {
    const reply = await send({ body: `${good}&code_note=%3Cscript%3E` });
    expect(reply).toContain("content-security-policy: default-src 'none'");
    expect(reply).toContain('cache-control: no-store');
    expect(reply).not.toMatch(/the-code|script|access-control/i);
    expect(reply).toContain('go back to RelayReady');
  });

  it('closes at once, with connections open', async () => {
    const idle = net.connect({ host: '127.0.0.1', port: port() });
    idle.on('error', () => {});
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    const startedAt = performance.now();
    await listener.close();
    await closed;
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(await send({ body: good })).toBe('');
  });

  it('takes another port when one is taken between the two families', async () => {
    const taken: net.Server[] = [];
    const asked: number[] = [];
    let made = 0;
    const { port: found, servers } = await listenOnBoth(() => {
      const server = http.createServer();
      made += 1;
      if (made !== 2) return server;
      // The second is the one on IPv6: somebody else is there a moment earlier.
      const original = server.listen.bind(server);
      server.listen = ((options: net.ListenOptions) => {
        const other = net.createServer();
        taken.push(other);
        asked.push(options.port ?? 0);
        other.once('error', () => original(options)).listen(options, () => original(options));
        return server;
      }) as typeof server.listen;
      return server;
    });
    const hasSix = taken[0]?.listening === true;
    if (!hasSix) console.log('Another port on IPv6 is not tried: this machine has no IPv6.');
    expect(servers).toHaveLength(hasSix ? 2 : 1);
    expect(found === asked[0]).toBe(!hasSix);
    for (const server of [...taken, ...servers]) server.close();
  });

  it('says so when this computer lets nobody listen', async () => {
    const refuse = () => {
      const server = http.createServer();
      server.listen = (() => {
        setImmediate(() => server.emit('error', Object.assign(new Error('no'), { code: 'EACCES' })));
        return server;
      }) as typeof server.listen;
      return server;
    };
    const error = await listenOnBoth(refuse).then(
      () => null,
      (reason: unknown) => reason as AppError,
    );
    expect(error).toMatchObject({ code: 'port-in-use', who: 'you', detail: 'EACCES' });
    expect(english(error?.text ?? { message: '' })).toContain(
      'does not let RelayReady wait for the answer of the sign-in page',
    );
    expect(english(error?.remedy ?? { message: '' })).toContain('Use the script instead');
  });
});
