/** Sign-in in the shape of Microsoft's v2.0 endpoints: authorization code with PKCE (RFC 7636) and device code (RFC 8628). */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DOMAIN } from './scenario.ts';
import type { Tenant } from './tenant.ts';

const LIFETIME_S = 3600;

export type SignInService = {
  readonly handle: (request: IncomingMessage, body: string, response: ServerResponse) => void;
  readonly isValidToken: (token: string) => boolean;
};

const secret = (): string => randomBytes(24).toString('base64url');
const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};
const escape = (value: string): string =>
  value.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

/** @param known false: the domain is not in this Microsoft 365. @param origin of this server, known once it listens */
export function createSignInService(tenant: Tenant, known: boolean, origin: () => string): SignInService {
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  const devices = new Set<string>();
  const tokens = new Set<string>();
  const names = [tenant.id, 'organizations', 'common', ...(known ? [DOMAIN, 'contoso.onmicrosoft.com'] : [])];

  const jwt = (claims: object): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, jti: secret() })}.${secret()}`;
  };
  const clientInfo = Buffer.from(JSON.stringify({ uid: 'practice', utid: tenant.id })).toString('base64url');

  const discovery = (place: string, name: string, response: ServerResponse): void =>
    json(response, 200, {
      issuer: `${origin()}/${name === 'organizations' || name === 'common' ? '{tenantid}' : tenant.id}/v2.0`,
      authorization_endpoint: `${place}/oauth2/v2.0/authorize`,
      token_endpoint: `${place}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${place}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${place}/oauth2/v2.0/logout`,
      jwks_uri: `${place}/discovery/v2.0/keys`,
    });

  /** The page a person sees; each button answers the program that asked. */
  const authorize = (query: URLSearchParams, response: ServerResponse): void => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const refuse = (text: string): void => {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
      response.end(text);
    };
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
    if (query.get('prompt') === 'none' || query.get('response_mode') !== 'form_post') {
      const target = new URL(redirectUri);
      for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
      response.writeHead(302, { location: target.href, 'cache-control': 'no-store' });
      response.end();
      return;
    }
    const form = (id: string, fields: Record<string, string>, label: string): string =>
      `<form id="${id}" method="post" action="${escape(redirectUri)}">${Object.entries(fields)
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">`)
        .join('')}<button>${label}</button></form>`;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(
      `<!doctype html><html lang="en"><title>Practice sign-in</title><style>body{font:16px system-ui;margin:3rem auto;max-width:30rem}form{margin:1rem 0}</style>` +
        `<h1>Practice sign-in</h1><p>This is a simulated Microsoft 365. No account is needed.</p>` +
        `${form('sign-in', answer, `Sign in as ${tenant.account}`)}${form('cancel', denial, 'Cancel')}</html>`,
    );
  };

  const token = (form: URLSearchParams, response: ServerResponse): void => {
    const refuse = (error: string, description: string): void =>
      json(response, 400, { error, error_description: description, error_codes: [], correlation_id: secret() });
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
      if (!devices.delete(form.get('device_code') ?? ''))
        return refuse('expired_token', 'AADSTS70020: the device code has expired.');
    } else if (grant !== 'refresh_token')
      return refuse('unsupported_grant_type', 'AADSTS70003: this grant type is not supported.');
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
    json(response, 200, {
      token_type: 'Bearer',
      scope: form.get('scope') ?? '',
      expires_in: LIFETIME_S,
      ext_expires_in: LIFETIME_S,
      access_token: access,
      refresh_token: secret(),
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
    handle: (request, body, response) => {
      const url = new URL(request.url ?? '/', origin());
      const name = decodeURIComponent(url.pathname.split('/')[1] ?? '').toLowerCase();
      const place = `${origin()}/${name}`;
      if (!names.includes(name))
        return json(response, 400, {
          error: 'invalid_tenant',
          error_description: `AADSTS90002: Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
          error_codes: [90002],
        });
      if (url.pathname.endsWith('/.well-known/openid-configuration')) return discovery(place, name, response);
      if (url.pathname.endsWith('/oauth2/v2.0/authorize')) return authorize(url.searchParams, response);
      if (url.pathname.endsWith('/oauth2/v2.0/token')) return token(new URLSearchParams(body), response);
      if (url.pathname.endsWith('/oauth2/v2.0/devicecode')) {
        const code = secret();
        devices.add(code);
        return json(response, 200, {
          user_code: 'PRACTICE',
          device_code: code,
          verification_uri: `${origin()}/device`,
          expires_in: 900,
          interval: 1,
          message: 'Enter PRACTICE',
        });
      }
      json(response, 404, { error: 'not_found', error_description: 'There is nothing here.' });
    },
  };
}
