/** Reads what people type into the wizard's fields; null when it cannot be meant. */
import { parseDomain, parseIpv4, parseMailAddress } from '../core/address.ts';

/** The page's IDNA (bücher.de → xn--bcher-kva.de); plain ASCII is left to the strict reader. */
export function toAscii(domain: string): string {
  // oxlint-disable-next-line no-control-regex
  if (/^[\u0000-\u007f]*$/.test(domain)) return domain;
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return domain;
  }
}

export const readDomain = (typed: string): string | null => parseDomain(typed, toAscii);
export const readMailAddress = (typed: string): string | null => parseMailAddress(typed, toAscii);

/** IPv4 address or host name on the office network; one label is enough there. */
export function readHost(typed: string): string | null {
  const host = typed.trim().toLowerCase();
  if (/^[\d.]+$/.test(host)) return parseIpv4(host);
  return /^[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_]([a-z0-9_-]{0,62}))*$/.test(host) && host.length <= 253 ? host : null;
}

/** One or more IPv4 addresses, written as `a, b`. */
export function readAddresses(typed: string): string | null {
  const parts = typed.split(/[\s,;]+/).filter((part) => part !== '');
  const addresses = parts.map(parseIpv4);
  return parts.length > 0 && addresses.every((address) => address !== null) ? addresses.join(', ') : null;
}

/** @param max characters; control characters are dropped */
export const readLine =
  (max: number) =>
  (typed: string): string =>
    // oxlint-disable-next-line no-control-regex
    typed.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '').slice(0, max);
