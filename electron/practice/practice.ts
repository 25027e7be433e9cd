/** Practice: a simulated Microsoft 365 with its DNS, sign-in, Exchange, relay host and scanner, as one more environment. */
import { readdir, writeFile } from 'node:fs/promises';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import type { Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { say } from '../../core/text.ts';
import { createIdentity } from './authority.ts';
import { handleExchange } from './exchange-admin.ts';
import { listen } from './listen.ts';
import { startNames, type Zone } from './names.ts';
import { signInAsPerson } from './person.ts';
import { startRelay } from './relay.ts';
import { DOMAIN, RELAY_HOST, SPF_INCLUDE, type Scenario } from './scenario.ts';
import { SCANNER, scanTo, startScanner, type Scan } from './scanner.ts';
import { createSignInService } from './sign-in-service.ts';
import { createTenant, type PracticeMessage, type Tenant } from './tenant.ts';

const SUBMISSION_HOST = 'smtp.office365.com';
const MY_IP = 'myip.provider.example';
const BODY_BYTES = 1024 * 1024;

export type PracticeWorld = {
  readonly scenario: string;
  readonly environment: Environment;
  readonly profile: Profile;
  readonly tenant: Tenant;
  /** Plays the person in the browser. @throws AppError `network` when the page does not answer */
  readonly signIn: (url: string) => Promise<void>;
  /** The scanner sends one page. */
  readonly scan: (to: string, signal: AbortSignal) => Promise<Scan>;
  /** Mail the relay host took. */
  readonly messages: () => readonly PracticeMessage[];
  /** Writes the environment, its certificates and the profile. @returns the environment file's path */
  readonly writeEnvironment: (folder: string) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const SCENARIOS = new URL('./scenarios/', import.meta.url);

/** Every file in `scenarios/` is one; the one where all is well comes first. */
export async function listScenarios(): Promise<readonly (Scenario & { readonly id: string })[]> {
  const files = (await readdir(SCENARIOS)).filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file)).sort();
  const scenarios = await Promise.all(
    files.map(async (file) => ({
      id: file.replace(/\.(ts|js)$/, ''),
      ...((await import(new URL(file, SCENARIOS).href)) as { default: Scenario }).default,
    })),
  );
  const first = (id: string): number => ['all-well', 'port-25-blocked', 'spf-wrong', 'new-tenant'].indexOf(id) >>> 0;
  return scenarios.sort((one, other) => first(one.id) - first(other.id));
}

/** @throws AppError `bad-option` for an unknown scenario; the signal's reason when aborted */
export async function startPractice({
  scenario: id,
  signal,
}: {
  readonly scenario: string;
  readonly signal: AbortSignal;
}): Promise<PracticeWorld> {
  signal.throwIfAborted();
  const scenarios = await listScenarios();
  const scenario = scenarios.find((one) => one.id === id);
  if (!scenario)
    throw new AppError('bad-option', say('There is no scenario “{id}”.', { id: id.slice(0, 60) }), {
      field: '--scenario',
      remedy: say('Scenarios are: {ids}.', { ids: scenarios.map((one) => one.id).join(', ') }),
    });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(stops.splice(0).map((end) => end()));
  };
  try {
    return await build(scenario, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  scenario: Scenario & { readonly id: string },
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<PracticeWorld> {
  const tenant = createTenant(scenario);
  const identity = await createIdentity([
    RELAY_HOST,
    'mail.protection.outlook.com',
    'localhost',
    '127.0.0.1',
    SUBMISSION_HOST,
  ]);
  const begin = async <T extends { readonly stop: () => Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const started = await starting;
    stops.push(started.stop);
    return started;
  };
  const names = await begin(startNames(zoneOf(scenario)));
  const relay = await begin(startRelay(tenant, scenario.office, identity));
  const scanner = await begin(startScanner());
  const web = await begin(startWeb(tenant, scenario, identity));
  let smtpPort = relay.port;
  if (scenario.office.port25 === 'closed') {
    // Nobody listens here, and nobody else may take the number while practice runs: it is the relay's own, taken back.
    const closed = await listen(net.createServer());
    smtpPort = closed.port;
    await closed.stop();
  }
  const origin = `https://localhost:${web.port}`;
  const dns = `127.0.0.1:${names.port}`;
  const environment: Environment = {
    schema: 'relayready/environment@1',
    name: 'practice',
    login: { authority: origin, clientId: tenant.clientId, scopes: ['https://outlook.office365.com/Exchange.Manage'] },
    exchange: { adminApi: `${origin}/adminapi/beta` },
    relay: {
      hostSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
      spfInclude: SPF_INCLUDE,
      smtpPort,
      submission: { host: SUBMISSION_HOST, port: relay.port },
    },
    dns: { servers: [dns], doh: [] },
    publicIp: [
      { kind: 'https', url: `${origin}/ip` },
      { kind: 'https', url: `${origin}/my-address` },
      { kind: 'dns', server: dns, name: MY_IP, type: 'A' },
    ],
    blocklists: ['zen.spamhaus.org'],
    loopback: true,
    ca: [identity.ca],
    practice: { scenario: scenario.id },
  };
  const profile = Profile.parse({
    name: 'Contoso (practice)',
    domain: DOMAIN,
    sender: `scanner@${DOMAIN}`,
    devices: [{ name: 'Scanner in the hallway', address: scanner.address, ...SCANNER }],
    testRecipients: { internal: `office@${DOMAIN}`, external: 'mailbox@example.net' },
  });
  return {
    scenario: scenario.id,
    environment,
    profile,
    tenant,
    signIn: (url) => signInAsPerson(url, identity.ca),
    scan: (to, signal) => scanTo(smtpPort, `scanner@${DOMAIN}`, to, signal),
    messages: () => tenant.messages,
    writeEnvironment: async (folder) => {
      const { ca: _, practice: __, ...document } = environment;
      const file = path.join(folder, 'environment.json');
      const write = (name: string, content: string) => writeFile(path.join(folder, name), content, { mode: 0o600 });
      await write('ca.pem', identity.ca);
      await write('profile.json', `${JSON.stringify(profile, null, 2)}\n`);
      await write('environment.json', `${JSON.stringify({ ...document, trust: { caFile: 'ca.pem' } }, null, 2)}\n`);
      return file;
    },
    stop,
  };
}

function startWeb(tenant: Tenant, scenario: Scenario, identity: { readonly cert: string; readonly key: string }) {
  let port = 0;
  const signIn = createSignInService(tenant, scenario.tenant.known, () => `https://localhost:${port}`);
  const exchange = handleExchange(tenant, signIn.isValidToken);
  const server = https.createServer(identity, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('error', () => undefined);
    request.on('data', (chunk: string) => {
      body += chunk;
      if (body.length > BODY_BYTES) request.destroy();
    });
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'https://localhost');
      if (pathname === '/ip' || pathname === '/my-address') response.end(`${scenario.office.web}\n`);
      else if (pathname.startsWith('/adminapi/')) exchange(request, body, response);
      else signIn.handle(request, body, response);
    });
  });
  return listen(server).then((listening) => {
    port = listening.port;
    return listening;
  });
}

const reversed = (address: string): string => address.split('.').toReversed().join('.');

function zoneOf({ office, dns }: Scenario): Zone {
  const dkim = (selector: string) => ({
    [`${selector}._domainkey.${DOMAIN}`]: { CNAME: [`${selector}-contoso-com._domainkey.contoso.onmicrosoft.com`] },
    [`${selector}-contoso-com._domainkey.contoso.onmicrosoft.com`]: {
      TXT: ['v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ'],
    },
  });
  const [seen = ''] = office.seen;
  return {
    [DOMAIN]: {
      MX: dns.mx,
      TXT: dns.txt,
      NS: ['ns1.provider.example'],
      SOA: ['ns1.provider.example'],
      A: ['198.51.100.30'],
    },
    'ns1.provider.example': { A: ['127.0.0.1'] },
    [RELAY_HOST]: { A: ['127.0.0.1'] },
    [SUBMISSION_HOST]: { A: ['127.0.0.1'] },
    [SPF_INCLUDE]: { TXT: ['v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 ip4:52.100.0.0/14 ip4:104.47.0.0/17 -all'] },
    [MY_IP]: { A: [office.web] },
    '2.0.0.127.zen.spamhaus.org': { A: ['127.0.0.2', '127.0.0.4', '127.0.0.10'] },
    ...(office.reverseName === null
      ? {}
      : { [`${reversed(seen)}.in-addr.arpa`]: { PTR: [office.reverseName] }, [office.reverseName]: { A: [seen] } }),
    ...Object.fromEntries(
      Object.entries(office.listed).map(([zone, code]) => [`${reversed(seen)}.${zone}`, { A: [code] }]),
    ),
    ...(dns.dkim ? { ...dkim('selector1'), ...dkim('selector2') } : {}),
    ...(dns.dmarc === null ? {} : { [`_dmarc.${DOMAIN}`]: { TXT: [dns.dmarc] } }),
  };
}
