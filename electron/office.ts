/** What the engine finds out about an office by the checks themselves, for calls that need one fact of them. */
import { parseDomain, parseIpv4, parseIpv6 } from '../core/address.ts';
import type { Params, Result } from '../core/contract.ts';
import { findDnsHost } from '../core/dns-hosts/dns-host.ts';
import { AppError } from '../core/errors.ts';
import type { Profile } from '../core/profile.ts';
import type { Report } from '../core/report/report.ts';
import { say, type Text } from '../core/text.ts';
import type { CallContext } from './dispatch.ts';
import type { Exchange } from './microsoft/exchange.ts';
import type { Net } from './net/net.ts';
import { lookForRecord } from './net/spf-spread.ts';
import { loadChecks, runChecks } from './run-checks.ts';
import { loadDnsHosts } from './storage/assets.ts';
import type { World } from './worlds.ts';

export type CheckOptions = {
  readonly only?: readonly string[];
  /** A network shared with other looks; default one of its own. */
  readonly net?: Net;
  /** Why this computer is not in the office; null when it is. */
  readonly away?: Text | null;
  /** Default: whoever is signed in. */
  readonly exchange?: Exchange | null;
};

export const check = async (
  world: World,
  profile: Profile,
  context: CallContext,
  { only, net = world.net(), away = null, exchange = world.signedIn?.exchange ?? null }: CheckOptions = {},
): Promise<Report> => {
  const { environment, sightings } = world;
  const report = await runChecks({
    checks: await loadChecks(),
    profile,
    environment,
    net,
    exchange,
    away,
    sightings: await sightings.of(environment.name, profile.domain),
    ...(only ? { only } : {}),
    ...context,
  });
  await sightings.add(environment.name, profile.domain, (evidence(report, 'seen-ip')['addresses'] ?? []) as string[]);
  return report;
};
const evidence = (report: Report, id: string) => report.results.find((result) => result.id === id)?.evidence ?? {};

/** The addresses the connector should hold: those entered, else what Exchange itself sees, else the vote. */
export const addresses = async (world: World, profile: Profile, context: CallContext): Promise<readonly string[]> => {
  if (profile.publicIps.length > 0 || profile.connector.authentication === 'certificate') return profile.publicIps;
  const report = await check(world, profile, context, { only: ['public-ip', 'seen-ip'] });
  const seen = evidence(report, 'seen-ip')['addresses'] as readonly string[];
  if (seen.length > 0) return seen;
  const voted = evidence(report, 'public-ip')['address'] as string | null;
  if (voted !== null) return [voted];
  throw new AppError('network', say('The public address of this office could not be found out.'), {
    field: '--public-ip',
    remedy: say('Enter it yourself (your internet provider knows it), or try again at the office.'),
  });
};
/** @throws AppError `network` when it cannot be told */
export const relayHost = async (world: World, profile: Profile, context: CallContext): Promise<string> => {
  const report = await check(world, profile, context, { only: ['relay-host'] });
  const host = evidence(report, 'relay-host')['host'] as string | null;
  if (host !== null) return host;
  throw new AppError(
    'network',
    say('The name of Microsoft’s mail server for {domain} is not known.', { domain: profile.domain }),
    {
      field: 'relayHost',
      remedy: say('Copy it from the Microsoft 365 admin center: Settings, Domains, your domain, DNS records, MX.'),
      detail: report.results[0]?.summary ?? '',
    },
  );
};

/** Tenant of a domain, learnt without sign-in; null when it cannot be told. */
export const tenantOf = async (world: World, profile: Profile, context: CallContext): Promise<string | null> =>
  (evidence(await check(world, profile, context, { only: ['tenant'] }), 'tenant')['tenantId'] as string | null) ?? null;

/** What a page has to know of the checks to place them. */
export const knownChecks = async (): Promise<Result<'app.info'>['checks']> =>
  [...(await loadChecks())].map(([id, { station, needsSignIn }]) => ({ id, station, needsSignIn }));

function domainNamed(domain: string, field = 'domain'): string {
  const name = parseDomain(domain);
  if (name !== null) return name;
  throw new AppError('bad-input', say('“{domain}” is not a domain name.', { domain: domain.slice(0, 80) }), {
    field,
    remedy: say('Write it like contoso.com.'),
  });
}

/** The record of a domain judged for one address, and the record to publish. */
export function evaluateSpfOf(
  world: World,
  { ip, domain, sender, helo }: Params<'spf.evaluate'>,
  { signal, t }: CallContext,
): Promise<Result<'spf.evaluate'>> {
  const address = parseIpv4(ip) ?? parseIpv6(ip);
  if (address === null)
    throw new AppError('bad-input', say('“{ip}” is not an IP address.', { ip }), {
      field: '--ip',
      remedy: say('Write it like 203.0.113.7.'),
    });
  return world.net().spf.evaluate(
    {
      ip: address,
      domain: domainNamed(domain, '--domain'),
      ...(sender === undefined ? {} : { sender }),
      ...(helo === undefined ? {} : { helo }),
      wanted: { ips: [address], include: world.environment.relay.spfInclude },
    },
    { signal, t },
  );
}

export const spreadOfRecord = (
  world: World,
  { domain, record }: Params<'spf.spread'>,
  { signal }: CallContext,
): Promise<Result<'spf.spread'>> =>
  lookForRecord(world.net(), {
    domain: domainNamed(domain),
    record,
    askPublic: world.environment.dns?.system === true,
    signal,
  });

/** The company that holds the domain's records; the card for any other one when the name servers do not tell. */
export async function dnsHostOf(world: World, domain: string, { signal, t }: CallContext): Promise<Result<'dns.host'>> {
  const name = domainNamed(domain);
  const { dns } = world.net();
  let nameServers: readonly string[] = [];
  // A subdomain usually lies in the zone of the domain above it.
  for (let labels = name.split('.'); labels.length >= 2 && nameServers.length === 0; labels = labels.slice(1))
    nameServers = (await dns.query(labels.join('.'), 'NS', { signal })).records.map(({ data }) => data);
  const hosts = await loadDnsHosts(t);
  const host = findDnsHost(hosts, nameServers) ?? hosts.find(({ id }) => id === 'generic');
  if (!host) throw new Error('assets/dns-hosts/generic.json is missing');
  return { nameServers: [...nameServers], host };
}
