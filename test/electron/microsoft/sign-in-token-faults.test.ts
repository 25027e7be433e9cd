/** What a person reads when the token endpoint, another cloud, a second sign-in or an expired token stands in the way. */
import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import type { Progress } from '../../../core/progress.ts';
import { say } from '../../../core/text.ts';
import { insteadOfEarlier } from '../../../electron/microsoft/latest-sign-in.ts';
import type { Http } from '../../../electron/net/http.ts';
import {
  isListening,
  messagesOf,
  post,
  redirectOf,
  refusal,
  startAuthority,
  startSignIn,
  wordsWhenRefused,
  type Authority,
} from './sign-in-authority.ts';

let authority: Authority;
let progress: Progress[];
beforeEach(async () => {
  authority = await startAuthority();
  progress = [];
});
afterEach(() => authority.close());
const onProgress = (entry: Progress): void => void progress.push(entry);
const { signal } = new AbortController();
const BUSY = {
  code: 'busy',
  title: 'Microsoft’s sign-in is busy. Nothing was changed.',
  remedy: 'Try again in some minutes.',
  who: 'nobody',
};
const ODD = {
  code: 'unexpected-answer',
  title: 'Microsoft’s sign-in answered in a way RelayReady does not understand.',
  remedy: 'A proxy, a guest network or a security program in between may be the cause. Try another network.',
};

/** The same client with less patience. */
const hurried = (deadlineMs: number): Http => ({ send: (request) => authority.http.send({ ...request, deadlineMs }) });

describe('the token endpoint', () => {
  it.each([
    ['429 with seconds', 429],
    ['503 with seconds', 503],
  ])('throttles once (%s): asked again, and never early', async (_, status) => {
    authority.fault = (__, count) => (count === 0 ? { status, headers: { 'retry-after': '1' }, body: '' } : null);
    expect((await startSignIn(authority)).username).toBe('admin@contoso.com');
    const [first, second] = authority.asked;
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(authority.asked).toHaveLength(2);
  });

  it.each([
    ['429 for an hour', { status: 429, headers: { 'retry-after': '3600' }, body: '' }],
    ['503 as a page', { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>Service Unavailable</h1>' }],
    ['500 without a word', { status: 500, body: '' }],
  ])('is busy (%s): said so, and the code is not sent again', async (_, fault) => {
    authority.fault = () => fault;
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject(BUSY);
    expect(authority.asked).toHaveLength(1);
  });

  it.each(['temporarily_unavailable', 'server_error'])('is busy in OAuth’s own words (%s)', async (error) => {
    authority.fault = () => refusal(error);
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject({
      title: 'Microsoft’s sign-in is busy.',
      remedy: 'Try again in a minute.',
      who: 'nobody',
    });
  });

  it.each([
    [
      'a page of a guest network',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' },
    ],
    ['JSON that is no token', { status: 200, headers: { 'content-type': 'application/json' }, body: '{"hello":1}' }],
    ['a list', { status: 200, headers: { 'content-type': 'application/json' }, body: '[]' }],
  ])('answers with %s: named as odd, with the likely cause', async (_, fault) => {
    authority.fault = () => fault;
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject(ODD);
    expect(authority.asked).toHaveLength(1);
  });

  it('stays silent: given up at its deadline, and the code, good for one use, is not sent again', async () => {
    authority.fault = () => 'hang';
    const words = await wordsWhenRefused(startSignIn(authority, { http: hurried(300) }));
    expect(words).toMatchObject({
      code: 'timeout',
      title: `${new URL(authority.origin).host} did not answer in time.`,
      remedy: 'Check the internet connection and try again.',
    });
    expect(authority.asked).toHaveLength(1);
  });

  it('cuts the connection: the code is not sent again', async () => {
    authority.fault = () => 'cut';
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject({ code: 'network' });
    expect(authority.asked).toHaveLength(1);
  });

  it('has redeemed the code already: start again', async () => {
    authority.fault = () => refusal('invalid_grant', 'AADSTS54005: OAuth2 Authorization code was already redeemed.');
    expect(await wordsWhenRefused(startSignIn(authority))).toMatchObject({
      title: 'This sign-in has been used already.',
      remedy: 'Close old sign-in tabs and start the sign-in again.',
    });
  });

  it('can be cancelled while it makes us wait', async () => {
    const controller = new AbortController();
    authority.fault = () => {
      setTimeout(() => controller.abort(new Error('stopped')), 20);
      return { status: 429, headers: { 'retry-after': '60' }, body: '' };
    };
    const before = performance.now();
    await expect(startSignIn(authority, { signal: controller.signal })).rejects.toThrow('stopped');
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

describe('a clock that is wrong', () => {
  it.each([
    ['a day ahead of this computer', 86_400],
    ['a day behind this computer', -86_400],
  ])('tokens of a server %s: times are counted, not compared, and the sign-in works', async (_, seconds) => {
    const now = Math.floor(Date.now() / 1000) + seconds;
    authority.claims = { iat: now, nbf: now, exp: now + 3600 };
    const session = await startSignIn(authority);
    expect(await session.accessToken(signal)).toBe(await session.accessToken(signal));
    expect(authority.asked).toHaveLength(1);
  });
});

describe('another Microsoft cloud', () => {
  const elsewhere = {
    code: 'wrong-tenant',
    title:
      'This organisation signs in at login.microsoftonline.us, which is another Microsoft cloud than the chosen one.',
    remedy: 'Choose the environment of that cloud (for example GCC High) and start again.',
    who: 'you',
  };
  it.each([
    ['in the browser', false],
    ['by code', true],
  ])('a tenant of GCC High at the public endpoint, %s: told before a page or code is shown', async (_, deviceCode) => {
    authority.metadata = {
      authorization_endpoint: 'https://login.microsoftonline.us/contoso/oauth2/v2.0/authorize',
      token_endpoint: 'https://login.microsoftonline.us/contoso/oauth2/v2.0/token',
      device_authorization_endpoint: 'https://login.microsoftonline.us/contoso/oauth2/v2.0/devicecode',
    };
    let opened = false;
    const options = { deviceCode, onProgress, openBrowser: async () => void (opened = true) };
    expect(await wordsWhenRefused(startSignIn(authority, options))).toMatchObject(elsewhere);
    expect(opened).toBe(false);
    expect(progress).toEqual([]);
  });

  it('an organisation this cloud does not know: the domain or the cloud is wrong', async () => {
    authority.metadata = refusal(
      'invalid_tenant',
      'AADSTS90002: Tenant not found. Check that this is the correct cloud.',
    );
    expect(await wordsWhenRefused(startSignIn(authority, { tenant: 'contoso.com' }))).toMatchObject({
      code: 'sign-in-refused',
      title: 'Microsoft does not know this organisation here.',
      remedy: 'Check the domain, and choose the right cloud (for example US Government).',
    });
  });
});

describe('a second sign-in while the first one waits', () => {
  it('the first is given up, its late answer is ignored, the second counts', async () => {
    const world = {};
    let lateAnswer: () => Promise<unknown> = async () => undefined;
    let address = '';
    let opened: () => void = () => {};
    const waiting = new Promise<void>((resolve) => (opened = resolve));
    const first = wordsWhenRefused(
      startSignIn(authority, {
        signal: insteadOfEarlier(world, signal),
        openBrowser: async (url) => {
          address = redirectOf(url);
          lateAnswer = () => post(address, authority.answerTo(url));
          opened();
        },
      }),
    );
    await waiting;
    const second = startSignIn(authority, { signal: insteadOfEarlier(world, signal) });
    expect(await first).toMatchObject({
      code: 'cancelled',
      title: 'Another sign-in was started; this one was given up.',
      remedy: 'Finish the newer one. The old browser tab can be closed.',
    });
    expect(await isListening(address)).toBe(false);
    await expect(lateAnswer()).rejects.toThrow(/fetch failed/);
    expect((await second).username).toBe('admin@contoso.com');
    expect(authority.asked).toHaveLength(1);
  });
});

describe('a token in the middle of the work', () => {
  it('about to expire: a new one is fetched without a word', async () => {
    authority.expiresIn = 60;
    const session = await startSignIn(authority);
    const first = await session.accessToken(signal);
    expect(await session.accessToken(signal)).not.toBe(first);
    expect(authority.asked.map(({ form }) => form.get('grant_type'))).toContain('refresh_token');
  });

  it.each([
    ['expired, and the refresh is refused', 'invalid_grant', 'AADSTS700082: The refresh token has expired.'],
    ['a second step is asked for', 'interaction_required', 'AADSTS50076: multi-factor authentication is required.'],
    [
      'ended elsewhere (continuous access evaluation)',
      'invalid_grant',
      'AADSTS50173: The provided grant has expired due to it being revoked.',
    ],
  ])('%s: sign in again, nothing is lost', async (_, error, description) => {
    const session = await startSignIn(authority);
    authority.fault = () => refusal(error, description);
    const words = await wordsWhenRefused(session.accessToken(signal, { fresh: true }));
    expect(words).toMatchObject({
      code: 'sign-in-refused',
      title: 'Your sign-in to Microsoft 365 has expired.',
      remedy: 'Sign in again. Nothing is lost.',
      who: 'you',
    });
    authority.fault = () => null;
    expect((await startSignIn(authority)).username).toBe('admin@contoso.com');
  });

  it('a rule of the organisation ends it: said so, for signing in again would not help', async () => {
    const session = await startSignIn(authority);
    authority.fault = () => refusal('invalid_grant', 'AADSTS53003: Blocked by Conditional Access.');
    expect(await wordsWhenRefused(session.accessToken(signal, { fresh: true }))).toMatchObject({
      title: 'Your organisation’s sign-in rules have blocked this.',
      who: 'microsoft-admin',
    });
  });

  it('fetched fifty times in one long piece of work: leaves nothing behind on its signal', async () => {
    const session = await startSignIn(authority);
    const work = new AbortController();
    for (let count = 0; count < 50; count += 1) await session.accessToken(work.signal);
    expect(getEventListeners(work.signal, 'abort')).toEqual([]);
  });

  it('no network at the refresh: that is what is said, not that the sign-in has expired', async () => {
    const failing: Http = {
      send: (request) =>
        authority.asked.length === 0
          ? authority.http.send(request)
          : Promise.reject(new AppError('network', say('The network is down.'))),
    };
    const session = await startSignIn(authority, { http: failing });
    expect(await wordsWhenRefused(session.accessToken(signal, { fresh: true }))).toMatchObject({ code: 'network' });
    expect(messagesOf(progress)).toEqual([]);
  });
});
