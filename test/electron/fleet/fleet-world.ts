/** A world of many small organisations on the loopback address, one name server, one sign-in service and a few mail hosts for all; each with the outcome it was made to have. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Environment } from '../../../core/environment.ts';
import type { ReportVerdict } from '../../../core/result.ts';
import { startDnsServer, type DnsFault, type Zone } from '../../helpers/dns-server.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { startSmtpHost, type SmtpHostOptions } from '../checks/smtp-host.ts';

/** Where this computer is seen from; the offices of the first kinds are elsewhere. */
export const HERE = '203.0.113.7';
const INCLUDE = 'spf.protection.outlook.com';

type Entry = Zone[string];
type Organisation = {
  readonly domain: string;
  readonly host: string;
  /** Entered in the profile. */
  readonly office: string;
};
type Kind = {
  readonly name: string;
  readonly verdict: ReportVerdict;
  /** Ids of the checks that fail. */
  readonly fails: readonly string[];
  readonly atOffice?: boolean;
  readonly txt?: (one: Organisation) => readonly string[];
  readonly mx?: string | null;
  readonly fault?: DnsFault;
  readonly unknownToMicrosoft?: boolean;
  readonly listed?: boolean;
  readonly noDmarc?: boolean;
  /** Loopback address of its mail host. */
  readonly mail?: string;
};

const MAIL = {
  well: '127.0.0.1',
  stripped: '127.0.0.2',
  stranger: '127.0.0.3',
  closed: '127.0.0.4',
  elsewhere: '127.0.0.5',
} as const;

/** One after the other, over and over. */
export const KINDS: readonly Kind[] = [
  { name: 'all well', verdict: 'ready', fails: [] },
  { name: 'no SPF record', verdict: 'action-needed', fails: ['spf'], txt: () => [] },
  {
    name: 'another address in SPF',
    verdict: 'action-needed',
    fails: ['spf'],
    txt: () => [`v=spf1 ip4:192.0.2.99 include:${INCLUDE} -all`],
  },
  {
    name: 'two SPF records',
    verdict: 'action-needed',
    fails: ['spf'],
    txt: ({ office }) => [`v=spf1 ip4:${office} -all`, 'v=spf1 -all'],
  },
  {
    name: 'Microsoft left out of SPF',
    verdict: 'action-needed',
    fails: ['spf'],
    txt: ({ office }) => [`v=spf1 ip4:${office} -all`],
  },
  { name: 'unknown to Microsoft', verdict: 'action-needed', fails: ['tenant'], unknownToMicrosoft: true },
  { name: 'on a block list', verdict: 'action-needed', fails: ['blocklists'], listed: true },
  { name: 'its name server fails', verdict: 'cannot-tell', fails: [], fault: 'servfail' },
  { name: 'a filter in front', verdict: 'ready', fails: [], mx: '10 mx.filter.example' },
  { name: 'no DMARC', verdict: 'ready', fails: [], noDmarc: true },
  { name: 'gone from the DNS', verdict: 'action-needed', fails: ['relay-host', 'spf'], mx: null },
  { name: 'at the office, all well', verdict: 'ready', fails: [], atOffice: true },
  {
    name: 'at the office, encryption taken out',
    verdict: 'action-needed',
    fails: ['starttls'],
    atOffice: true,
    mail: MAIL.stripped,
  },
  {
    name: 'at the office, somebody else answers',
    verdict: 'action-needed',
    fails: ['port-25'],
    atOffice: true,
    mail: MAIL.stranger,
  },
  {
    name: 'at the office, port 25 closed',
    verdict: 'action-needed',
    fails: ['port-25'],
    atOffice: true,
    mail: MAIL.closed,
  },
  {
    name: 'at the office, mail leaves by another line',
    verdict: 'ready',
    fails: [],
    atOffice: true,
    mail: MAIL.elsewhere,
  },
];

const organisationOf = (at: number): Organisation & { readonly kind: Kind } => {
  const kind = KINDS[at % KINDS.length] as Kind;
  // No name is another one with a slip in it: a mistyped domain is asked about under similar names, too.
  const label = `client-${String(at).split('').join('-')}`;
  const domain = `${label}.example`;
  return {
    domain,
    kind,
    host: `${label}-example.mail.protection.outlook.com`,
    office: kind.atOffice ? HERE : `198.51.${100 + Math.floor(at / 250)}.${(at % 250) + 1}`,
  };
};

function zoneOf(count: number): { readonly zone: Map<string, Entry>; readonly faults: Record<string, DnsFault> } {
  const zone = new Map<string, Entry>([
    [INCLUDE, { TXT: 'v=spf1 ip4:40.92.0.0/15 -all' }],
    ['mx.filter.example', { A: '192.0.2.20' }],
  ]);
  const faults: Record<string, DnsFault> = {};
  for (let at = 0; at < count; at += 1) {
    const one = organisationOf(at);
    const { domain, kind, host, office } = one;
    if (kind.fault) faults[`${domain}/TXT`] = kind.fault;
    if (kind.mx === null) continue;
    zone.set(domain, {
      MX: kind.mx ?? `0 ${host}`,
      TXT: kind.txt?.(one) ?? [`v=spf1 ip4:${office} include:${INCLUDE} -all`],
    });
    zone.set(host, { A: kind.mail ?? MAIL.well });
    if (kind.noDmarc !== true) zone.set(`_dmarc.${domain}`, { TXT: 'v=DMARC1; p=none' });
    zone.set(`selector1._domainkey.${domain}`, { TXT: 'v=DKIM1; p=MIIBIjANBgkqhkiG9w0' });
    const reversed = office.split('.').toReversed().join('.');
    if (kind.listed === true) zone.set(`${reversed}.zen.spamhaus.org`, { A: '127.0.0.2' });
    zone.set(`${reversed}.in-addr.arpa`, { PTR: 'office.provider.example' });
  }
  return { zone, faults };
}

/** A question or connection, when it came and to which server. */
export type Asked = { readonly server: string; readonly what: string; readonly atMs: number };

export type FleetWorld = {
  readonly environmentFile: string;
  readonly asked: readonly Asked[];
  /** Writes the profiles as JSON lines, a broken row behind every hundredth. @returns the file */
  readonly writeProfiles: (file: string) => string;
  /** Somebody edits the TXT records of a domain. */
  readonly setText: (domain: string, texts: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

/** Number of the organisation that a question is about; NaN for what everybody shares. */
export const numberIn = (text: string): number =>
  Number(/client((?:-\d)+)[.-]example/.exec(text)?.[1]?.replaceAll('-', '') ?? NaN);

export const expectedOf = (domain: string): Kind => KINDS[numberIn(domain) % KINDS.length] as Kind;

export async function startFleetWorld(folder: string, count: number, delayMs = 0): Promise<FleetWorld> {
  const ca = await createTestCa();
  const asked: Asked[] = [];
  const tell = (server: string, what: string): void => void asked.push({ server, what, atMs: performance.now() });
  const { zone, faults } = zoneOf(count);
  const dns = await startDnsServer({
    faults,
    delayMs,
    handler: ({ name, type, via }) => {
      if (via === 'udp') tell('dns', `${type} ${name}`);
      return zone.get(name) ?? null;
    },
  });
  const certificate = await ca.issue({ names: ['*.mail.protection.outlook.com'] });
  const hosts: { readonly port: number; readonly close: () => Promise<void> }[] = [];
  const host = async (address: string, options: SmtpHostOptions): Promise<void> => {
    hosts.push(
      await startSmtpHost({
        certificate,
        sees: [HERE],
        delayMs,
        address,
        ...(hosts[0] ? { port: hosts[0].port } : {}),
        onConnection: () => tell(`smtp ${address}`, address),
        ...options,
      }),
    );
  };
  await host(MAIL.well, {});
  await host(MAIL.stripped, { startTls: 'missing' });
  await host(MAIL.stranger, { greeting: '220 firewall.example ESMTP ready' });
  await host(MAIL.elsewhere, { sees: ['203.0.113.99'] });
  const web = https.createServer(await ca.issue(), (request, response) => {
    const url = request.url ?? '';
    tell('https', url);
    const at = numberIn(url);
    const answer = (): void => {
      if (url === '/ip') response.end(`${HERE}\n`);
      else if (Number.isNaN(at) || organisationOf(at).kind.unknownToMicrosoft === true)
        response
          .writeHead(400, { 'content-type': 'application/json' })
          .end(JSON.stringify({ error: 'invalid_tenant' }));
      else {
        const tenant = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
        response.end(JSON.stringify({ issuer: `https://localhost/${tenant}/v2.0` }));
      }
    };
    setTimeout(answer, delayMs);
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const origin = `https://localhost:${(web.address() as AddressInfo).port}`;
  const environment = Environment.parse({
    schema: 'relayready/environment@1',
    name: 'fleet',
    login: { authority: origin, clientId: '11111111-2222-3333-4444-555555555555', scopes: ['x'] },
    exchange: { adminApi: `${origin}/adminapi/beta` },
    relay: { hostSuffixes: ['mail.protection.outlook.com'], spfInclude: INCLUDE, smtpPort: hosts[0]?.port ?? 25 },
    dns: { servers: [`127.0.0.1:${dns.port}`] },
    publicIp: [{ kind: 'https', url: `${origin}/ip` }],
    blocklists: ['zen.spamhaus.org'],
    trust: { caFile: 'ca.pem' },
    loopback: true,
  });
  const environmentFile = path.join(folder, 'environment.json');
  writeFileSync(path.join(folder, 'ca.pem'), ca.cert);
  writeFileSync(environmentFile, JSON.stringify(environment));
  return {
    environmentFile,
    asked,
    writeProfiles: (file) => {
      const rows = Array.from({ length: count }, (_, at) => {
        const { domain, office } = organisationOf(at);
        const row = JSON.stringify({ name: `Client ${at}`, domain, sender: `scanner@${domain}`, publicIps: [office] });
        return at % 100 === 99 ? `${row}\n{"domain":"broken` : row;
      });
      writeFileSync(file, `${rows.join('\n')}\n`);
      return file;
    },
    setText: (domain, texts) => void zone.set(domain, { ...zone.get(domain), TXT: texts }),
    close: async () => {
      web.close();
      web.closeAllConnections();
      await Promise.all([dns.close(), ...hosts.map((one) => one.close())]);
    },
  };
}

/** The most of anything within one second, server by server. */
export function busiestSecond(asked: readonly Asked[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const server of new Set(asked.map((one) => one.server))) {
    const times = asked.filter((one) => one.server === server).map(({ atMs }) => atMs);
    let from = 0;
    let best = 0;
    for (let to = 0; to < times.length; to += 1) {
      while ((times[to] ?? 0) - (times[from] ?? 0) >= 1000) from += 1;
      best = Math.max(best, to - from + 1);
    }
    most.set(server, best);
  }
  return most;
}
