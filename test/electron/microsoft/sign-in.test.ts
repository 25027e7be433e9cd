/** Sign-in with the real library against a simulated authority: the good way, every refusal, cancel, deadline, and no secrets kept. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/errors.ts';
import type { Progress } from '../../../core/progress.ts';
import { english } from '../../../core/text.ts';
import { signIn, type Session, type SignInOptions } from '../../../electron/microsoft/sign-in.ts';
import { startMicrosoft, TENANT_ID, type Simulated } from './simulated-microsoft.ts';

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
const said = (error: AppError): string => `${english(error.text)} ${error.remedy ? english(error.remedy) : ''}`;
const portOf = (url: string): number => Number(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
const isListening = async (port: number): Promise<boolean> => {
  try {
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
    return true;
  } catch {
    return false;
  }
};

describe('signIn in the browser', () => {
  it('asks with PKCE, state and account choice, and gives a token for Exchange', async () => {
    let asked = '';
    const session = await start({
      openBrowser: async (url) => {
        asked = url;
        await microsoft.browse(url);
      },
    });
    const query = Object.fromEntries(new URL(asked).searchParams);
    expect(query).toMatchObject({
      response_type: 'code',
      response_mode: 'form_post',
      code_challenge_method: 'S256',
      prompt: 'select_account',
    });
    expect(query['redirect_uri']).toMatch(/^http:\/\/localhost:\d+$/);
    expect(query['state']).toHaveLength(43);
    expect(query['scope']).toContain('Exchange.Manage');
    expect(session).toMatchObject({ username: 'admin@contoso.com', tenantId: TENANT_ID });
    expect(microsoft.secrets).toContain(await session.accessToken(new AbortController().signal));
    expect(await isListening(portOf(asked))).toBe(false);
    await session.forget();
    expect(said(await refusal(session.accessToken(new AbortController().signal)))).toContain('signed out');
  });

  it('learns the tenant from a domain', async () => {
    expect((await start({ tenant: 'contoso.com' })).tenantId).toBe(TENANT_ID);
  });

  it('takes any organisation when none is known', async () => {
    expect((await start({ tenant: null })).tenantId).toBe(TENANT_ID);
  });

  it('refreshes when Exchange did not like the token', async () => {
    const session = await start();
    const { signal } = new AbortController();
    const first = await session.accessToken(signal);
    expect(await session.accessToken(signal)).toBe(first);
    expect(await session.accessToken(signal, { fresh: true })).not.toBe(first);
    microsoft.tokenError = { error: 'invalid_grant', error_description: 'AADSTS50173: The grant has expired.' };
    const error = await refusal(session.accessToken(signal, { fresh: true }));
    expect(error.code).toBe('sign-in-refused');
    expect(said(error)).toMatch(/expired.*Sign in again/s);
  });

  it('shows the address when no browser opens, and goes on waiting', async () => {
    const session = await start({
      openBrowser: async (url) => {
        setTimeout(() => void microsoft.browse(url), 50);
        throw new Error('no browser');
      },
    });
    expect(session.username).toBe('admin@contoso.com');
    const told = progress.filter(({ url }) => url !== undefined);
    expect(told.at(-1)?.message).toContain('Copy this address');
    expect(told.at(-1)?.url).toContain('/oauth2/v2.0/authorize');
  });

  it('refuses another organisation', async () => {
    microsoft.tokenTenant = '22222222-2222-3333-4444-555555555555';
    const error = await refusal(start());
    expect(error.code).toBe('wrong-tenant');
    expect(said(error)).toContain('admin@contoso.com belongs to another organisation');
  });

  it('says when the right to manage Exchange is missing, with the link to approve it', async () => {
    microsoft.scopes = 'User.Read';
    const error = await refusal(start());
    expect(error.code).toBe('sign-in-refused');
    expect(said(error)).toContain(`/${TENANT_ID}/v2.0/adminconsent?client_id=`);
  });

  it.each([
    ['access_denied', 'AADSTS65004: User declined to consent.'],
    ['access_denied', 'AADSTS90094: Admin consent is required.'],
    ['interaction_required', 'AADSTS53003: Blocked by Conditional Access.'],
    ['server_error', ''],
  ])('repeats a refusal from the browser: %s %s', async (code, description) => {
    const error = await refusal(
      start({ openBrowser: (url) => microsoft.browse(url, { error: code, error_description: description }) }),
    );
    expect(error.code).toBe('sign-in-refused');
    expect(error.detail).toContain(description.slice(0, 11));
  });

  it('repeats a refusal of the token', async () => {
    microsoft.tokenError = { error: 'invalid_client', error_description: 'AADSTS7000218: a secret is demanded.' };
    const error = await refusal(start());
    expect(error.code).toBe('sign-in-refused');
    expect(error.detail).toContain('AADSTS7000218');
  });

  it('gives up at its deadline and leaves no listener', async () => {
    let port = 0;
    const error = await refusal(
      start({
        deadlineMs: 300,
        openBrowser: async (url) => {
          port = portOf(url);
        },
      }),
    );
    expect(error.code).toBe('sign-in-timeout');
    expect(await isListening(port)).toBe(false);
  });

  it('stops at once when cancelled, and ignores an answer that comes late', async () => {
    const controller = new AbortController();
    let asked = '';
    const work = refusal(
      start({
        signal: controller.signal,
        openBrowser: async (url) => {
          asked = url;
          controller.abort(new Error('stopped'));
        },
      }),
    );
    const startedAt = performance.now();
    expect((await work).message).toBe('stopped');
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await expect(microsoft.browse(asked)).rejects.toThrow(/./);
  });

  it('says so when this build has no application id', async () => {
    const { environment } = microsoft;
    const error = await refusal(
      start({ environment: { ...environment, login: { ...environment.login, clientId: null } } }),
    );
    expect(error.code).toBe('no-application');
    expect(said(error)).toContain('script');
  });

  it('says when the authority cannot be reached', async () => {
    const gone = await startMicrosoft();
    await gone.close();
    const error = await refusal(start({ environment: gone.environment, http: gone.http }));
    expect(error.code).toBe('network');
  });

  it('keeps secrets out of progress and errors', async () => {
    const session = await start();
    await session.accessToken(new AbortController().signal);
    microsoft.tokenError = {
      error: 'invalid_grant',
      error_description: `AADSTS70008: code=${microsoft.secrets[0]} expired`,
    };
    const error = await refusal(start());
    const seen = JSON.stringify([progress, said(error), error.detail, error.message]);
    for (const secret of microsoft.secrets) expect(seen).not.toContain(secret);
    expect(microsoft.secrets.length).toBeGreaterThan(4);
  });
});

describe('signIn by device code', () => {
  it('shows the code and waits', async () => {
    const session = await start({ deviceCode: true });
    expect(session.username).toBe('admin@contoso.com');
    expect(progress.find(({ code }) => code !== undefined)).toMatchObject({ code: 'ABCD-EFGH', state: 'waiting' });
  });

  it('says what a block of this way means', async () => {
    microsoft.tokenError = { error: 'invalid_grant', error_description: 'AADSTS53003: Blocked by Conditional Access.' };
    const error = await refusal(start({ deviceCode: true }));
    expect(error.code).toBe('sign-in-refused');
    expect(error.detail).toContain('AADSTS53003');
  });

  it('stops when cancelled while waiting', async () => {
    microsoft.tokenError = { error: 'authorization_pending', error_description: 'AADSTS70016: pending.' };
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 200);
    expect((await refusal(start({ deviceCode: true, signal: controller.signal }))).message).toBe('stopped');
  });
});
