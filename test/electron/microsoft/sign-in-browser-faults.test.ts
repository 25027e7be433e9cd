/** What a person reads when the browser or its way back goes wrong, with the real library over TLS; strangers are ignored. */
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../core/progress.ts';
import {
  isListening,
  messagesOf,
  post,
  redirectOf,
  startAuthority,
  startSignIn,
  stateOf,
  wordsWhenRefused,
  type Authority,
} from './sign-in-authority.ts';

let authority: Authority;
let progress: Progress[];
beforeEach(async () => {
  authority = await startAuthority();
  progress = [];
});
afterEach(async () => {
  vi.restoreAllMocks();
  await authority.close();
});
const onProgress = (entry: Progress): void => void progress.push(entry);

describe('a browser that is not there', () => {
  it('closed or never coming back: the wait is shown, ends at its deadline, and leaves no listener', async () => {
    let address = '';
    const words = await wordsWhenRefused(
      startSignIn(authority, {
        deadlineMs: 400,
        onProgress,
        openBrowser: async (url) => void (address = redirectOf(url)),
      }),
    );
    expect(words).toMatchObject({
      code: 'sign-in-timeout',
      title: 'The sign-in was not finished within 1 minute.',
      remedy: 'Start the sign-in again. An old browser tab can be closed.',
      who: 'you',
    });
    expect(progress[0]).toMatchObject({ state: 'waiting', message: 'Waiting for you to sign in, in the browser.' });
    expect(progress[0]?.seconds).toBeTypeOf('number');
    expect(await isListening(address)).toBe(false);
  });

  it('cancelled while waiting: over within a second, no listener left, nothing asked of Microsoft', async () => {
    const controller = new AbortController();
    let address = '';
    let cancelledAt = 0;
    const work = startSignIn(authority, {
      signal: controller.signal,
      openBrowser: async (url) => {
        address = redirectOf(url);
        cancelledAt = performance.now();
        controller.abort(new Error('cancelled by the person'));
      },
    });
    await expect(work).rejects.toThrow('cancelled by the person');
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
    expect(await isListening(address)).toBe(false);
    expect(authority.asked).toEqual([]);
  });

  it('cannot be opened: the address to copy is shown, and the sign-in goes on from there', async () => {
    let copied: (url: string) => void = () => {};
    const shown = new Promise<string>((resolve) => (copied = resolve));
    const work = startSignIn(authority, {
      onProgress: (entry) => {
        onProgress(entry);
        if (/copy this address/i.test(entry.message ?? '')) copied(entry.url ?? '');
      },
      openBrowser: () => Promise.reject(new Error('spawn xdg-open ENOENT')),
    });
    const url = await shown;
    await post(redirectOf(url), authority.answerTo(url));
    expect((await work).username).toBe('admin@contoso.com');
    expect(messagesOf(progress)).toContain(
      'The browser could not be opened. Copy this address into a browser on this computer.',
    );
  });
});

describe('the way back', () => {
  /** Makes listening on a family fail as the system would. */
  const refuseToListen = (family: string, code: string, times: number): { count: number } => {
    const seen = { count: 0 };
    const listen = net.Server.prototype.listen as (this: net.Server, ...values: unknown[]) => net.Server;
    vi.spyOn(net.Server.prototype, 'listen').mockImplementation(function (this: net.Server, ...values: unknown[]) {
      if ((values[0] as { host?: string }).host !== family || (seen.count += 1) > times)
        return listen.apply(this, values);
      queueMicrotask(() => this.emit('error', Object.assign(new Error(code), { code })));
      return this;
    } as typeof listen);
    return seen;
  };

  it('taken by another program between choosing and listening: another port is used', async () => {
    const seen = refuseToListen('::1', 'EADDRINUSE', 3);
    expect((await startSignIn(authority)).username).toBe('admin@contoso.com');
    expect(seen.count).toBe(4);
  });

  it.each([
    ['taken on every port by somebody who waits for the answer', '::1', 'EADDRINUSE'],
    ['shut by a firewall or security program', '127.0.0.1', 'EACCES'],
  ])('%s: said so, and no browser is opened', async (_, family, code) => {
    refuseToListen(family, code, 1000);
    let opened = false;
    const words = await wordsWhenRefused(startSignIn(authority, { openBrowser: async () => void (opened = true) }));
    expect(words).toMatchObject({
      code: 'port-in-use',
      title: 'This computer does not let RelayReady wait for the answer of the sign-in page.',
      remedy: 'A firewall or security program may be in the way. Use the script instead, or another computer.',
      detail: code,
    });
    expect(opened).toBe(false);
  });

  it('over IPv6: a browser that takes localhost for ::1 is heard', async ({ skip }) => {
    const probe = net.createServer();
    const six = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
    });
    probe.close();
    if (!six) {
      console.log('No IPv6 on this machine: the answer over ::1 was not tried.');
      return skip();
    }
    const session = await startSignIn(authority, {
      openBrowser: async (url) => {
        const { port } = new URL(redirectOf(url));
        await postRaw(
          '::1',
          Number(port),
          `localhost:${port}`,
          new URLSearchParams(authority.answerTo(url)).toString(),
        );
      },
    });
    expect(session.username).toBe('admin@contoso.com');
  });
});

/** Raw, because fetch sets Host itself. @returns the status, 0 when the connection was cut */
const postRaw = (
  address: string,
  port: number,
  host: string,
  body: string,
  method = 'POST',
  path = '/',
  length?: number,
) =>
  new Promise<number>((resolve) => {
    const socket = net.connect({ host: address, port });
    let reply = '';
    socket.setTimeout(5000, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => (reply += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(reply)?.[1] ?? 0)));
    socket.write(
      `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length ?? Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  });

describe('strangers at the listener', () => {
  it('favicon, port scanner, wrong and replayed state, 40 MB, another Host: ignored, and the sign-in goes on', async () => {
    let oldState = '';
    await startSignIn(authority, {
      openBrowser: async (url) => {
        oldState = stateOf(url);
        await post(redirectOf(url), authority.answerTo(url));
      },
    });
    const statuses: number[] = [];
    const session = await startSignIn(authority, {
      openBrowser: async (url) => {
        const port = Number(new URL(redirectOf(url)).port);
        const host = `localhost:${port}`;
        const stolen = new URLSearchParams({ code: 'stolen', state: oldState }).toString();
        const own = new URLSearchParams({ code: 'forged', state: stateOf(url) }).toString();
        const send = (...values: [string, string, string?, string?, number?]) => postRaw('127.0.0.1', port, ...values);
        statuses.push(
          await send(host, '', 'GET', '/favicon.ico'),
          await send(host, '', 'GET'),
          await send(host, '', 'OPTIONS'),
          await send(host, 'code=x&state=guess'),
          await send(host, stolen),
          await send('evil.example', own),
          await send(host, own, 'POST', '/callback'),
          await send(host, 'a'.repeat(100_000), 'POST', '/', 40 * 1024 * 1024),
        );
        await post(redirectOf(url), authority.answerTo(url));
      },
    });
    expect(session.username).toBe('admin@contoso.com');
    expect(statuses.slice(0, 7)).toEqual([404, 405, 405, 400, 400, 421, 404]);
    expect([413, 0]).toContain(statuses[7]);
    const codes = authority.asked.map(({ form }) => form.get('code'));
    expect(codes).not.toContain('forged');
    expect(codes).not.toContain('stolen');
  });

  it('a forged error from a page on this computer: ignored unless it knows the state', async () => {
    const forged: number[] = [];
    const session = await startSignIn(authority, {
      openBrowser: async (url) => {
        const lie = { error: 'access_denied', error_description: 'AADSTS65004: forged' };
        forged.push((await post(redirectOf(url), lie)).status);
        forged.push((await post(redirectOf(url), { ...lie, state: 'guess' })).status);
        await post(redirectOf(url), authority.answerTo(url));
      },
    });
    expect(forged).toEqual([400, 400]);
    expect(session.username).toBe('admin@contoso.com');
  });

  it('a tab left open from before a restart: its late answer finds nobody, and does not count for the new sign-in', async () => {
    let late: () => Promise<unknown> = async () => undefined;
    const controller = new AbortController();
    await expect(
      startSignIn(authority, {
        signal: controller.signal,
        openBrowser: async (url) => {
          late = () => post(redirectOf(url), authority.answerTo(url));
          controller.abort(new Error('the program ended'));
        },
      }),
    ).rejects.toThrow('the program ended');
    await expect(late()).rejects.toThrow(/fetch failed/);
    expect(authority.asked).toEqual([]);
    expect((await startSignIn(authority)).username).toBe('admin@contoso.com');
  });
});
