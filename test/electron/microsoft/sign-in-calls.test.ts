/** Each call of a sign-in fails in each way: it succeeds all the same or says why, leaves nothing behind, and the next one works. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError, isAppError } from '../../../core/errors.ts';
import { english, say } from '../../../core/text.ts';
import { signIn, type Session } from '../../../electron/microsoft/sign-in.ts';
import type { Http } from '../../../electron/net/http.ts';
import { startMicrosoft, type Simulated } from './simulated-microsoft.ts';

let microsoft: Simulated;
beforeEach(async () => {
  microsoft = await startMicrosoft();
});
afterEach(() => microsoft.close());

const lost = (code: 'network' | 'timeout'): AppError =>
  new AppError(code, say('No answer.'), { remedy: say('Try again.') });
const plain = (status: number, text: string) => ({
  status,
  headers: {},
  text,
  body: new Uint8Array(Buffer.from(text)),
});
type Mishap = (send: () => ReturnType<Http['send']>) => ReturnType<Http['send']>;

const MISHAPS: readonly (readonly [string, Mishap])[] = [
  ['the line is cut before it', () => Promise.reject(lost('network'))],
  ['no answer in time', () => Promise.reject(lost('timeout'))],
  [
    'it takes effect and the answer is lost',
    async (send) => {
      await send();
      throw lost('network');
    },
  ],
  ['an error of the server', () => Promise.resolve(plain(500, 'error'))],
  ['a page of the guest network', () => Promise.resolve(plain(200, '<html>Welcome</html>'))],
  ['half an answer', async (send) => plain(200, (await send()).text.slice(0, 40))],
];

let port = 0;
const start = (http: Http, signal = new AbortController().signal): Promise<Session> =>
  signIn({
    environment: microsoft.environment,
    tenant: 'contoso.com',
    http,
    openBrowser: (url) => {
      port = Number(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
      return microsoft.browse(url);
    },
    onProgress: () => undefined,
    deviceCode: false,
    signal,
    t: english,
  });
const isListening = (): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );

/** @returns how many calls were made, and how it ended */
async function signInWith(
  mishap: Mishap | null,
  at: number,
): Promise<{ readonly calls: number; readonly error: unknown }> {
  let calls = 0;
  const http: Http = {
    send: (request) => {
      const send = () => microsoft.http.send(request);
      calls += 1;
      return mishap !== null && calls - 1 === at ? mishap(send) : send();
    },
  };
  try {
    await (await start(http)).forget();
    return { calls, error: null };
  } catch (error) {
    return { calls, error };
  }
}

it.each(MISHAPS)(
  'every call once: %s',
  async (_, mishap) => {
    const { calls } = await signInWith(null, -1);
    expect(calls).toBeGreaterThanOrEqual(3);
    let refused = 0;
    for (let at = 0; at < calls; at += 1) {
      const { error } = await signInWith(mishap, at);
      if (error !== null) {
        refused += 1;
        expect(isAppError(error), `call ${at}: ${String(error)}`).toBe(true);
        expect((error as AppError).remedy).not.toBeNull();
        expect(['network', 'timeout', 'busy', 'unexpected-answer', 'sign-in-refused']).toContain(
          (error as AppError).code,
        );
      }
      expect(await isListening()).toBe(false);
      expect((await signInWith(null, -1)).error).toBeNull();
    }
    // The last call is the one for the token: its code is good for one use, so that one is never sent again.
    expect(refused).toBeGreaterThanOrEqual(1);
  },
  30_000,
);
