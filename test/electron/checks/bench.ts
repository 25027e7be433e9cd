/** Runs one check as the program does, in a small world of real servers on the loopback address. */
import { once } from 'node:events';
import type http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { Environment } from '../../../core/environment.ts';
import type { Sighting } from '../../../core/evidence/sighting.ts';
import { Profile } from '../../../core/profile.ts';
import type { CheckResult } from '../../../core/result.ts';
import { english } from '../../../core/text.ts';
import type { Exchange } from '../../../electron/microsoft/exchange.ts';
import { createNet } from '../../../electron/net/net.ts';
import { loadChecks, runChecks } from '../../../electron/run-checks.ts';
import {
  startDnsServer,
  type DnsFault,
  type DnsServer,
  type DnsServerOptions,
  type Zone,
} from '../../helpers/dns-server.ts';
import { createTestCa, type TestCa } from '../../helpers/tls-certificates.ts';
import { startSmtpHost, type SmtpHost, type SmtpHostOptions } from './smtp-host.ts';

export const HOST = 'contoso-com.mail.protection.outlook.com';
export const TENANT = '11111111-2222-3333-4444-555555555555';

/** A healthy domain; tests change what they are about. */
export const ZONE: Zone = {
  'contoso.com': { MX: `0 ${HOST}`, TXT: 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all' },
  [HOST]: { A: '127.0.0.1' },
  'spf.protection.outlook.com': { TXT: 'v=spf1 ip4:40.92.0.0/15 -all' },
};

type Page = {
  readonly status?: number;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
};
/** Path → what the HTTPS services answer there, or who answers. */
export type Pages = Readonly<Record<string, Page | http.RequestListener>>;

export type WorldOptions = {
  readonly records?: Zone;
  readonly faults?: Readonly<Record<string, DnsFault | readonly DnsFault[]>>;
  /** Further traits of the name server. */
  readonly dns?: Omit<DnsServerOptions, 'records' | 'faults'>;
  /** The domain's own name servers: loopback address → zone; one port for all. */
  readonly ownNameServers?: Readonly<Record<string, Zone>>;
  readonly pages?: Pages;
  readonly pageDelayMs?: number;
  /** Told of every page when it is sent. */
  readonly onPage?: (path: string, body: string) => void;
  readonly smtp?: SmtpHostOptions | 'nothing-listens';
  readonly certificateNames?: readonly string[];
  readonly certificateValidTo?: Date;
  readonly certificateValidFrom?: Date;
  readonly selfSigned?: boolean;
  /** Who signs; trusted all the same. */
  readonly authorityName?: string;
  readonly untrusted?: boolean;
  readonly sightings?: readonly Sighting[];
  readonly environment?: (base: Environment, ports: { readonly https: string; readonly dns: string }) => Environment;
};

export type World = {
  readonly environment: Environment;
  readonly dns: DnsServer;
  readonly smtp: SmtpHost | null;
  readonly check: (id: string, profile?: Partial<Profile>, exchange?: Exchange | null) => Promise<CheckResult>;
  /** Missing `only`: every check. */
  readonly run: (options: {
    readonly only?: readonly string[];
    readonly profile?: Partial<Profile>;
    readonly exchange?: Exchange | null;
    readonly signal?: AbortSignal;
  }) => ReturnType<typeof runChecks>;
  readonly close: () => Promise<void>;
};

let authority: Promise<TestCa> | null = null;

const discovery = (issuer: string) => ({ body: JSON.stringify({ issuer }) });

async function startOwnNameServers(zones: Readonly<Record<string, Zone>>) {
  const servers: DnsServer[] = [];
  for (const [address, records] of Object.entries(zones))
    servers.push(
      await startDnsServer({ records, authoritative: true, address, ...(servers[0] ? { port: servers[0].port } : {}) }),
    );
  return { port: servers[0]?.port ?? null, close: () => Promise.all(servers.map((server) => server.close())) };
}

/** A port on which nothing listens: taken, then given back. */
async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  authority ??= createTestCa();
  const ca = options.authorityName === undefined ? await authority : await createTestCa(options.authorityName);
  const dns = await startDnsServer({
    records: options.records ?? ZONE,
    ...(options.faults ? { faults: options.faults } : {}),
    ...options.dns,
  });
  const own = await startOwnNameServers(options.ownNameServers ?? {});
  const names = options.certificateNames ?? [HOST];
  const { certificateValidFrom: validFrom, certificateValidTo: validTo } = options;
  const certificate = await ca.issue({
    names,
    selfSigned: options.selfSigned ?? false,
    ...(validTo ? { validFrom: new Date(Date.now() - 9e7), validTo } : {}),
    ...(validFrom ? { validFrom } : {}),
  });
  const smtp = options.smtp === 'nothing-listens' ? null : await startSmtpHost({ certificate, ...options.smtp });
  const pages: Pages = {
    '/contoso.com/v2.0/.well-known/openid-configuration': discovery(`https://localhost/${TENANT}/v2.0`),
    '/ip': { body: '203.0.113.7\n' },
    ...options.pages,
  };
  const web = https.createServer(await ca.issue(), (request, response) => {
    const page = pages[request.url ?? ''] ?? { status: 404, body: 'nothing here' };
    if (typeof page === 'function') return page(request, response);
    const answer = (): void => {
      response.writeHead(page.status ?? 200, { 'content-type': 'text/plain', ...page.headers }).end(page.body);
      options.onPage?.(request.url ?? '', page.body.toString());
    };
    if (options.pageDelayMs) setTimeout(answer, options.pageDelayMs);
    else answer();
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const ports = { https: `https://localhost:${(web.address() as AddressInfo).port}`, dns: `127.0.0.1:${dns.port}` };
  const base: Environment = {
    ...Environment.parse({
      schema: 'relayready/environment@1',
      name: 'bench',
      login: { authority: ports.https, clientId: TENANT, scopes: ['https://outlook.office365.com/Exchange.Manage'] },
      exchange: { adminApi: `${ports.https}/adminapi/beta` },
      relay: {
        hostSuffixes: ['mail.protection.outlook.com', 'mx.microsoft'],
        spfInclude: 'spf.protection.outlook.com',
        smtpPort: smtp?.port ?? (await closedPort()),
      },
      dns: { servers: [ports.dns], ...(own.port === null ? {} : { authorityPort: own.port }) },
      publicIp: [{ kind: 'https', url: `${ports.https}/ip` }],
      blocklists: ['zen.spamhaus.org'],
      loopback: true,
    }),
    ca: options.untrusted ? [] : [ca.cert],
  };
  const environment = options.environment?.(base, ports) ?? base;
  const checks = await loadChecks();
  const run: World['run'] = ({ only, profile, exchange = null, signal = AbortSignal.timeout(90_000) }) =>
    runChecks({
      checks,
      profile: {
        ...Profile.parse({ schema: 'relayready/profile@1', name: 'Office', domain: 'contoso.com' }),
        ...profile,
      },
      environment,
      net: createNet(environment),
      exchange,
      sightings: options.sightings ?? [],
      ...(only ? { only } : {}),
      signal,
      onProgress: () => undefined,
      t: english,
    });
  return {
    environment,
    dns,
    smtp,
    check: async (id, profile = {}, exchange = null) =>
      (await run({ only: [id], profile, exchange })).results[0] as CheckResult,
    run,
    close: async () => {
      web.close();
      web.closeAllConnections();
      await Promise.all([dns.close(), own.close(), smtp?.close()]);
    },
  };
}

/** Runs `look` in a world and takes the world down again. */
export async function within<T>(options: WorldOptions, look: (world: World) => Promise<T>): Promise<T> {
  const world = await startWorld(options);
  try {
    return await look(world);
  } finally {
    await world.close();
  }
}
