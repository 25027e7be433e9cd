/** Replaces SPF macros by their values (RFC 7208 §7.2, §7.3). */
import { dottedIp, type IpAddress } from './ip-network.ts';
import { isTopLabel, usesMacro, type MacroString } from './macro-string.ts';

export type MacroValues = {
  readonly ip: IpAddress;
  /** `local@domain`. */
  readonly sender: string;
  /** The domain under evaluation; changes in `include` and `redirect`. */
  readonly domain: string;
  readonly helo: string;
  /** Name of the host that asks, `%{r}`. */
  readonly receiver: string;
  /** Seconds since 1970, `%{t}`. */
  readonly nowS: number;
  /** Validated name of the address, `%{p}`. */
  readonly validated: string;
};

export function expandMacros(parts: MacroString, values: MacroValues): string {
  return parts
    .map((part) => {
      if (part.kind === 'literal') return part.text;
      const value = transform(letterValue(part.letter, values), part);
      return part.escape ? urlEscape(value) : value;
    })
    .join('');
}

/**
 * The name a term asks about: without the final dot, cut from the left to 253 characters (§7.3).
 * Null when the local part is not ASCII and the term uses it: such a term matches nothing (RFC 8616 §4).
 */
export function expandTarget(parts: MacroString, values: MacroValues): string | null {
  if (usesMacro(parts, 'sl') && /[^\0-\x7f]/.test(localPart(values.sender))) return null;
  let name = expandMacros(parts, values).replace(/\.$/, '');
  while (name.length > 253 && name.includes('.')) name = name.slice(name.indexOf('.') + 1);
  return name;
}

/** Can DNS be asked about this name at all (RFC 1035 §2.3.4)? */
export const isAskable = (name: string): boolean =>
  name.length > 0 && name.length <= 253 && name.split('.').every((label) => label.length > 0 && label.length <= 63);

/** A name check_host() accepts: well-formed, several labels, ending like a domain (RFC 7208 §4.3). */
export function isCheckable(name: string): boolean {
  const labels = name.split('.');
  return isAskable(name) && labels.length > 1 && isTopLabel(labels.at(-1) ?? '') && /^[!-~ ]*$/.test(name);
}

export const localPart = (sender: string): string => sender.slice(0, Math.max(0, sender.lastIndexOf('@')));

function letterValue(letter: string, values: MacroValues): string {
  switch (letter) {
    case 's':
      return values.sender;
    case 'l':
      return localPart(values.sender);
    case 'o':
      return values.sender.slice(values.sender.lastIndexOf('@') + 1);
    case 'd':
      return values.domain;
    case 'i':
      return dottedIp(values.ip);
    case 'p':
      return values.validated;
    case 'v':
      return values.ip.family === 4 ? 'in-addr' : 'ip6';
    case 'h':
      return values.helo;
    case 'c':
      return values.ip.text;
    case 'r':
      return values.receiver;
    default:
      return String(values.nowS);
  }
}

type Transform = { readonly keep: number | null; readonly reverse: boolean; readonly delimiters: string };

function transform(value: string, { keep, reverse, delimiters }: Transform): string {
  if (keep === null && !reverse && delimiters === '.') return value;
  const parts: string[] = [''];
  for (const character of value)
    if (delimiters.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  if (reverse) parts.reverse();
  return (keep === null ? parts : parts.slice(-keep)).join('.');
}

/** Everything outside RFC 3986 “unreserved” as %XX of its UTF-8 bytes. */
const urlEscape = (value: string): string =>
  encodeURIComponent(value.replaceAll(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
