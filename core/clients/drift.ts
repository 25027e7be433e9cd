/** The drift that matters: where line, connector and SPF record have come apart, or something has to be done by a day. */
import { z } from 'zod';
import { coversAddress } from '../plan/inbound-connector.ts';
import { Who } from '../result.ts';
import type { Translate } from '../text.ts';
import { domainsOf, type Client, type Site } from './client.ts';
import { knownFact, type Folded, type KnownFact } from './history.ts';
import type { FactId } from './facts.ts';

export const Drift = z.object({
  kind: z.enum(['address', 'connector-gone', 'connector-off', 'record', 'listed', 'port-25', 'tenant', 'due']),
  /** Office it is about; null for what belongs to the domain. */
  site: z.string().nullable(),
  domain: z.string(),
  /** ISO 8601, when it was found. */
  since: z.string(),
  severity: z.enum(['bad', 'warning']),
  text: z.string(),
  fix: z.array(z.string()),
  who: Who,
  /** One reviewed change mends it (`clients.repair`). */
  repairable: z.boolean(),
});
export type Drift = z.infer<typeof Drift>;

type Found = Omit<Drift, 'since' | 'domain' | 'site'> & { readonly fact: KnownFact };

/** Addresses the office really sends from: as last seen, else as entered. */
export const lineOf = ({ id, profile }: Site, { known }: Folded): readonly string[] => {
  const seen = knownFact(known, 'addresses', { site: id, domain: profile.domain })?.value ?? [];
  return seen.length > 0 ? seen : profile.publicIps;
};

/** Entered addresses are several where an office has several lines; one that is seen no more need not be gone. */
const moved = (site: Site, folded: Folded): readonly string[] =>
  site.profile.publicIps.length === 0
    ? []
    : lineOf(site, folded).filter((address) => !site.profile.publicIps.includes(address));

function siteDrift(client: Client, site: Site, folded: Folded, t: Translate): readonly Found[] {
  const fact = (id: FactId) => knownFact(folded.known, id, { site: site.id, domain: site.profile.domain });
  const found: Found[] = [];
  const name = client.sites.length > 1 ? site.profile.name || site.id : client.name;
  const byAddress = site.profile.connector.authentication === 'ip';
  const line = lineOf(site, folded);
  const fresh = moved(site, folded);
  const lets = fact('connector-addresses');
  const on = fact('connector')?.value[0] === 'on';
  const out =
    byAddress && on && lets
      ? line.filter((address) => !lets.value.some((stored) => coversAddress(stored, address)))
      : [];
  const about = fact('addresses') ?? lets;
  if (about && byAddress && (fresh.length > 0 || out.length > 0)) {
    const addresses = [...new Set([...fresh, ...out])].join(', ');
    const record = fact('spf-state')?.value[0] === 'complete';
    found.push({
      kind: 'address',
      severity: 'bad',
      text:
        out.length > 0 && !record
          ? t('{name} sends from {addresses}, which neither the connector nor the SPF record lets in.', {
              name,
              addresses,
            })
          : out.length > 0
            ? t('{name} sends from {addresses}, which the connector does not let in.', { name, addresses })
            : record
              ? t('{name} sends from {addresses}, which is not entered.', { name, addresses })
              : t('{name} sends from {addresses}, which is not entered and not in the SPF record.', {
                  name,
                  addresses,
                }),
      fix: [
        t(
          'Review the repair: it lets the new address in, in the connector and in the SPF record, and keeps the others.',
        ),
      ],
      who: 'you',
      repairable: true,
      fact: about,
    });
  }
  const port = fact('port-25');
  if (port && port.value[0] !== 'open')
    found.push({
      kind: 'port-25',
      severity: 'bad',
      text: t('Port 25 of {name} is not open any more.', { name }),
      fix: [t('Look again at the office; the check “Port 25” has the text for the internet provider.')],
      who: 'internet-provider',
      repairable: false,
      fact: port,
    });
  const listed = fact('listed');
  if (listed && listed.value.length > 0)
    found.push({
      kind: 'listed',
      severity: 'bad',
      text: t('{name} is on a block list: {lists}.', { name, lists: listed.value.join(', ') }),
      fix: [
        t('Have the computers in the office checked for malware.'),
        t('Then ask for removal on the list’s own web page; it is free of charge.'),
      ],
      who: 'you',
      repairable: false,
      fact: listed,
    });
  for (const due of fact('due')?.value ?? []) found.push(dueDrift(due, fact('due') as KnownFact, t));
  return found;
}

function dueDrift(due: string, fact: KnownFact, t: Translate): Found {
  const [kind = '', date = ''] = due.split(' ');
  const what = due.slice(kind.length + date.length + 2);
  return {
    kind: 'due',
    severity: 'warning',
    text:
      kind === 'firmware'
        ? t('The firmware of {what} is to be looked after by {date}.', { what, date })
        : kind === 'certificate'
          ? t('The certificate {what} ends on {date}; the connector lets nothing in after that.', { what, date })
          : t('{what} is due on {date}.', { what, date }),
    fix: [
      kind === 'certificate'
        ? t('Renew the certificate under the same name and put it into the device, then enter the new day.')
        : t('Do it, then enter the next day or take the reminder out.'),
    ],
    who: kind === 'firmware' ? 'device-supplier' : 'you',
    repairable: false,
    fact,
  };
}

function domainDrift(client: Client, site: Site, { known }: Folded, t: Translate): readonly Found[] {
  const { domain } = site.profile;
  const fact = (id: FactId) => knownFact(known, id, { site: site.id, domain });
  const found: Found[] = [];
  const connector = fact('connector');
  const name = site.profile.connector.name;
  if (connector && connector.value[0] !== 'on')
    found.push({
      kind: connector.value[0] === 'off' ? 'connector-off' : 'connector-gone',
      severity: 'bad',
      text:
        connector.value[0] === 'off'
          ? t('The connector “{name}” is switched off.', { name })
          : t('The connector “{name}” is not there any more.', { name }),
      fix: [t('Review the repair; it shows the change before it is made.')],
      who: 'microsoft-admin',
      repairable: true,
      fact: connector,
    });
  const state = fact('spf-state');
  if (state && state.value[0] !== 'complete')
    found.push({
      kind: 'record',
      severity: 'bad',
      text:
        state.value[0] === 'none'
          ? t('{domain} has no SPF record.', { domain })
          : t('The SPF record of {domain} does not let everybody send who should.', { domain }),
      fix: [t('Review the repair; it has the record to publish.')],
      who: 'dns-host',
      repairable: true,
      fact: state,
    });
  const tenant = fact('tenant');
  if (tenant && client.tenantId !== null && tenant.value[0] !== client.tenantId)
    found.push({
      kind: 'tenant',
      severity: 'bad',
      text:
        tenant.value.length === 0
          ? t('Microsoft does not know {domain} any more.', { domain })
          : t('{domain} belongs to another Microsoft 365 organisation than before.', { domain }),
      fix: [t('Ask the administrator whether the company has moved. If so, enter the client anew.')],
      who: 'microsoft-admin',
      repairable: false,
      fact: tenant,
    });
  return found;
}

/** What is wrong now, the worst first. */
export function findDrift(client: Client, folded: Folded, t: Translate): readonly Drift[] {
  const of = (site: Site, scope: string | null, found: readonly Found[]): readonly Drift[] =>
    found.map(({ fact, ...drift }) => ({ ...drift, site: scope, domain: site.profile.domain, since: fact.since }));
  const firstOf = (domain: string) => client.sites.find(({ profile }) => profile.domain === domain) as Site;
  return [
    ...client.sites.flatMap((site) => of(site, site.id, siteDrift(client, site, folded, t))),
    ...domainsOf(client).flatMap((domain) => {
      const site = firstOf(domain);
      return of(site, null, domainDrift(client, site, folded, t));
    }),
  ].sort((one, other) => (one.severity === other.severity ? 0 : one.severity === 'bad' ? -1 : 1));
}
