/** What a person reads when the sign-in is refused: every code of Microsoft's list, and the ways around it that break. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/errors.ts';
import type { Progress } from '../../../core/progress.ts';
import { english } from '../../../core/text.ts';
import { signIn, type Session, type SignInOptions } from '../../../electron/microsoft/sign-in.ts';
import { signInRefused } from '../../../electron/microsoft/sign-in-errors.ts';
import { startMicrosoft, TENANT_ID, type Simulated } from './simulated-microsoft.ts';

const words = ({ text, remedy }: AppError): string =>
  [text, ...(remedy ? [remedy] : [])].map((one) => english(one)).join('\n');

describe('a refusal by its code', () => {
  const of = (code: number): AppError =>
    signInRefused(
      'invalid_grant',
      `AADSTS${code}: Some words in any language. Trace ID: 0 Timestamp: 2026-11-23 09:00:00Z`,
      'https://login.example/adminconsent',
    );
  it.each<readonly [number, RegExp, string]>([
    [65004, /not given[^]*nothing is changed/i, 'you'],
    [65001, /approv|consent|allow/i, 'microsoft-admin'],
    [90094, /approv|consent/i, 'microsoft-admin'],
    [90095, /approv|consent/i, 'microsoft-admin'],
    [53000, /device|computer/i, 'microsoft-admin'],
    [53001, /device|computer/i, 'microsoft-admin'],
    [53002, /program|app/i, 'microsoft-admin'],
    [53003, /rule|block/i, 'microsoft-admin'],
    [530032, /rule|block/i, 'microsoft-admin'],
    [530035, /security defaults|block/i, 'microsoft-admin'],
    [50020, /another organisation|other organisation|organisation/i, 'you'],
    [500208, /personal/i, 'you'],
    [50034, /exist|spelling|known/i, 'you'],
    [50053, /locked/i, 'you'],
    [50055, /password/i, 'you'],
    [50057, /switched off|disabled|turned off/i, 'microsoft-admin'],
    [50058, /again/i, 'you'],
    [50059, /organisation/i, 'you'],
    [90002, /organisation/i, 'you'],
    [50072, /second|two-step|confirm|set up/i, 'you'],
    [50076, /confirm|second|two-step/i, 'you'],
    [50105, /assign/i, 'microsoft-admin'],
    [50126, /password/i, 'you'],
    [50173, /again/i, 'you'],
    [700082, /again/i, 'you'],
    [70019, /code/i, 'you'],
    [700016, /program|app/i, 'microsoft-admin'],
    [7000218, /program|app|registration|secret/i, 'microsoft-admin'],
    [500011, /Exchange/i, 'microsoft-admin'],
    [90072, /organisation/i, 'you'],
    [500021, /network|company|forbid/i, 'microsoft-admin'],
    [90033, /again|busy/i, 'nobody'],
  ])('AADSTS%i', (code, text, who) => {
    const error = of(code);
    expect(error.code).toBe('sign-in-refused');
    expect(words(error)).toMatch(text);
    // Its own words, not the server's repeated.
    expect(words(error)).not.toContain('Some words in any language');
    expect(words(error)).not.toMatch(/AADSTS|OAuth|invalid_grant/);
    expect(error.remedy).not.toBeNull();
    expect(error.who).toBe(who);
    expect(error.detail).toContain(`AADSTS${code}`);
  });
  it('one nobody knows yet repeats Microsoft’s words, and says that nothing was changed', () => {
    const error = of(99999999);
    expect(words(error)).toContain('Some words in any language');
    expect(words(error)).toContain('Nothing was changed');
  });
  it('no rule of the company is worked around', () => {
    for (const code of [53000, 53003, 530032, 530035, 500021])
      expect(words(of(code))).not.toMatch(
        /device code|incognito|private window|another browser|switch (it )?off|turn off|disable/i,
      );
  });
});

describe('around the sign-in', () => {
  let microsoft: Simulated;
  let progress: Progress[];
  beforeEach(async () => {
    microsoft = await startMicrosoft();
    progress = [];
  });
  afterEach(() => microsoft.close());
  const start = (part: Partial<SignInOptions> = {}): Promise<Session> =>
    signIn({
      environment: microsoft.environment,
      tenant: TENANT_ID,
      http: microsoft.http,
      openBrowser: (url) => microsoft.browse(url),
      onProgress: (entry) => progress.push(entry),
      deviceCode: false,
      signal: new AbortController().signal,
      t: english,
      ...part,
    });
  const refusal = async (work: Promise<unknown>): Promise<AppError> => {
    try {
      await work;
    } catch (error) {
      return error as AppError;
    }
    throw new Error('was not refused');
  };

  it('the browser window was closed: the time left is shown, and it ends by itself', async () => {
    const error = await refusal(start({ deadlineMs: 400, openBrowser: async () => undefined }));
    expect(error).toMatchObject({ code: 'sign-in-timeout', who: 'you' });
    expect(words(error)).toContain('The sign-in was not finished within 1 minute.');
    expect(words(error)).toContain('Start the sign-in again.');
    expect(progress.find(({ url }) => url !== undefined)).toMatchObject({
      state: 'waiting',
      message: 'Waiting for you to sign in, in the browser.',
      seconds: 0,
    });
  });
  it('no browser opens: the address to copy is shown', async () => {
    await start({
      openBrowser: async (url) => {
        setTimeout(() => void microsoft.browse(url), 50);
        throw new Error('no browser');
      },
    });
    expect(progress.map(({ message }) => message)).toContain(
      'The browser could not be opened. Copy this address into a browser on this computer.',
    );
  });
  it('the account is of another organisation', async () => {
    microsoft.tokenTenant = '22222222-2222-3333-4444-555555555555';
    const error = await refusal(start());
    expect(error).toMatchObject({ code: 'wrong-tenant', who: 'you' });
    expect(words(error)).toContain('belongs to another organisation than the one being set up. Nothing was changed.');
    expect(words(error)).toContain('administrator account of the organisation that owns the domain');
  });
  it('the page always asks which account', async () => {
    let asked = '';
    await start({
      openBrowser: async (url) => {
        asked = url;
        await microsoft.browse(url);
      },
    });
    expect(new URL(asked).searchParams.get('prompt')).toBe('select_account');
    expect(progress.at(-1)).toMatchObject({ state: 'done', message: 'Signed in as admin@contoso.com.' });
  });
  it('the organisation is in another cloud', async () => {
    const moved = microsoft.http;
    const error = await refusal(
      start({
        http: {
          send: async (request) => {
            const response = await moved.send(request);
            return request.url.includes('openid-configuration')
              ? {
                  ...response,
                  text: response.text.replaceAll(
                    `${microsoft.origin}/${TENANT_ID}/oauth2`,
                    `https://login.microsoftonline.us/${TENANT_ID}/oauth2`,
                  ),
                }
              : response;
          },
        },
      }),
    );
    expect(error.code).toBe('wrong-tenant');
    expect(words(error)).toContain('signs in at login.microsoftonline.us, which is another Microsoft cloud');
    expect(words(error)).toContain('GCC High');
  });
  it.each([
    ['busy', { status: 503, text: 'Service unavailable' }, 'busy', 'Microsoft’s sign-in is busy. Nothing was changed.'],
    [
      'a page of the guest network',
      { status: 200, text: '<html>Welcome</html>' },
      'unexpected-answer',
      'guest network',
    ],
    [
      'half an answer',
      { status: 200, text: '{"token_type":' },
      'unexpected-answer',
      'in a way RelayReady does not understand',
    ],
  ])('the token is not given: %s', async (_, { status, text }, code, said) => {
    let asked = 0;
    const error = await refusal(
      start({
        http: {
          send: async (request) => {
            if (!request.url.includes('/oauth2/v2.0/token')) return microsoft.http.send(request);
            asked += 1;
            return { status, headers: {}, text, body: new Uint8Array(Buffer.from(text)) };
          },
        },
      }),
    );
    expect(error.code).toBe(code);
    expect(words(error)).toContain(said);
    // The code of the sign-in page is good for one use and is not sent again.
    expect(asked).toBe(1);
  });
  it('asked to wait by the token service: waited as told, then signed in', async () => {
    const times: number[] = [];
    await start({
      http: {
        send: async (request) => {
          if (!request.url.includes('/oauth2/v2.0/token')) return microsoft.http.send(request);
          times.push(performance.now());
          return times.length > 1
            ? microsoft.http.send(request)
            : { status: 429, headers: { 'retry-after': '1' }, text: '{}', body: new Uint8Array() };
        },
      },
    });
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
  });
  it('a second sign-in ends the first, whose late answer is ignored', async () => {
    const first = new AbortController();
    let old = '';
    const abandoned = refusal(start({ signal: first.signal, openBrowser: async (url) => void (old = url) }));
    while (old === '') await new Promise((resolve) => setImmediate(resolve));
    first.abort(new Error('a newer sign-in'));
    expect((await abandoned).message).toBe('a newer sign-in');
    const session = await start();
    expect(session.username).toBe('admin@contoso.com');
    await expect(microsoft.browse(old)).rejects.toThrow(/fetch/);
  });
  it('the token runs out and cannot be renewed: sign in again, nothing is lost', async () => {
    const session = await start();
    microsoft.tokenError = {
      error: 'invalid_grant',
      error_description: 'AADSTS700082: The refresh token has expired.',
    };
    const error = await refusal(session.accessToken(new AbortController().signal, { fresh: true }));
    expect(error).toMatchObject({ code: 'sign-in-refused', who: 'you' });
    expect(words(error)).toBe('Your sign-in to Microsoft 365 has expired.\nSign in again. Nothing is lost.');
  });
  it('rules that want more in the middle: one sign-in, then on', async () => {
    const session = await start();
    microsoft.tokenError = {
      error: 'interaction_required',
      error_description: 'AADSTS50076: Due to a configuration change.',
    };
    expect((await refusal(session.accessToken(new AbortController().signal, { fresh: true }))).code).toBe(
      'sign-in-refused',
    );
    microsoft.tokenError = null;
    expect((await start()).tenantId).toBe(TENANT_ID);
  });
  it('the right to manage Exchange is missing in the token: the link that asks for it', async () => {
    microsoft.scopes = 'User.Read';
    const error = await refusal(start());
    expect(error).toMatchObject({ code: 'sign-in-refused', who: 'microsoft-admin' });
    expect(words(error)).toContain('has not been allowed to manage Exchange in this organisation');
    expect(words(error)).toMatch(
      /Send this link to an administrator of Microsoft 365; once approved there, sign in again: \S+adminconsent\?/,
    );
  });
  it.each([
    ['declined', 'authorization_declined', 'AADSTS70000: declined'],
    ['expired', 'expired_token', 'AADSTS70019: Verification code expired.'],
  ])('a device code that is %s', async (_, error, error_description) => {
    microsoft.tokenError = { error, error_description };
    const told = await refusal(start({ deviceCode: true }));
    expect(told.code).toBe('sign-in-refused');
    expect(progress.find(({ code }) => code !== undefined)?.message).toContain('Never pass the code on to anybody.');
  });
  it('a device code is asked for at the pace the server wants', async () => {
    const times: number[] = [];
    const controller = new AbortController();
    microsoft.tokenError = { error: 'slow_down', error_description: 'AADSTS70016: slow down.' };
    const work = refusal(
      start({
        deviceCode: true,
        signal: controller.signal,
        http: {
          send: async (request) => {
            if (request.url.includes('/oauth2/v2.0/token')) times.push(performance.now());
            if (times.length === 2) {
              controller.abort(new Error('seen enough'));
              microsoft.tokenError = null;
            }
            return microsoft.http.send(request);
          },
        },
      }),
    );
    expect((await work).message).toBe('seen enough');
    // One second is the server's interval; after "slow down" five more (RFC 8628, section 3.5).
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(5900);
  }, 20_000);
});
