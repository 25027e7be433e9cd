/** Practice: a simulated Microsoft 365 with its DNS, sign-in, Exchange, relay host and scanner, as one more environment. */
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { say } from '../../core/text.ts';
import { createIdentity } from './authority.ts';
import { holdClosedPort } from './closed-port.ts';
import { startNames } from './names.ts';
import { signInAsPerson } from './person.ts';
import { startRelay } from './relay.ts';
import { DOMAIN, RELAY_HOST, SPF_INCLUDE, SUBMISSION_HOST, type Scenario } from './scenario.ts';
import { SCANNER, scanTo, startScanner, type Scan } from './scanner.ts';
import { spfVerdict } from './spf-verdict.ts';
import { createTenant, type PracticeMessage, type Resumed, type Tenant } from './tenant.ts';
import { ADDRESS_PATHS, startWeb } from './web.ts';
import { MY_IP, zoneOf, type Zone } from './zone.ts';

export type PracticeWorld = {
  readonly scenario: string;
  readonly environment: Environment;
  readonly profile: Profile;
  readonly tenant: Tenant;
  /** Plays the person in the browser. @throws AppError `network` when the page does not answer */
  readonly signIn: (url: string) => Promise<void>;
  /** The scanner sends one page. */
  readonly scan: (to: string, signal: AbortSignal) => Promise<Scan>;
  /** Puts a record in place of the domain's SPF record, as its DNS host would. */
  readonly publish: (record: string) => void;
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
  resumed = null,
}: {
  readonly scenario: string;
  readonly signal: AbortSignal;
  readonly resumed?: Resumed | null;
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
  /** Whatever has been started is remembered, so that nothing stays when a later part fails or is cancelled. */
  const begin: Begin = async (start) => {
    signal.throwIfAborted();
    const started = await start();
    stops.push(started.stop);
    return started;
  };
  try {
    const world = await build(scenario, resumed, begin, stop);
    signal.throwIfAborted();
    return world;
  } catch (error) {
    await stop();
    throw error;
  }
}

type Begin = <T extends { readonly stop: () => Promise<void> }>(start: () => Promise<T>) => Promise<T>;

async function build(
  scenario: Scenario & { readonly id: string },
  resumed: Resumed | null,
  begin: Begin,
  stop: () => Promise<void>,
): Promise<PracticeWorld> {
  const tenant = createTenant(scenario, Date.now, resumed);
  const identity = await createIdentity([
    RELAY_HOST,
    'mail.protection.outlook.com',
    'localhost',
    '127.0.0.1',
    SUBMISSION_HOST,
  ]);
  const { office } = scenario;
  const zone: Record<string, Zone[string]> = { ...zoneOf(scenario) };
  const publish = (record: string): void => {
    const others = zone[DOMAIN]?.TXT?.filter((text) => !/^v=spf1(\s|$)/i.test(text)) ?? [];
    zone[DOMAIN] = { ...zone[DOMAIN], TXT: [...others, record] };
  };
  if (resumed?.record) publish(resumed.record);
  const names = await begin(() => startNames(zone));
  const relay = await begin(() => startRelay({ tenant, office, identity, spf: spfVerdict(zone) }));
  const scanner = await begin(startScanner);
  const web = await begin(() => startWeb(tenant, scenario, identity));
  const smtpPort = office.port25 === 'open' ? relay.port : (await begin(holdClosedPort)).port;
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
      ...ADDRESS_PATHS.map((pathname) => ({ kind: 'https' as const, url: `${origin}${pathname}` })),
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
    publish,
    messages: () => tenant.messages,
    writeEnvironment: async (folder) => {
      const { ca: _, ...document } = environment;
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
