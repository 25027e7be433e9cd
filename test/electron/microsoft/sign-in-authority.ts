/** An authority that fails on demand, over TLS on the loopback address, and a sign-in at it with our own HTTPS client. */
import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Environment } from '../../../core/environment.ts';
import { isAppError, type AppError } from '../../../core/errors.ts';
import type { Progress } from '../../../core/progress.ts';
import { english } from '../../../core/text.ts';
import { signIn, type Session, type SignInOptions } from '../../../electron/microsoft/sign-in.ts';
import type { Http } from '../../../electron/net/http.ts';
import { createNet } from '../../../electron/net/net.ts';
import { startHttps } from './https-server.ts';

export const TENANT_ID = '11111111-2222-3333-4444-555555555555';
export const CLIENT_ID = '99999999-8888-7777-6666-555555555555';
export const OTHER_TENANT = '22222222-2222-3333-4444-555555555555';

/** What the token endpoint does instead of giving a token. */
export type Fault =
  { readonly status: number; readonly headers?: Record<string, string>; readonly body: string } | 'hang' | 'cut';

export const refusal = (error: string, description = ''): Fault => ({
  status: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ error, error_description: description }),
});

export type Authority = {
  readonly origin: string;
  readonly environment: SignInOptions['environment'];
  readonly http: Http;
  /** Consulted before each answer of the token endpoint; `count` from 0. */
  fault: (form: URLSearchParams, count: number) => Fault | null;
  /** Instead of its own metadata. */
  metadata: Record<string, unknown> | Fault;
  claims: Record<string, unknown>;
  expiresIn: number;
  /** Forms the token endpoint has got, with the time of each. */
  readonly asked: { readonly form: URLSearchParams; readonly atMs: number }[];
  readonly secrets: readonly string[];
  /** What the browser posts back after the person's “yes”. */
  readonly answerTo: (url: string) => Record<string, string>;
  readonly close: () => Promise<void>;
};

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
};
const isFault = (value: Record<string, unknown> | Fault): value is Fault =>
  typeof value === 'string' || (typeof value['body'] === 'string' && 'status' in value);
/** @returns whether the answer has been taken care of */
function fail(fault: Fault | null, response: ServerResponse): boolean {
  if (fault === null) return false;
  if (fault === 'cut') response.destroy();
  else if (fault !== 'hang') response.writeHead(fault.status, fault.headers).end(fault.body);
  return true;
}

export async function startAuthority(): Promise<Authority> {
  const secrets: string[] = [];
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  const secret = (): string => {
    const value = `secret-${randomUUID()}`;
    secrets.push(value);
    return value;
  };
  const jwt = (claims: object): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, jti: secret() })}.${secret()}`;
    secrets.push(token);
    return token;
  };
  const clientInfo = Buffer.from(JSON.stringify({ uid: 'user', utid: TENANT_ID })).toString('base64url');

  const token = (form: URLSearchParams, response: ServerResponse): void => {
    const count = authority.asked.length;
    authority.asked.push({ form, atMs: performance.now() });
    if (fail(authority.fault(form, count), response)) return;
    const code = form.get('code');
    if (code !== null) {
      const known = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (known?.challenge !== challenge || known.redirectUri !== form.get('redirect_uri'))
        return void fail(refusal('invalid_grant', 'AADSTS54005: the code was already redeemed.'), response);
    }
    const now = Math.floor(Date.now() / 1000);
    const common = { tid: TENANT_ID, preferred_username: 'admin@contoso.com', name: 'Admin', iat: now, nbf: now };
    const claims = { ...common, exp: now + authority.expiresIn, ...authority.claims };
    json(response, 200, {
      token_type: 'Bearer',
      scope: `${server.origin}/Exchange.Manage`,
      expires_in: authority.expiresIn,
      ext_expires_in: authority.expiresIn,
      access_token: jwt({ scp: 'Exchange.Manage', ...claims }),
      refresh_token: secret(),
      id_token: jwt({
        ...claims,
        iss: `${server.origin}/${TENANT_ID}/v2.0`,
        aud: CLIENT_ID,
        oid: 'user',
        sub: 'user',
        ver: '2.0',
      }),
      client_info: clientInfo,
    });
  };

  const server = await startHttps((request, body, response) => {
    const url = new URL(request.url ?? '/', server.origin);
    const place = `${server.origin}/${url.pathname.split('/')[1]}`;
    if (url.pathname.endsWith('/token')) return token(new URLSearchParams(body), response);
    if (url.pathname.endsWith('/devicecode'))
      return json(response, 200, {
        user_code: 'ABCD-EFGH',
        device_code: secret(),
        verification_uri: `${server.origin}/device`,
        expires_in: 900,
        interval: 1,
        message: '',
      });
    const { metadata } = authority;
    if (isFault(metadata)) return void fail(metadata, response);
    json(response, 200, {
      issuer: `${server.origin}/${TENANT_ID}/v2.0`,
      authorization_endpoint: `${place}/oauth2/v2.0/authorize`,
      token_endpoint: `${place}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${place}/oauth2/v2.0/devicecode`,
      jwks_uri: `${place}/discovery/v2.0/keys`,
      ...metadata,
    });
  });
  const environment = {
    ...Environment.parse({
      schema: 'relayready/environment@1',
      name: 'simulated',
      login: { authority: server.origin, clientId: CLIENT_ID, scopes: [`${server.origin}/Exchange.Manage`] },
      exchange: { adminApi: `${server.origin}/adminapi/beta` },
      relay: { hostSuffixes: ['mail.example'], spfInclude: 'spf.example', smtpPort: 2525 },
      loopback: true,
    }),
    ca: [server.ca],
  };
  const authority: Authority = {
    origin: server.origin,
    environment,
    http: createNet(environment).http,
    fault: () => null,
    metadata: {},
    claims: {},
    expiresIn: 3600,
    asked: [],
    secrets,
    answerTo: (url) => {
      const query = new URL(url).searchParams;
      const code = secret();
      codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri: query.get('redirect_uri') ?? '' });
      return { code, client_info: clientInfo, state: query.get('state') ?? '' };
    },
    close: server.close,
  };
  return authority;
}

export const redirectOf = (url: string): string => new URL(url).searchParams.get('redirect_uri') ?? '';
export const stateOf = (url: string): string => new URL(url).searchParams.get('state') ?? '';

/** The browser brings the answer. @returns status and page */
export async function post(
  redirectUri: string,
  form: Record<string, string>,
): Promise<{ readonly status: number; readonly page: string }> {
  const reply = await fetch(redirectUri, { method: 'POST', body: new URLSearchParams(form) });
  return { status: reply.status, page: await reply.text() };
}

export const isListening = async (redirectUri: string): Promise<boolean> => {
  const { port } = new URL(redirectUri);
  const found = await Promise.all(
    [`http://127.0.0.1:${port}/`, `http://[::1]:${port}/`].map((url) =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
};

/** A sign-in whose person says yes at once, unless the test says otherwise. */
export const startSignIn = (authority: Authority, part: Partial<SignInOptions> = {}): Promise<Session> =>
  signIn({
    environment: authority.environment,
    tenant: TENANT_ID,
    http: authority.http,
    openBrowser: async (url) => void (await post(redirectOf(url), authority.answerTo(url))),
    onProgress: () => undefined,
    deviceCode: false,
    signal: new AbortController().signal,
    t: english,
    ...part,
  });

/** What a person is shown. */
export type Words = {
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
  readonly who: string | null;
  readonly detail: string;
};

export const wordsOf = (error: AppError): Words => ({
  code: error.code,
  title: english(error.text),
  remedy: error.remedy ? english(error.remedy) : '',
  who: error.who,
  detail: error.detail ?? '',
});

/** @throws Error when it was not refused, or by a bug */
export async function wordsWhenRefused(work: Promise<unknown>): Promise<Words> {
  const error = await work.then(
    () => new Error('was not refused'),
    (reason: unknown) => reason,
  );
  if (!isAppError(error)) throw error;
  return wordsOf(error);
}

export const messagesOf = (progress: readonly Progress[]): readonly string[] =>
  progress.map(({ message }) => message ?? '');
