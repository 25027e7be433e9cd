/** Strict reading of what people type as domain, mail address, IPv4 address or host name; nothing ambiguous is accepted. */
import ipaddr from 'ipaddr.js';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** RFC 5321 §4.1.2 dot-string; quoted local parts are refused on purpose (they are where address parsers disagree). */
const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const IPV4 = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;

/** Lower-case A-label domain without a trailing dot, or null. `toAscii` is the host's IDNA function (Node: `url.domainToASCII`). */
export function parseDomain(text: string, toAscii: (domain: string) => string = (domain) => domain): string | null {
  const trimmed = text.trim().replace(/\.$/, '');
  const ascii = toAscii(trimmed).toLowerCase();
  if (ascii.length === 0 || ascii.length > 253) return null;
  const labels = ascii.split('.');
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : ascii;
}

/** A plain `local@domain` address (RFC 5321 §4.5.3.1 limits), domain in lower case; null for anything else. */
export function parseMailAddress(text: string, toAscii?: (domain: string) => string): string | null {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, at);
  const domain = parseDomain(trimmed.slice(at + 1), toAscii);
  if (at < 1 || local.length > 64 || !LOCAL_PART.test(local) || domain === null) return null;
  return `${local}@${domain}`;
}

/** The domain part of an address that `parseMailAddress` accepts. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** Dotted-quad IPv4 in its one canonical spelling (no octal, hex or short forms), or null. */
export function parseIpv4(text: string): string | null {
  const trimmed = text.trim();
  if (!IPV4.test(trimmed)) return null;
  return trimmed.split('.').every((part) => Number(part) <= 255) ? trimmed : null;
}

/** IPv6 in canonical form, or null; zone ids are refused. */
export function parseIpv6(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed.includes(':') || trimmed.includes('%') || !ipaddr.IPv6.isValid(trimmed)) return null;
  return ipaddr.IPv6.parse(trimmed).toRFC5952String();
}

/** Kinds of address that matter here; `documentation` is RFC 5737, used by practice and tests. */
export type AddressKind = 'public' | 'private' | 'shared' | 'loopback' | 'link-local' | 'documentation' | 'reserved';

const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'].map((range) =>
  ipaddr.parseCIDR(range),
);

/** @param address as returned by `parseIpv4` or `parseIpv6` */
export function addressKind(address: string): AddressKind {
  const parsed = ipaddr.parse(address);
  if (DOCUMENTATION.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match([base, bits] as never)))
    return 'documentation';
  switch (parsed.range()) {
    case 'unicast':
      return 'public';
    case 'private':
    case 'uniqueLocal':
      return 'private';
    case 'carrierGradeNat':
      return 'shared';
    case 'loopback':
      return 'loopback';
    case 'linkLocal':
      return 'link-local';
    default:
      return 'reserved';
  }
}

/**
 * May this be an office's public IPv4 address? Documentation addresses count only in a loopback world, where they stand for real ones.
 */
export function isPublicIpv4(address: string, world: { readonly loopback: boolean }): boolean {
  const parsed = parseIpv4(address);
  if (parsed === null) return false;
  const kind = addressKind(parsed);
  return kind === 'public' || (kind === 'documentation' && world.loopback);
}
