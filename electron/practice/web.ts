/** The web server of a practice world: sign-in, Exchange administration and the services that tell a caller's address. */
import https from 'node:https';
import { setTimeout } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Identity } from './authority.ts';
import { handleExchange } from './exchange-admin.ts';
import { calm, ROUGH, seededFaults } from './faults.ts';
import { listen, type Listening } from './listen.ts';
import type { Scenario } from './scenario.ts';
import { createSignInService } from './sign-in-service.ts';
import type { Tenant } from './tenant.ts';
import { sendJson, type WebRequest } from './web-request.ts';

const BODY_BYTES = 1024 * 1024;

/** Paths that answer with the caller's public address; two, because one source alone is not believed. */
export const ADDRESS_PATHS = ['/ip', '/my-address'] as const;

/** Anybody on this computer can call, so an address need not be one. */
const addressOf = (target: string | undefined): URL | null => {
  try {
    return target?.startsWith('/') === true ? new URL(`https://localhost${target}`) : null;
  } catch {
    return null;
  }
};

export async function startWeb(tenant: Tenant, scenario: Scenario, identity: Identity): Promise<Listening> {
  let port = 0;
  const signIn = createSignInService(tenant, scenario.tenant.known, () => `https://localhost:${port}`);
  const { badDay } = scenario.tenant;
  // A person practises here and is not made to wait for calls that are never answered.
  const rough = badDay === null ? calm : seededFaults(badDay, { ...ROUGH, hang: 0, expired: 0 });
  const exchange = handleExchange(tenant, signIn.isValidToken, { faults: rough, sleep: setTimeout });
  const route = (request: WebRequest, response: ServerResponse): void => {
    const { pathname } = request.url;
    if (ADDRESS_PATHS.some((path) => path === pathname)) response.end(`${scenario.office.web}\n`);
    else if (pathname.startsWith('/adminapi/')) exchange(request, response);
    else signIn.handle(request, response);
  };
  const server = https.createServer(identity, (request, response) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('error', () => undefined);
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > BODY_BYTES) request.destroy();
      else parts.push(part);
    });
    request.on('end', () => {
      const url = addressOf(request.url);
      if (url) return route({ url, headers: request.headers, body: Buffer.concat(parts).toString('utf8') }, response);
      sendJson(response, 400, { error: 'bad_request', error_description: 'That is not an address.' });
    });
  });
  const listening = await listen(server);
  port = listening.port;
  return listening;
}
