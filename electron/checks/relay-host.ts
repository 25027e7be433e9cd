/** The tenant's own mail server at Microsoft (MX endpoint), which the scanner will send through. */
import { z } from 'zod';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { hasSuffix, mailFilterOf } from '../../core/evidence/mail-filters.ts';
import { nearDomains } from '../../core/evidence/near-domain.ts';
import { noServer, OddMx, oddMxNote, oddMxOf } from '../../core/evidence/odd-mx.ts';
import { derivedHost, hostOfMxText } from '../../core/evidence/relay-host-names.ts';
import type { Detail } from '../../core/result.ts';
import { say, type Translate } from '../../core/text.ts';
import { couldNotLookUp, defineCheck, type ProbeContext } from '../check.ts';

const Evidence = z.object({
  /** Null when nobody could tell. */
  host: z.string().nullable(),
  /** Where the name is from: public MX, the signed-in tenant, the classic naming rule, or entered. */
  source: z.enum(['mx', 'tenant', 'derived', 'entered']),
  /** IPv4 addresses of `host`. */
  addresses: z.array(z.string()),
  /** MX hosts of the domain, best preference first. */
  mx: z.array(z.string()),
  /** Mail filter in front of Microsoft 365: the product's name, or its host when unknown. */
  filter: z.string().nullable(),
  /** The domain exists in the DNS. */
  domainExists: z.boolean(),
  /** An existing domain that a mistyped one may have meant. */
  near: z.string().nullable().default(null),
  oddMx: OddMx.nullable().default(null),
  /** IPv6 addresses, looked up only when there is none in IPv4. */
  ipv6: z.array(z.string()).default([]),
  /** What is noteworthy about this network's name look-ups. */
  lookUps: z.enum(['rewritten', 'https', 'slow']).nullable().default(null),
});
type Evidence = z.infer<typeof Evidence>;

/** Exchange knows the name; a tenant that may not be asked, or a cloud without the cmdlet, says nothing. */
async function hostOfTenant({ exchange, profile, signal }: ProbeContext): Promise<string | null> {
  if (exchange === null) return null;
  const parameters = { DomainName: profile.domain };
  try {
    const { value } = await exchange.run(
      { cmdlet: 'Get-DnssecStatusForVerifiedDomain', parameters },
      { signal, write: false },
    );
    const expected: unknown = value[0]?.['ExpectedMxRecord'];
    const text =
      typeof expected === 'object' && expected !== null ? (expected as Record<string, unknown>)['Record'] : expected;
    return typeof text === 'string' ? hostOfMxText(text) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

type Answer = Awaited<ReturnType<ProbeContext['net']['dns']['query']>>;
const SLOW_MS = 3000;

async function lookUpsOf(answer: Answer, { net, signal }: ProbeContext): Promise<Evidence['lookUps']> {
  if (answer.via === 'https') return 'https';
  if (await net.dns.rewrites({ signal })) return 'rewritten';
  return answer.durationMs > SLOW_MS ? 'slow' : null;
}

/** Microsoft's host behind an MX host that is only another name for it. */
async function hostBehindAlias(
  others: readonly string[],
  { environment, net, signal }: ProbeContext,
): Promise<string | null> {
  const answers = await Promise.all(others.slice(0, 3).map((host) => net.dns.query(host, 'A', { signal })));
  return (
    answers.flatMap(({ aliases }) => aliases).find((alias) => hasSuffix(alias, environment.relay.hostSuffixes)) ?? null
  );
}

/** The first similar name whose mail goes somewhere. */
async function nearDomain({ profile, net, signal }: ProbeContext): Promise<string | null> {
  const names = nearDomains(profile.domain);
  const answers = await Promise.all(names.map((name) => net.dns.query(name, 'MX', { signal, deadlineMs: 3000 })));
  return names.find((_, at) => (answers[at]?.records.length ?? 0) > 0) ?? null;
}

export default defineCheck({
  title: say('Microsoft’s mail server for your domain'),
  why: say('The scanner sends to this name; every organisation has its own.'),
  station: 'microsoft',
  essential: true,
  evidence: Evidence,
  blank: {
    host: null,
    source: 'derived',
    addresses: [],
    mx: [],
    filter: null,
    domainExists: true,
    near: null,
    oddMx: null,
    ipv6: [],
    lookUps: null,
  },
  probe: async (context) => {
    const { profile, environment, net, signal, progress } = context;
    const { hostSuffixes } = environment.relay;
    progress(say('Looking up where mail for {domain} goes (MX)', { domain: profile.domain }));
    // The usual name is likely the one: its address is asked for beside the MX record, not after it.
    const derived = derivedHost(profile.domain, hostSuffixes);
    const early = [
      net.dns.rewrites({ signal }),
      ...(derived === null ? [] : [net.dns.query(derived, 'A', { signal })]),
    ];
    for (const asking of early) asking.catch(() => undefined);
    const answer = await net.dns.query(profile.domain, 'MX', { signal });
    const told = ['ok', 'no-data', 'no-such-name'].includes(answer.status);
    if (!told && profile.relayHost === null) return couldNotLookUp(answer.status, profile.domain);
    // “.” is a null MX: the domain takes no mail (RFC 7505).
    const mx = answer.records
      .toSorted((one, other) => (one.preference ?? 0) - (other.preference ?? 0))
      .map((record) => record.data.toLowerCase().replace(/\.$/, ''))
      .filter((host) => host !== '');
    const others = mx.filter((host) => !hasSuffix(host, hostSuffixes) && parseIpv4(host) === null);
    const direct = mx.find((host) => hasSuffix(host, hostSuffixes)) ?? null;
    const behind = direct === null ? await hostBehindAlias(others, context) : null;
    const found = {
      mx,
      filter: behind === null ? (mailFilterOf(others[0] ?? '') ?? others[0] ?? null) : null,
      domainExists: answer.status !== 'no-such-name',
      near: answer.status === 'no-such-name' ? await nearDomain(context) : null,
      oddMx: behind === null ? oddMxOf(answer, mx) : ('host-alias' as const),
    };
    const lookUps = lookUpsOf(answer, context);
    lookUps.catch(() => undefined);
    const addressesOf = async (host: string) => {
      const { status, records } = await net.dns.query(host, 'A', { signal });
      const settled = status === 'ok' || status === 'no-data' || status === 'no-such-name';
      const addresses = records.map(({ data }) => data);
      const six =
        settled && addresses.length === 0
          ? (await net.dns.query(host, 'AAAA', { signal })).records.map(({ data }) => data)
          : [];
      return { trouble: settled ? null : couldNotLookUp(status, host), addresses, ipv6: six };
    };
    const entered = profile.relayHost ?? direct ?? behind;
    if (entered !== null) {
      progress(say('Looking up {host}', { host: entered }));
      const { trouble, addresses, ipv6 } = await addressesOf(entered);
      if (trouble !== null) return trouble;
      return {
        ...found,
        lookUps: await lookUps,
        ipv6,
        host: entered,
        source: profile.relayHost === null ? ('mx' as const) : ('entered' as const),
        addresses,
      };
    }
    const fromTenant = await hostOfTenant(context);
    for (const [source, host] of [
      ['tenant', fromTenant],
      ['derived', derived],
    ] as const) {
      if (host === null) continue;
      progress(say('Looking up {host}', { host }));
      const { trouble, addresses } = await addressesOf(host);
      if (trouble !== null) return trouble;
      if (addresses.length > 0) return { ...found, lookUps: await lookUps, ipv6: [], host, source, addresses };
    }
    return { ...found, lookUps: await lookUps, host: null, source: 'derived' as const, addresses: [], ipv6: [] };
  },
  judge: (evidence, { profile, environment, t }) => {
    const { host, source, addresses, filter, domainExists, near, oddMx, ipv6 } = evidence;
    const { domain } = profile;
    const details = detailsOf(evidence, domain, t);
    const copyFromAdmin = t(
      'In the Microsoft 365 admin center open Settings, Domains, {domain}, DNS records, and copy the MX value.',
      { domain },
    );
    if (!domainExists && source !== 'entered')
      return {
        status: 'fail',
        summary: t('The domain {domain} does not exist in the DNS.', { domain }),
        fix: [
          near === null
            ? t('Check the spelling.')
            : t('Check the spelling. Did you mean {near}? That one exists.', { near }),
          t('If it is new or has run out, ask the company where it is registered.'),
        ],
        who: 'you',
        details,
      };
    if (host === null)
      return {
        status: 'unknown',
        summary: t(
          'Mail for {domain} goes elsewhere first, and Microsoft’s own server name for it could not be found out.',
          { domain },
        ),
        cause: filter === null ? noServer(oddMx, t) : t('Its mail goes to {filter}.', { filter }),
        fix: [copyFromAdmin, t('Enter it as Microsoft’s mail server and check again.')],
        who: 'microsoft-admin',
        details,
      };
    if (addresses.length === 0 && ipv6.length > 0)
      return {
        status: 'fail',
        summary: t('{host} can be reached over IPv6 only ({address}).', { host, address: ipv6[0] ?? '' }),
        cause: t('A connector recognises the office by its IPv4 address, so the scanner has to send over IPv4.'),
        fix: [copyFromAdmin, t('If it is the same name, ask Microsoft’s support for its IPv4 addresses.')],
        who: 'microsoft-admin',
        details,
      };
    if (addresses.length === 0)
      return {
        status: 'fail',
        summary: t('The mail server {host} has no address on the internet (IPv4).', { host }),
        cause:
          source === 'entered'
            ? t('The name was entered and is probably misspelt.')
            : t('Usually the domain was removed from Microsoft 365, or its MX record holds an old name.'),
        fix: [copyFromAdmin],
        who: source === 'entered' ? 'you' : 'microsoft-admin',
        details,
      };
    const inside = environment.loopback ? [] : addresses.filter((address) => addressKind(address) !== 'public');
    if (inside.length > 0)
      return {
        status: 'fail',
        summary: t('The name server of this network answers with a wrong address for {host}: {address}.', {
          host,
          address: inside[0] ?? '',
        }),
        cause: t('Microsoft’s servers are on the internet. A router, filter or VPN changes the answers.'),
        fix: [t('Ask whoever looks after your network to let {host} be looked up unchanged.', { host })],
        who: 'you',
        details,
      };
    if (source === 'entered' && !hasSuffix(host, environment.relay.hostSuffixes))
      return {
        status: 'warn',
        summary: t('{host} was entered; its name is not one of Microsoft’s.', { host }),
        fix: [copyFromAdmin],
        who: 'you',
        details,
      };
    if (filter !== null)
      return {
        status: 'warn',
        summary: t('Mail for {domain} goes through {filter} first. The scanner has to send to {host}, not there.', {
          domain,
          filter,
          host,
        }),
        cause:
          source === 'derived'
            ? t('The name follows Microsoft’s usual rule and has an address, so it is likely right.')
            : null,
        fix: [t('Enter {host} in the scanner, even though the MX record names another server.', { host })],
        who: 'you',
        details,
      };
    if (source === 'derived')
      return {
        status: 'warn',
        summary: t('Microsoft’s server for {domain} is likely {host}.', { domain, host }),
        cause: `${noServer(oddMx, t)} ${t('This name follows Microsoft’s usual rule and has an address.')}`,
        fix: [copyFromAdmin],
        who: 'microsoft-admin',
        details,
      };
    return { status: 'pass', summary: t('Microsoft’s server for {domain} is {host}.', { domain, host }), details };
  },
});

function detailsOf({ mx, addresses, oddMx, lookUps }: Evidence, domain: string, t: Translate): readonly Detail[] {
  const rows = [
    { label: t('Mail servers of the domain (MX)'), value: mx.join(', ') || t('none') },
    { label: t('Addresses'), value: addresses.join(', ') || t('none') },
  ];
  const note = (value: string) => rows.push({ label: t('Note'), value });
  const odd = oddMxNote(oddMx, domain, mx, t);
  if (odd !== null) note(odd);
  if (lookUps === 'rewritten')
    note(
      t(
        'This network’s name server gives addresses to names that do not exist. Such answers are left out; ask your internet provider to switch that off.',
      ),
    );
  if (lookUps === 'https') note(t('Name look-ups on port 53 got no answer here; they went over HTTPS instead.'));
  if (lookUps === 'slow') note(t('This network’s name server answers slowly.'));
  return [{ kind: 'facts', rows }];
}
