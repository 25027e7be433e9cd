/** Reads one term of an SPF record (RFC 7208 §4.6.1, §5, §6) and says in plain words what is wrong with it. */
import { parseIpv4 } from '../address.ts';
import { say, type Text } from '../text.ts';
import { parseIp6, type IpNetwork } from './ip-network.ts';
import { readDomainSpec, readMacroString, type MacroString } from './macro-string.ts';

export type Qualifier = '+' | '-' | '~' | '?';

export type Mechanism =
  | { readonly kind: 'all' }
  | { readonly kind: 'include'; readonly target: MacroString }
  | { readonly kind: 'exists'; readonly target: MacroString }
  | { readonly kind: 'ptr'; readonly target: MacroString | null }
  | { readonly kind: 'a' | 'mx'; readonly target: MacroString | null; readonly bits4: number; readonly bits6: number }
  | { readonly kind: 'ip4' | 'ip6'; readonly network: IpNetwork };

export type Modifier =
  | { readonly kind: 'redirect' | 'exp'; readonly target: MacroString }
  | { readonly kind: 'unknown-modifier'; readonly name: string };

export type Term = {
  /** As written, without the spaces around it. */
  readonly text: string;
  /** In the record, in UTF-16 units. */
  readonly offset: number;
} & (
  | { readonly problem: null; readonly qualifier: Qualifier; readonly mechanism: Mechanism }
  | { readonly problem: null; readonly modifier: Modifier }
  | { readonly problem: Text }
);

type Parts =
  | { readonly qualifier: Qualifier; readonly mechanism: Mechanism }
  | { readonly modifier: Modifier }
  | { readonly problem: Text };

export function parseTerm(text: string, offset: number): Term {
  const parts = readTerm(text);
  return 'problem' in parts ? { text, offset, ...parts } : { text, offset, problem: null, ...parts };
}

function readTerm(text: string): Parts {
  // A modifier is told by “=” before any “:” or “/” (§4.6.1).
  const modifier = /^([^:/=]*)=(.*)$/su.exec(text);
  if (modifier) return readModifier(modifier[1] ?? '', modifier[2] ?? '');
  const match = /^([+\-~?]?)([^:/]*)(.*)$/su.exec(text);
  const qualifier = (match?.[1] || '+') as Qualifier;
  const read = readMechanism((match?.[2] ?? '').toLowerCase(), match?.[3] ?? '', text);
  return 'problem' in read ? read : { qualifier, mechanism: read };
}

function readModifier(name: string, value: string): Parts {
  if (!/^[a-z][a-z0-9\-_.]*$/i.test(name))
    return { problem: say('“{name}” is not a name that may stand before “=”.', { name }) };
  const kind = name.toLowerCase();
  if (kind === 'redirect' || kind === 'exp') {
    const target = readDomainSpec(value);
    return 'problem' in target ? target : { modifier: { kind, target: target.value } };
  }
  const read = readMacroString(value, 'modifier');
  return 'problem' in read ? read : { modifier: { kind: 'unknown-modifier', name: kind } };
}

function readMechanism(name: string, rest: string, text: string): Mechanism | { readonly problem: Text } {
  switch (name) {
    case 'all':
      return rest === '' ? { kind: name } : { problem: say('Nothing may follow the word “all”.') };
    case 'include':
    case 'exists': {
      if (!rest.startsWith(':')) return { problem: say('A colon and a name have to follow “{word}”.', { word: name }) };
      const target = readDomainSpec(rest.slice(1));
      return 'problem' in target ? target : { kind: name, target: target.value };
    }
    case 'ptr': {
      if (rest === '') return { kind: name, target: null };
      if (!rest.startsWith(':'))
        return { problem: say('Only a colon and a name may follow “{word}”.', { word: name }) };
      const target = readDomainSpec(rest.slice(1));
      return 'problem' in target ? target : { kind: name, target: target.value };
    }
    case 'a':
    case 'mx':
      return readHosts(name, rest);
    case 'ip4':
    case 'ip6':
      return readNetwork(name, rest);
    default:
      return { problem: say('“{term}” is nothing SPF knows.', { term: text }) };
  }
}

/** dual-cidr-length (§5.3): `/n`, `//n` or `/n//n` at the very end; a name before it may itself hold “/”. */
function readHosts(kind: 'a' | 'mx', rest: string): Mechanism | { readonly problem: Text } {
  const match = /^(?::(.*?))?(?:\/(\d+))?(?:\/\/(\d+))?$/su.exec(rest);
  if (match === null) return { problem: say('What follows “{word}” is not a name or a network size.', { word: kind }) };
  const bits4 = readBits(match[2], 32);
  const bits6 = readBits(match[3], 128);
  if (bits4 === null || bits6 === null) return { problem: badBits(rest) };
  if (match[1] === undefined) return { kind, target: null, bits4, bits6 };
  const literal = parseIpv4(match[1]);
  if (literal !== null)
    return {
      problem: say('“{word}:” takes a name; for the address {address} write “ip4:{address}”.', {
        word: kind,
        address: literal,
      }),
    };
  const target = readDomainSpec(match[1]);
  return 'problem' in target ? target : { kind, target: target.value, bits4, bits6 };
}

function readNetwork(kind: 'ip4' | 'ip6', rest: string): Mechanism | { readonly problem: Text } {
  const match = /^:([^/]*)(?:\/(.*))?$/su.exec(rest);
  if (match === null) return { problem: say('A colon and an address have to follow “{word}”.', { word: kind }) };
  const written = match[1] ?? '';
  const full = kind === 'ip4' ? 32 : 128;
  const bytes = kind === 'ip4' ? ip4Bytes(written) : /^[0-9a-f:.]+$/i.test(written) ? parseIp6(written) : null;
  if (bytes === null)
    return {
      problem:
        kind === 'ip4'
          ? say('“{address}” is not an IPv4 address.', { address: written })
          : say('“{address}” is not an IPv6 address.', { address: written }),
    };
  const bits = readBits(match[2], full);
  if (bits === null) return { problem: badBits(rest) };
  return { kind, network: { address: { family: kind === 'ip4' ? 4 : 6, bytes, text: written }, bits } };
}

const ip4Bytes = (written: string): readonly number[] | null =>
  written.trim() === written ? (parseIpv4(written)?.split('.').map(Number) ?? null) : null;

/** No leading zeros (§5.6). */
const readBits = (digits: string | undefined, full: number): number | null =>
  digits === undefined ? full : /^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= full ? Number(digits) : null;

const badBits = (rest: string): Text =>
  say('“{size}” does not end in a network size that exists (0 to 32 for IPv4, 0 to 128 for IPv6).', { size: rest });
