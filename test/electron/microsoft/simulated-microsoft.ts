/** A small Microsoft 365: sign-in and Exchange administration over HTTPS, with one scripted mishap per call. */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Environment } from '../../../core/environment.ts';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { Http } from '../../../electron/net/http.ts';
import { createNet } from '../../../electron/net/net.ts';
import { perform } from '../../core/plan/tenant-model.ts';
import { startHttps, type HttpsServer } from './https-server.ts';

export const TENANT_ID = '11111111-2222-3333-4444-555555555555';
export const CLIENT_ID = '99999999-8888-7777-6666-555555555555';

type Parameters = Readonly<Record<string, unknown>>;

/** What to do with one Exchange call instead of, or after, answering it properly. */
export type Mishap =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  /** The command takes effect, then this answer is given. */
  | {
      readonly kind: 'effect-then';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: string;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'effect-then-cut' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'effect-then-hang' };

export type Call = {
  readonly cmdlet: string;
  readonly parameters: Parameters;
  readonly atMs: number;
  readonly headers: IncomingMessage['headers'];
};

export type Simulated = HttpsServer & {
  readonly environment: Environment;
  /** The product's own client, which trusts this server. */
  readonly http: Http;
  connectors: readonly ExchangeObject[];
  readonly calls: readonly Call[];
  /** Runs before each Exchange call; may change the tenant and return a mishap. */
  mishap: (call: Call, count: number) => Mishap | null;
  /** New connectors stay switched off, as in new organisations. */
  newTenant: 'no' | 'warning' | 'exception';
  /** Virtual time, moved on by waiting. */
  clockMs: number;
  /** How many further reads still show the connectors as they were before the last write. */
  staleReads: number;
  /** What the token says. */
  scopes: string;
  tokenTenant: string;
  /** Refusal of the token endpoint. */
  tokenError: { readonly error: string; readonly error_description: string } | null;
  pageSize: number;
  denied: readonly string[];
  /** Plays the person and the browser: follows the sign-in address and posts the form. */
  readonly browse: (url: string, answer?: Record<string, string>) => Promise<void>;
  readonly secrets: readonly string[];
};

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

export const exchangeError = (type: string, message: string): string =>
  JSON.stringify({
    error: {
      code: 'BadRequest',
      message: 'Invalid Operation',
      innererror: { internalException: { message: `|${type}|${message}` } },
    },
  });

const PROHIBITED = exchangeError(
  'Microsoft.Exchange.Management.Tasks.OrganizationInboundConnectorProhibitedException',
  'Für dieses Dienstangebot können Sie keinen eingehenden Connector aktivieren.',
);

export const environmentOf = ({ origin, ca }: Pick<HttpsServer, 'origin' | 'ca'>): Environment => ({
  ...Environment.parse({
    schema: 'relayready/environment@1',
    name: 'simulated',
    login: { authority: origin, clientId: CLIENT_ID, scopes: [`${origin}/Exchange.Manage`] },
    exchange: { adminApi: `${origin}/adminapi/beta` },
    relay: { hostSuffixes: ['mail.example'], spfInclude: 'spf.example', smtpPort: 2525 },
    loopback: true,
  }),
  ca: [ca],
});

export async function startMicrosoft(): Promise<Simulated> {
  const calls: Call[] = [];
  const secrets: string[] = [];
  const pending = new Map<string, { challenge: string; redirectUri: string }>();
  let before: readonly ExchangeObject[] = [];

  const secret = (): string => {
    const value = `secret-${randomUUID()}`;
    secrets.push(value);
    return value;
  };
  const jwt = (claims: Parameters): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, jti: secret() })}.${secret()}`;
    secrets.push(token);
    return token;
  };
  const clientInfo = Buffer.from(JSON.stringify({ uid: 'user', utid: TENANT_ID })).toString('base64url');

  const login = (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', simulated.origin);
    const [, tenant] = url.pathname.split('/');
    const place = `${simulated.origin}/${tenant}`;
    if (url.pathname.endsWith('/.well-known/openid-configuration'))
      return json(response, 200, {
        issuer: `${simulated.origin}/${tenant === 'organizations' ? '{tenantid}' : TENANT_ID}/v2.0`,
        authorization_endpoint: `${place}/oauth2/v2.0/authorize`,
        token_endpoint: `${place}/oauth2/v2.0/token`,
        end_session_endpoint: `${place}/oauth2/v2.0/logout`,
        jwks_uri: `${place}/discovery/v2.0/keys`,
      });
    if (url.pathname.endsWith('/devicecode'))
      return json(response, 200, {
        user_code: 'ABCD-EFGH',
        device_code: secret(),
        verification_uri: `${simulated.origin}/device`,
        expires_in: 900,
        interval: 1,
        message: '',
      });
    const form = new URLSearchParams(body);
    const code = form.get('code');
    if (simulated.tokenError) return json(response, 400, simulated.tokenError);
    if (form.get('grant_type') === 'authorization_code') {
      const known = pending.get(code ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      pending.delete(code ?? '');
      if (!known || known.challenge !== challenge || known.redirectUri !== form.get('redirect_uri'))
        return json(response, 400, {
          error: 'invalid_grant',
          error_description: 'AADSTS501481: the verifier does not match.',
        });
    }
    const now = Math.floor(Date.now() / 1000);
    const common = {
      tid: simulated.tokenTenant,
      preferred_username: 'admin@contoso.com',
      name: 'Admin',
      iat: now,
      nbf: now,
      exp: now + 3600,
    };
    return json(response, 200, {
      token_type: 'Bearer',
      scope: `${simulated.origin}/Exchange.Manage`,
      expires_in: 3600,
      ext_expires_in: 3600,
      access_token: jwt({ ...common, scp: simulated.scopes }),
      refresh_token: secret(),
      id_token: jwt({
        ...common,
        iss: `${simulated.origin}/${TENANT_ID}/v2.0`,
        aud: CLIENT_ID,
        oid: 'user',
        sub: 'user',
        ver: '2.0',
      }),
      client_info: clientInfo,
    });
  };

  const act = ({ cmdlet, parameters }: Call): { status: number; body: string } => {
    const found = (value: unknown[], warnings: string[] = []) => ({
      status: 200,
      body: JSON.stringify({ value, '@adminapi.warnings': warnings }),
    });
    if (cmdlet === 'Get-InboundConnector') {
      if (simulated.staleReads > 0) {
        simulated.staleReads -= 1;
        return found([...before]);
      }
      return found([...simulated.connectors]);
    }
    if (cmdlet === 'Get-AcceptedDomain')
      return found([
        { DomainName: 'contoso.com', Default: true },
        { DomainName: 'contoso.onmicrosoft.com', Default: false },
      ]);
    if (cmdlet === 'Get-OrganizationConfig')
      return found([{ DisplayName: 'Contoso', RejectDirectSend: false, IsDehydrated: false }]);
    if (cmdlet.startsWith('Get-')) return found([]);
    before = simulated.connectors;
    const wantsOn = parameters['Enabled'] === true;
    if (simulated.newTenant === 'exception' && wantsOn) return { status: 400, body: PROHIBITED };
    try {
      simulated.connectors = perform(simulated.connectors, {
        cmdlet,
        parameters: { ...parameters, ...(simulated.newTenant === 'warning' && wantsOn ? { Enabled: false } : {}) },
      });
    } catch (error) {
      const type = String(error).includes('exists')
        ? 'ManagementObjectAlreadyExistsException'
        : 'ManagementObjectNotFoundException';
      return { status: 400, body: exchangeError(`Microsoft.Exchange.Configuration.Tasks.${type}`, String(error)) };
    }
    return found([], simulated.newTenant === 'warning' ? ['Der Connector wird deaktiviert erstellt.'] : []);
  };

  const exchange = async (request: IncomingMessage, body: string, response: ServerResponse): Promise<void> => {
    const { CmdletInput } = JSON.parse(body) as { CmdletInput: { CmdletName: string; Parameters: Parameters } };
    const call: Call = {
      cmdlet: CmdletInput.CmdletName,
      parameters: CmdletInput.Parameters,
      atMs: performance.now(),
      headers: request.headers,
    };
    const mishap = simulated.mishap(call, calls.length);
    calls.push(call);
    if (simulated.denied.includes(call.cmdlet)) {
      response.writeHead(403, { 'x-ms-diagnostics': '2000001;reason="The account lacks the role."' });
      response.end('\0\0');
      return;
    }
    if (mishap?.kind.startsWith('effect-then') === true) act(call);
    if (mishap?.kind === 'cut' || mishap?.kind === 'effect-then-cut') return void response.destroy();
    if (mishap?.kind === 'hang' || mishap?.kind === 'effect-then-hang') return;
    if (mishap) {
      response.writeHead(mishap.status, { 'content-type': 'application/json', ...mishap.headers });
      response.end(mishap.body ?? '');
      return;
    }
    const { status, body: answer } = act(call);
    if (status !== 200 || simulated.pageSize === 0) {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(answer);
      return;
    }
    const page = Number(new URL(request.url ?? '/', simulated.origin).searchParams.get('page') ?? 0);
    const parsed = JSON.parse(answer) as { value: unknown[] };
    const from = page * simulated.pageSize;
    const more = parsed.value.length > from + simulated.pageSize;
    json(response, 200, {
      ...parsed,
      value: parsed.value.slice(from, from + simulated.pageSize),
      ...(more
        ? { '@odata.nextLink': `${simulated.origin}/adminapi/beta/${TENANT_ID}/InvokeCommand?page=${page + 1}` }
        : {}),
    });
  };

  const server = await startHttps((request, body, response) =>
    request.url?.startsWith('/adminapi/') === true ? exchange(request, body, response) : login(request, body, response),
  );
  const simulated: Simulated = {
    ...server,
    environment: environmentOf(server),
    http: createNet(environmentOf(server)).http,
    connectors: [],
    calls,
    secrets,
    mishap: () => null,
    newTenant: 'no',
    staleReads: 0,
    clockMs: 0,
    scopes: 'Exchange.Manage',
    tokenTenant: TENANT_ID,
    tokenError: null,
    pageSize: 0,
    denied: [],
    browse: async (url, answer) => {
      const query = new URL(url).searchParams;
      const redirectUri = query.get('redirect_uri') ?? '';
      const code = secret();
      pending.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri });
      const form = new URLSearchParams(answer ?? { code, client_info: clientInfo, state: query.get('state') ?? '' });
      if (answer && !form.has('state')) form.set('state', query.get('state') ?? '');
      const reply = await fetch(redirectUri, { method: 'POST', body: form });
      await reply.text();
    },
  };
  return simulated;
}
