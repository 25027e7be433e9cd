/** Signs a person in to Microsoft 365 in the system browser (authorization code with PKCE); tokens stay in memory. */
import { randomBytes } from 'node:crypto';
import type { AccountInfo, AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import type { Environment } from '../../core/environment.ts';
import { isAppError, type AppError } from '../../core/errors.ts';
import type { Progress } from '../../core/progress.ts';
import type { Translate } from '../../core/text.ts';
import { manyMayWait } from '../net/deadline.ts';
import type { Http } from '../net/http.ts';
import { stripUnsafe } from './clean-text.ts';
import { createMsalNetwork, type MsalNetwork } from './msal-network.ts';
import { raceWith } from './race-with.ts';
import {
  consentUrlOf,
  noApplication,
  oddAnswer,
  otherCloud,
  scopeMissing,
  signedOut,
  signInExpired,
  signInRefused,
  signInTimedOut,
  wrongTenant,
} from './sign-in-errors.ts';
import { listenForSignIn } from './sign-in-listener.ts';
import { isSameCloud, placeOfTenant } from './tenant-of-domain.ts';
import { grantsScopes, readTokenClaims } from './token-claims.ts';

export type SignInOptions = {
  readonly environment: Environment;
  /** Tenant id or domain under set-up; null when it is not known. */
  readonly tenant: string | null;
  readonly http: Http;
  readonly openBrowser: (url: string) => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
  readonly deviceCode: boolean;
  readonly signal: AbortSignal;
  /** Wall clock for the whole sign-in; default five minutes. */
  readonly deadlineMs?: number;
  readonly t: Translate;
};

export type Session = {
  readonly username: string;
  readonly tenantId: string;
  /** @throws AppError `sign-in-refused` when a person has to sign in again. `fresh` after Exchange refused the last one. */
  readonly accessToken: (signal: AbortSignal, options?: { readonly fresh?: boolean }) => Promise<string>;
  readonly forget: () => Promise<void>;
};

const DEADLINE_MS = 300_000;

/** Two hundred files that nobody needs before a sign-in. */
const library = () => import('@azure/msal-node');

/** One attempt: its own application object, so that nothing of an abandoned attempt can come back later. */
type Attempt = SignInOptions & {
  readonly app: PublicClientApplication;
  readonly network: MsalNetwork;
  /** Aborted by cancel, deadline or sign-out. */
  readonly life: AbortController;
  readonly deadline: number;
  readonly authorityHost: string;
};

/** What the library's error really was. */
function reasonOf(error: unknown, { network, environment, tenant }: Attempt): unknown {
  if (isAppError(error)) return error;
  const consentUrl = consentUrlOf(environment.login, tenant);
  const failure: AppError | null = network.failure();
  if (failure) return failure;
  const refusal = network.refusal();
  if (refusal) return signInRefused(refusal.error, refusal.description, consentUrl);
  const { errorCode, errorMessage } = error as { errorCode?: unknown; errorMessage?: unknown };
  if (typeof errorCode !== 'string') return error;
  const said = typeof errorMessage === 'string' ? errorMessage : '';
  // The library's own complaints about an answer say nothing to a person.
  return /timeout|expired/.test(errorCode)
    ? signInRefused(errorCode, '', consentUrl)
    : oddAnswer(`${errorCode}: ${said}`);
}

async function byBrowser(attempt: Attempt): Promise<AuthenticationResult> {
  const { app, environment, life, t } = attempt;
  const { CryptoProvider } = await library();
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const state = randomBytes(32).toString('base64url');
  const listener = await listenForSignIn(state, t);
  try {
    const request = { scopes: [...environment.login.scopes], redirectUri: listener.redirectUri };
    const url = await raceWith(
      app.getAuthCodeUrl({
        ...request,
        responseMode: 'form_post',
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
        state,
        prompt: 'select_account',
      }),
      life.signal,
    );
    const { host } = new URL(url);
    if (!isSameCloud(host, attempt.authorityHost)) throw otherCloud(host);
    const tell = (message: string): void =>
      attempt.onProgress({
        topic: 'sign-in',
        state: 'waiting',
        message,
        url,
        seconds: Math.max(0, Math.round((attempt.deadline - performance.now()) / 1000)),
      });
    tell(t('Waiting for you to sign in, in the browser.'));
    attempt.openBrowser(url).catch(() => {
      if (!life.signal.aborted)
        tell(t('The browser could not be opened. Copy this address into a browser on this computer.'));
    });
    const answer = await raceWith(listener.answer, life.signal);
    if (answer.kind === 'error')
      throw signInRefused(answer.error, answer.description, consentUrlOf(environment.login, attempt.tenant));
    attempt.onProgress({ topic: 'sign-in', state: 'running', message: t('Finishing the sign-in.') });
    const { code, clientInfo } = answer;
    return await raceWith(
      app.acquireTokenByCode(
        { ...request, code, codeVerifier: verifier },
        { code, ...(clientInfo === null ? {} : { client_info: clientInfo }) },
      ),
      life.signal,
    );
  } finally {
    await listener.close();
  }
}

async function byDeviceCode({
  app,
  environment,
  life,
  t,
  onProgress,
  deadlineMs = DEADLINE_MS,
}: Attempt): Promise<AuthenticationResult> {
  const request = {
    scopes: [...environment.login.scopes],
    timeout: Math.ceil(deadlineMs / 1000),
    cancel: false,
    deviceCodeCallback: ({
      userCode,
      verificationUri,
      expiresIn,
    }: {
      userCode: string;
      verificationUri: string;
      expiresIn: number;
    }) =>
      onProgress({
        topic: 'sign-in',
        state: 'waiting',
        message: t(
          'Open {verificationUri} on any computer and type the code {userCode}. Never pass the code on to anybody.',
          {
            verificationUri,
            userCode,
          },
        ),
        url: verificationUri,
        code: userCode,
        seconds: Math.min(expiresIn, Math.ceil(deadlineMs / 1000)),
      }),
  };
  life.signal.addEventListener('abort', () => {
    request.cancel = true;
  });
  const result = await raceWith(app.acquireTokenByDeviceCode(request), life.signal);
  if (result === null) throw oddAnswer('no token');
  return result;
}

/** @throws AppError when the token is for another organisation or lacks the right to manage Exchange */
function checkResult(
  result: AuthenticationResult,
  expected: string | null,
  { environment, tenant }: SignInOptions,
): AccountInfo {
  const { account } = result;
  if (account === null) throw oddAnswer('no account');
  const claims = readTokenClaims(result.accessToken);
  const tenantId = claims.tenantId ?? result.tenantId;
  // Both go into addresses and headers.
  const username = stripUnsafe(account.username);
  if (!/^[\w.-]{1,100}$/.test(tenantId) || !/^[\u0021-\u007e]{1,320}$/.test(username)) throw oddAnswer('odd account');
  if (expected !== null && tenantId.toLowerCase() !== expected.toLowerCase())
    throw wrongTenant(account.username, tenantId, expected, tenant);
  const granted = claims.scopes ?? result.scopes;
  if (!grantsScopes(granted, environment.login.scopes))
    throw scopeMissing(granted, consentUrlOf(environment.login, tenantId));
  return { ...account, username, tenantId };
}

function openSession(attempt: Attempt, first: AuthenticationResult, account: AccountInfo): Session {
  const { app, environment, life } = attempt;
  let gone = false;
  return {
    username: account.username,
    tenantId: account.tenantId,
    accessToken: async (signal, { fresh = false } = {}) => {
      signal.throwIfAborted();
      if (gone) throw signedOut();
      const silent = app.acquireTokenSilent({
        account: first.account ?? account,
        scopes: [...environment.login.scopes],
        authority: `${environment.login.authority}/${account.tenantId}`,
        forceRefresh: fresh,
      });
      try {
        // Not a joined signal: that would leave a listener behind with each token.
        return (await raceWith(raceWith(silent, signal), life.signal)).accessToken;
      } catch (error) {
        signal.throwIfAborted();
        if (life.signal.aborted) throw signedOut();
        const reason = reasonOf(error, attempt);
        // What only an administrator can lift (a rule, a blocked account) is not cured by signing in again.
        if (isAppError(reason) && reason.code === 'sign-in-refused' && reason.who !== 'microsoft-admin')
          throw signInExpired(reason.detail ?? '');
        throw reason;
      }
    },
    forget: async () => {
      if (gone) return;
      gone = true;
      life.abort(signedOut());
      await app.signOut({ account: first.account ?? account });
      app.clearCache();
    },
  };
}

/** @throws AppError; the signal's reason when cancelled. Whatever happens, no listener, timer or request is left. */
export async function signIn(options: SignInOptions): Promise<Session> {
  const { environment, http, signal, deadlineMs = DEADLINE_MS } = options;
  signal.throwIfAborted();
  const { clientId, authority } = environment.login;
  if (clientId === null) throw noApplication();
  const life = new AbortController();
  manyMayWait(life.signal);
  const cancel = (): void => life.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => life.abort(signInTimedOut(Math.max(1, Math.round(deadlineMs / 60_000)))), deadlineMs);
  const network = createMsalNetwork(http, life.signal);
  const { host } = new URL(authority);
  const { PublicClientApplication } = await library();
  const app = new PublicClientApplication({
    auth: {
      clientId,
      authority: `${authority.replace(/\/$/, '')}/${options.tenant ?? 'organizations'}`,
      // With its port, or the library asks the public cloud who this is.
      knownAuthorities: [host],
    },
    system: {
      networkClient: network,
      disableInternalRetries: true,
      loggerOptions: { loggerCallback: () => {}, piiLoggingEnabled: false },
    },
  });
  const attempt: Attempt = {
    ...options,
    app,
    network,
    life,
    deadline: performance.now() + deadlineMs,
    authorityHost: host,
  };
  try {
    const { id: expected, loginHost } = await placeOfTenant(http, authority, options.tenant, life.signal);
    if (loginHost !== null && !isSameCloud(loginHost, host)) throw otherCloud(loginHost);
    const result = await (options.deviceCode ? byDeviceCode(attempt) : byBrowser(attempt));
    const account = checkResult(result, expected, options);
    options.onProgress({
      topic: 'sign-in',
      state: 'done',
      message: options.t('Signed in as {username}.', { username: account.username }),
    });
    return openSession(attempt, result, account);
  } catch (error) {
    if (life.signal.aborted) throw life.signal.reason;
    life.abort(signedOut());
    throw reasonOf(error, attempt);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}
