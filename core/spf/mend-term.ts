/** Puts one word of an SPF record right when it is plain what was meant. */
import { parseIpv4 } from '../address.ts';
import { parseIp6 } from './ip-network.ts';
import { isModifier } from './parse-record.ts';
import { parseTerm } from './parse-term.ts';
import { wordDistance } from './word-distance.ts';

const IP_WORDS = new Set(['ip', 'ipv4', 'ipv6', 'ip4', 'ip6', 'ip-4', 'ip-6', 'ip_4', 'ip_6', 'lp4', '1p4', 'ip4v']);
/** Words long enough that two slips still tell which one was meant. */
const LONG_WORDS = ['include', 'redirect', 'exists'];
const MECHANISMS = new Set(['include', 'a', 'mx', 'ptr', 'ip4', 'ip6', 'exists', 'all']);

/** Valid by the grammar, yet surely not what was meant. */
export function isSuspicious(text: string): boolean {
  const term = parseTerm(text, 0);
  if (term.problem !== null) return true;
  if (isModifier(term) && term.modifier.kind === 'unknown-modifier')
    return (meantMechanism(term.modifier.name) ?? meantModifier(term.modifier.name)) !== null;
  // No host name holds a colon, and no top-level domain ends in “-all”: two words have run together.
  return /^[+?~-]?(?:include|exists|redirect|a|mx|ptr)[:=].*(?::|-all$|=)/i.test(text.replaceAll(/%\{[^}]*\}/g, ''));
}

/** The terms that were meant, or null when nobody can tell. */
export function mendTerm(text: string): readonly string[] | null {
  const pieces = splitPieces(text);
  const mended = pieces.map((piece, index) => mendPiece(piece, pieces[index - 1] ?? ''));
  return mended.every((piece) => piece !== null) ? mended : null;
}

/** Where a comma, a semicolon or a missing space parts two words. */
function splitPieces(text: string): readonly string[] {
  return text
    .split(/[,;](?![^{]*\})/)
    .flatMap((part) => part.split(/(?<=[^+?~-])(?=[+?~-]?(?:include|ip[46]|exists):|[+?~-]?\b(?:redirect|exp)=)/i))
    .flatMap((part) => part.split(/(?<=.)(?=[+?~-]all\.?$)/i))
    .flatMap((part) => part.split(/(?<=^[+?~-]?ip4:[\d./]+)(?=[+?~-]?(?:a|mx|ptr)(?:[:/]|$))/i))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function mendPiece(piece: string, before: string): string | null {
  if (!isSuspicious(piece)) return piece;
  const bare = networkTerm(piece);
  // “ip4:192.0.2.1,192.0.2.2”: the second address belongs to the first one's kind and qualifier.
  if (bare !== null) return `${/^[+?~-]/.exec(before)?.[0] ?? ''}${bare}`;
  const match = /^([+?~-]?)([a-z0-9_-]+?)\s*(?:([:=]+)\s*(.*))?$/is.exec(piece.replace(/[.)\]>]+$/, ''));
  if (match === null) return null;
  const [, qualifier = '', name = '', , value] = match;
  const word = meantMechanism(name) ?? meantModifier(name);
  if (word === null) return null;
  if (word === 'all') return valid(`${qualifier}all`);
  if (value === undefined) return valid(`${qualifier}${word}`);
  const target = value.replace(/^(?:https?:\/\/|mailto:|@|<|\[)+/i, '').replace(/[/>\]]+$/, '');
  const network = networkTerm(target);
  if (network !== null) return word === 'redirect' || word === 'exp' ? null : valid(`${qualifier}${network}`);
  if (word === 'redirect' || word === 'exp') return valid(`${word}=${target}`);
  // A name after “ip4:” can only be a host.
  return valid(`${qualifier}${word === 'ip4' || word === 'ip6' ? 'a' : word}:${target}`);
}

const valid = (text: string): string | null => (isSuspicious(text) ? null : text);

function meantMechanism(name: string): string | null {
  const word = name.toLowerCase();
  if (MECHANISMS.has(word)) return word;
  if (IP_WORDS.has(word)) return 'ip4';
  if (['al', 'alll', 'a11', 'al1', 'alls', 'aall'].includes(word)) return 'all';
  const near = LONG_WORDS.find((long) => word.length > 4 && wordDistance(word, long) <= 2);
  return near === undefined || near === 'redirect' ? null : near;
}

function meantModifier(name: string): 'redirect' | 'exp' | null {
  const word = name.toLowerCase();
  if (word === 'exp') return 'exp';
  return word.length > 4 && wordDistance(word, 'redirect') <= 2 ? 'redirect' : null;
}

/** `192.0.2.0/24`, `192.0.2.0/255.255.255.0`, `2001:db8::/32` → the term that says so, or null. */
function networkTerm(text: string): string | null {
  const match = /^([^/\s]+?)(?:\/(\S*))?$/s.exec(text);
  const address = withoutPadding(match?.[1] ?? '');
  const size = match?.[2];
  const kind = parseIpv4(address) !== null ? 'ip4' : /^[0-9a-f:.]+$/i.test(address) && parseIp6(address) ? 'ip6' : null;
  if (kind === null) return null;
  const bits = size === undefined || size === '' ? null : (maskBits(size) ?? size);
  const term = `${kind}:${address}${bits === null ? '' : `/${bits}`}`;
  return parseTerm(term, 0).problem === null ? term : null;
}

/** 198.051.100.004 → 198.51.100.4; only where every part is padded, for a lone leading zero may mean octal. */
const withoutPadding = (address: string): string =>
  /^(\d{3}\.){3}\d{3}$/.test(address) ? address.split('.').map(Number).join('.') : address;

/** 255.255.255.0 → 24. */
function maskBits(text: string): number | null {
  const mask = parseIpv4(text);
  if (mask === null) return null;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : null;
}
