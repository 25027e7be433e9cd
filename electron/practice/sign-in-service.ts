/** Sign-in in the shape of Microsoft's v2.0 endpoints: authorization code with PKCE (RFC 7636) and device code (RFC 8628). */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { DOMAIN } from './scenario.ts';
import { signInPage } from './sign-in-page.ts';
import type { Tenant } from './tenant.ts';
import { sendJson, type WebHandler } from './web-request.ts';

const LIFETIME_S = 3600;

export type SignInService = {
  readonly handle: WebHandler;
  readonly isValidToken: (token: string) => boolean;
};

/** A person needs a moment to type the code (RFC 8628 §3.5). */
const PENDING_TIMES = 1;
const DEVICE_PAGE = 'In practice the simulated administrator types the code. There is nothing to do here.';

const plain = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(text);
};
const refuseJson = (response: ServerResponse, error: string, description: string): void => {
  const number = /^AADSTS(\d+)/.exec(description)?.[1];
  const error_codes = number === undefined ? [] : [Number(number)];
  sendJson(response, 400, { error, error_description: description, error_codes, correlation_id: randomUUID() });
};

/** @param known false: the domain is not in this Microsoft 365. @param origin of this server, known once it listens */
export function createSignInService(tenant: Tenant, known: boolean, origin: () => string): SignInService {
  const secret = (): string => {
    const value = randomBytes(24).toString('base64url');
    tenant.secrets.push(value);
    return value;
  };
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  /** How often each device code was asked about. */
  const devices = new Map<string, number>();
  const tokens = new Set<string>();
  const refreshTokens = new Set<string>();
  const names = [tenant.id, 'organizations', 'common', ...(known ? [DOMAIN, 'contoso.onmicrosoft.com'] : [])];

  const jwt = (claims: object): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, jti: secret() })}.${secret()}`;
  };
  const clientInfo = Buffer.from(JSON.stringify({ uid: 'practice', utid: tenant.id })).toString('base64url');

  const discovery = (place: string, name: string, response: ServerResponse): void =>
    sendJson(response, 200, {
      issuer: `${origin()}/${name === 'organizations' || name === 'common' ? '{tenantid}' : tenant.id}/v2.0`,
      authorization_endpoint: `${place}/oauth2/v2.0/authorize`,
      token_endpoint: `${place}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${place}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${place}/oauth2/v2.0/logout`,
      jwks_uri: `${place}/discovery/v2.0/keys`,
    });

  /** Which hosts belong to this cloud (`/common/discovery/instance`); here it is the one. */
  const instance = (response: ServerResponse): void => {
    const { host } = new URL(origin());
    sendJson(response, 200, {
      tenant_discovery_endpoint: `${origin()}/organizations/v2.0/.well-known/openid-configuration`,
      'api-version': '1.1',
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    });
  };

  /** The page a person sees; each button answers the program that asked. */
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const refuse = (text: string): void => plain(response, 400, text);
    if (query.get('client_id') !== tenant.clientId) return refuse('AADSTS700016: this application is not known here.');
    if (!/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(redirectUri))
      return refuse('AADSTS50011: the redirect address does not match.');
    if (query.get('code_challenge_method') !== 'S256' || !query.get('code_challenge'))
      return refuse('AADSTS9002325: a code challenge is required.');
    const code = secret();
    codes.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri });
    const state = query.get('state') ?? '';
    const answer = { code, state, client_info: clientInfo, session_state: secret() };
    const denial = { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent.', state };
    const method = query.get('response_mode') === 'form_post' ? 'post' : 'get';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(signInPage({ account: tenant.account, redirectUri, method, answer, denial }));
  };

  const token = (form: URLSearchParams, response: ServerResponse): void => {
    const refuse = (error: string, description: string): void => refuseJson(response, error, description);
    if (form.get('client_id') !== tenant.clientId)
      return refuse('unauthorized_client', 'AADSTS700016: this application is not known here.');
    const grant = form.get('grant_type');
    if (grant === 'authorization_code') {
      const code = form.get('code') ?? '';
      const asked = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (!asked) return refuse('invalid_grant', 'AADSTS70008: the code has expired or was used already.');
      if (asked.challenge !== challenge)
        return refuse('invalid_grant', 'AADSTS501481: the code verifier does not match the code challenge.');
      if (asked.redirectUri !== form.get('redirect_uri'))
        return refuse('invalid_grant', 'AADSTS500112: the redirect address does not match.');
    } else if (grant === 'urn:ietf:params:oauth:grant-type:device_code' || grant === 'device_code') {
      const code = form.get('device_code') ?? '';
      const times = devices.get(code);
      if (times === undefined) return refuse('expired_token', 'AADSTS70020: the device code has expired.');
      devices.set(code, times + 1);
      if (times < PENDING_TIMES) return refuse('authorization_pending', 'AADSTS70016: nobody has typed the code yet.');
      devices.delete(code);
    } else if (grant === 'refresh_token') {
      if (!refreshTokens.has(form.get('refresh_token') ?? ''))
        return refuse('invalid_grant', 'AADSTS9002313: the refresh token is not valid.');
    } else return refuse('unsupported_grant_type', 'AADSTS70003: this grant type is not supported.');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      tid: tenant.id,
      preferred_username: tenant.account,
      name: 'Practice Administrator',
      iat: now,
      nbf: now,
      exp: now + LIFETIME_S,
    };
    const access = jwt({ ...claims, scp: 'Exchange.Manage', upn: tenant.account });
    tokens.add(access);
    const refresh = secret();
    refreshTokens.add(refresh);
    sendJson(response, 200, {
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: LIFETIME_S,
      ext_expires_in: LIFETIME_S,
      access_token: access,
      refresh_token: refresh,
      id_token: jwt({
        ...claims,
        iss: `${origin()}/${tenant.id}/v2.0`,
        aud: tenant.clientId,
        oid: 'practice',
        sub: 'practice',
        ver: '2.0',
      }),
      client_info: clientInfo,
    });
  };

  return {
    isValidToken: (value) => tokens.has(value),
    handle: ({ url, body }, response) => {
      if (url.pathname === '/device') return plain(response, 200, DEVICE_PAGE);
      const name = (url.pathname.split('/')[1] ?? '').toLowerCase();
      const place = `${origin()}/${name}`;
      if (!names.includes(name))
        return refuseJson(
          response,
          'invalid_tenant',
          `AADSTS90002: Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
        );
      if (url.pathname.endsWith('/.well-known/openid-configuration')) return discovery(place, name, response);
      if (url.pathname.endsWith('/discovery/instance')) return instance(response);
      if (url.pathname.endsWith('/oauth2/v2.0/authorize')) return authorize(url.searchParams, response);
      if (url.pathname.endsWith('/oauth2/v2.0/token')) return token(new URLSearchParams(body), response);
      if (url.pathname.endsWith('/oauth2/v2.0/devicecode')) {
        const code = secret();
        devices.set(code, 0);
        return sendJson(response, 200, {
          user_code: 'PRACTICE',
          device_code: code,
          verification_uri: `${origin()}/device`,
          expires_in: 900,
          interval: 1,
          message: 'Enter PRACTICE',
        });
      }
      sendJson(response, 404, { error: 'not_found', error_description: 'There is nothing here.' });
    },
  };
}
