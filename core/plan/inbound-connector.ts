/** Reads an inbound connector as Exchange returns it into one plain shape, and says for whom it grants relay. */
import ipaddr from 'ipaddr.js';

export type ExchangeObject = Readonly<Record<string, unknown>>;

export type InboundConnector = {
  /** GUID where Exchange gives one, else the name. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** `OnPremises` grants relay, `Partner` never does. */
  readonly type: string;
  /** `*`, `contoso.com` or `*.contoso.com`; Exchange's `smtp:*;1` has been undone. */
  readonly senderDomains: readonly string[];
  /** IPv4 addresses and ranges; `/32` has been dropped. */
  readonly ips: readonly string[];
  readonly requireTls: boolean;
  readonly certificateName: string | null;
  /** A partner connector that turns away everybody else who sends as its domains (550 5.7.51). */
  readonly restricts: boolean;
  /** Accepted domains it is limited to; empty means all. */
  readonly acceptedDomains: readonly string[];
  readonly hybrid: boolean;
  readonly comment: string;
  /** Addresses or domains came in a shape that is not understood, so writing the list back would lose some. */
  readonly unreadable: boolean;
  /** As Exchange returned it. */
  readonly object: ExchangeObject;
};

export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** Exchange writes booleans as such, some paths as `"True"`. */
export const flag = (value: unknown): boolean => value === true || /^true$/i.test(text(value));

/** Multi-valued properties arrive as arrays, single values now and then bare or joined by commas. */
export const list = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .flatMap((entry) => text(entry).split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Entries that are neither text nor missing. */
const isOdd = (value: unknown): boolean =>
  (Array.isArray(value) ? value : [value]).some(
    (entry) => entry !== null && entry !== undefined && typeof entry !== 'string',
  );

/** A field Exchange does not show says nothing; the documented default stands in (Microsoft, New-InboundConnector). */
const flagOr = (value: unknown, missing: boolean): boolean =>
  value === undefined || value === null ? missing : flag(value);

const senderDomain = (stored: string): string =>
  stored
    .trim()
    .replace(/^smtp:/i, '')
    .replace(/;\d+$/, '')
    .toLowerCase();

const range = (stored: string): string => stored.trim().replace(/\/32$/, '');

export const readConnector = (object: ExchangeObject): InboundConnector => ({
  id: text(object['Guid']) || text(object['Identity']) || text(object['Name']),
  name: text(object['Name']) || text(object['Identity']),
  enabled: flagOr(object['Enabled'], true),
  type: text(object['ConnectorType']),
  senderDomains: list(object['SenderDomains']).map(senderDomain),
  ips: list(object['SenderIPAddresses']).map(range),
  requireTls: flag(object['RequireTls']),
  certificateName: text(object['TlsSenderCertificateName']) || null,
  restricts:
    text(object['ConnectorType']).toLowerCase() === 'partner' &&
    (flag(object['RestrictDomainsToIPAddresses']) || flag(object['RestrictDomainsToCertificate'])),
  acceptedDomains: list(object['AssociatedAcceptedDomains']).map((name) => name.toLowerCase()),
  hybrid: flag(object['CloudServicesMailEnabled']) || /hybrid/i.test(text(object['ConnectorSource'])),
  comment: text(object['Comment']),
  unreadable: ['SenderDomains', 'SenderIPAddresses', 'AssociatedAcceptedDomains'].some((name) => isOdd(object[name])),
  object,
});

export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Is the IPv4 address inside the address or range (as Exchange stores it)? */
export function coversAddress(stored: string, address: string): boolean {
  if (!ipaddr.IPv4.isValid(address)) return false;
  if (stored === address) return true;
  if (!ipaddr.IPv4.isValidCIDR(stored)) return false;
  return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(stored));
}

/** Does a name with or without a leading `*.` stand for the domain? */
const nameCovers = (pattern: string, domain: string): boolean =>
  pattern === '*' || pattern === domain || (pattern.startsWith('*.') && domain.endsWith(pattern.slice(1)));

export const coversDomain = (connector: InboundConnector, domain: string): boolean =>
  (connector.senderDomains.length === 0 || connector.senderDomains.some((pattern) => nameCovers(pattern, domain))) &&
  (connector.acceptedDomains.length === 0 || connector.acceptedDomains.includes(domain));

const grants = (connector: InboundConnector, domain: string): boolean =>
  !connector.unreadable &&
  connector.enabled &&
  connector.type.toLowerCase() === 'onpremises' &&
  coversDomain(connector, domain);

/** Only an enabled OnPremises connector relays; one that asks for a certificate does not go by address. */
export const relaysForAddress = (connector: InboundConnector, address: string, domain: string): boolean =>
  grants(connector, domain) &&
  connector.certificateName === null &&
  connector.ips.some((stored) => coversAddress(stored, address));

export const relaysForCertificate = (connector: InboundConnector, certificate: string, domain: string): boolean =>
  grants(connector, domain) &&
  connector.certificateName !== null &&
  nameCovers(connector.certificateName.toLowerCase(), certificate.toLowerCase());
