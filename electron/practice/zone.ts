/** What the DNS of a practice world holds, and what it answers to one question. */
import { DOMAIN, RELAY_HOST, SPF_INCLUDE, SUBMISSION_HOST, type Scenario } from './scenario.ts';

export type RecordType = 'A' | 'MX' | 'TXT' | 'CNAME' | 'PTR' | 'NS' | 'SOA';
/** Values as a zone file writes them; MX as `0 host`. */
export type Zone = Readonly<Record<string, Partial<Record<RecordType, readonly string[]>>>>;

export type ZoneRecord = { readonly name: string; readonly type: RecordType; readonly value: string };
export type ZoneAnswer = {
  readonly status: 'found' | 'no-data' | 'no-such-name' | 'alias-loop';
  /** Aliases on the way first. */
  readonly records: readonly ZoneRecord[];
};

/** Answers with the address the office's line shows to name servers. */
export const MY_IP = 'myip.provider.example';
const MOST_ALIASES = 8;

/** Aliases are followed (RFC 1034 §3.6.2); a name with names below it exists (RFC 8020 §2). */
export function lookUp(zone: Zone, asked: string, type: string): ZoneAnswer {
  const records: ZoneRecord[] = [];
  let name = asked.toLowerCase().replace(/\.$/, '');
  for (let step = 0; step < MOST_ALIASES; step += 1) {
    const entry = Object.hasOwn(zone, name) ? zone[name] : undefined;
    if (!entry) {
      const exists = Object.keys(zone).some((other) => other.endsWith(`.${name}`));
      return { status: exists ? 'no-data' : 'no-such-name', records };
    }
    const own = Object.entries(entry).find(([known]) => known === type)?.[1] ?? [];
    const [alias] = type === 'CNAME' ? [] : (entry.CNAME ?? []);
    if (alias === undefined) {
      for (const value of own) records.push({ name, type: type as RecordType, value });
      return { status: own.length === 0 ? 'no-data' : 'found', records };
    }
    records.push({ name, type: 'CNAME', value: alias });
    name = alias.toLowerCase();
  }
  return { status: 'alias-loop', records: [] };
}

const reversed = (address: string): string => address.split('.').toReversed().join('.');

/** Two selectors that lead to the tenant's first name, as Microsoft has them published. */
const dkim = (selector: string): Zone => {
  const target = `${selector}-contoso-com._domainkey.contoso.onmicrosoft.com`;
  return {
    [`${selector}._domainkey.${DOMAIN}`]: { CNAME: [target] },
    [target]: { TXT: ['v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ'] },
  };
};

/** Every line of the office leads to the name, and the name back to all of them. */
const reverse = (addresses: readonly string[], name: string): Zone => ({
  ...Object.fromEntries(addresses.map((address) => [`${reversed(address)}.in-addr.arpa`, { PTR: [name] }])),
  [name]: { A: addresses },
});

export function zoneOf({ office, dns }: Scenario): Zone {
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
    // RFC 5782 §5: a list that works lists this one.
    '2.0.0.127.zen.spamhaus.org': { A: ['127.0.0.2', '127.0.0.4', '127.0.0.10'] },
    ...(office.reverseName === null ? {} : reverse(office.seen, office.reverseName)),
    ...Object.fromEntries(
      Object.entries(office.listed).map(([list, code]) => [`${reversed(seen)}.${list}`, { A: [code] }]),
    ),
    ...(dns.dkim ? { ...dkim('selector1'), ...dkim('selector2') } : {}),
    ...(dns.dmarc === null ? {} : { [`_dmarc.${DOMAIN}`]: { TXT: [dns.dmarc] } }),
  };
}
