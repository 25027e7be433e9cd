/** Addresses the way SPF compares them: by family and leading bits. */
import ipaddr from 'ipaddr.js';
import { parseIpv4, parseIpv6 } from '../address.ts';

export type IpAddress = { readonly family: 4 | 6; readonly bytes: readonly number[]; readonly text: string };
export type IpNetwork = { readonly address: IpAddress; readonly bits: number };

/** An IPv4 or IPv6 address; IPv4-mapped IPv6 counts as IPv4 (RFC 7208 §5). */
export function parseIp(text: string): IpAddress | null {
  const four = parseIpv4(text);
  if (four !== null) return { family: 4, bytes: four.split('.').map(Number), text: four };
  const bytes = parseIp6(text.trim());
  if (bytes === null) return null;
  if (bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff)
    return parseIp(bytes.slice(12).join('.'));
  return { family: 6, bytes, text: new ipaddr.IPv6([...bytes]).toRFC5952String() };
}

/** The literal address of an `ip6:` term; unlike a client, a mapped address stays IPv6 (RFC 7208 §5). */
export function parseIp6(text: string): readonly number[] | null {
  // ipaddr.js reads “::192.0.2.1” as IPv4-mapped; written as two groups it keeps its meaning (RFC 4291 §2.2).
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted === null) return parseIpv6(text) === null ? null : ipaddr.IPv6.parse(text).toByteArray();
  const four = parseIpv4(dotted[2] ?? '');
  if (four === null) return null;
  const [a = 0, b = 0, c = 0, d = 0] = four.split('.').map(Number);
  return parseIp6(`${dotted[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`);
}

export function isInNetwork(address: IpAddress, { address: base, bits }: IpNetwork): boolean {
  if (address.family !== base.family) return false;
  const whole = bits >> 3;
  for (let index = 0; index < whole; index += 1) if (address.bytes[index] !== base.bytes[index]) return false;
  const rest = bits & 7;
  return rest === 0 || ((address.bytes[whole] ?? 0) ^ (base.bytes[whole] ?? 0)) >> (8 - rest) === 0;
}

/** `%{i}`: dotted quad, or the 32 nibbles with dots between (RFC 7208 §7.3). */
export const dottedIp = ({ family, bytes, text }: IpAddress): string =>
  family === 4
    ? text
    : bytes
        .flatMap((byte) => [byte >> 4, byte & 15])
        .map((nibble) => nibble.toString(16).toUpperCase())
        .join('.');

/** The name whose PTR record names this address (RFC 1035 §3.5, RFC 3596 §2.5). */
export const reverseName = (address: IpAddress): string =>
  `${dottedIp(address).split('.').reverse().join('.')}.${address.family === 4 ? 'in-addr' : 'ip6'}.arpa`;
