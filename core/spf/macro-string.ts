/** Reads macro-strings and domain-specs as RFC 7208 §7.1 writes their grammar. */
import { say, type Text } from '../text.ts';

export type MacroLetter = 's' | 'l' | 'o' | 'd' | 'i' | 'p' | 'h' | 'c' | 'r' | 't' | 'v';

export type MacroPart =
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'macro';
      readonly letter: MacroLetter;
      /** An upper-case letter asks for URL escaping (§7.3). */
      readonly escape: boolean;
      /** How many right-hand parts to keep; null keeps all. */
      readonly keep: number | null;
      readonly reverse: boolean;
      readonly delimiters: string;
    };

export type MacroString = readonly MacroPart[];

/** Where a macro-string stands: `c`, `r` and `t` belong to explanations, which also may hold spaces (§7.2). */
export type MacroPlace = 'domain' | 'modifier' | 'explanation';

export type Read<T> = { readonly value: T } | { readonly problem: Text };

const MACRO = /%(?:([%_-])|\{([A-Za-z])(\d*)(r?)([.\-+,/_=]*)\})/iy;
const LETTERS = 'slodiphcrtv';
/** toplabel (§7.1): letters, digits and inner hyphens, not digits alone. */
const TOP_LABEL = /^(?!\d+$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const ESCAPED: Readonly<Record<string, string>> = { '%': '%', _: ' ', '-': '%20' };

export function readMacroString(text: string, place: MacroPlace): Read<MacroString> {
  const read = scan(text, place);
  return 'problem' in read ? read : { value: read.parts };
}

type Scanned = { readonly parts: MacroString; readonly endsInMacro: boolean } | { readonly problem: Text };

function scan(text: string, place: MacroPlace): Scanned {
  const parts: MacroPart[] = [];
  let literal = '';
  let endsInMacro = false;
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character !== '%') {
      if (!isLiteral(character, place))
        return {
          problem: say('It holds a character that SPF does not allow here: {code}.', { code: codeOf(text, at) }),
        };
      literal += character;
      endsInMacro = false;
      at += 1;
      continue;
    }
    endsInMacro = true;
    MACRO.lastIndex = at;
    const match = MACRO.exec(text);
    if (match === null)
      return { problem: say('A % sign stands here that is not one of the placeholders SPF knows (RFC 7208 §7.1).') };
    at = MACRO.lastIndex;
    const [whole, escaped, letter = '', digits = '', reverse = '', delimiters = ''] = match;
    if (escaped !== undefined) {
      literal += ESCAPED[escaped] ?? '';
      continue;
    }
    const lower = letter.toLowerCase();
    if (!LETTERS.includes(lower)) return { problem: say('SPF has no placeholder {macro}.', { macro: whole }) };
    if ('crt'.includes(lower) && place === 'domain')
      return { problem: say('The placeholder {macro} is allowed in explanations only.', { macro: whole }) };
    if (digits !== '' && Number(digits) === 0)
      return { problem: say('The placeholder {macro} asks for zero parts.', { macro: whole }) };
    flush();
    parts.push({
      kind: 'macro',
      letter: lower as MacroLetter,
      escape: letter !== lower,
      keep: digits === '' ? null : Math.min(Number(digits), 128),
      reverse: reverse !== '',
      delimiters: delimiters === '' ? '.' : delimiters,
    });
  }
  flush();
  return { parts, endsInMacro };
}

/** domain-spec = macro-string domain-end; the end is a macro or `.toplabel` with an optional dot (§7.1). */
export function readDomainSpec(text: string): Read<MacroString> {
  if (text === '') return { problem: say('The name after it is missing.') };
  const read = scan(text, 'domain');
  if ('problem' in read) return read;
  const value = read.parts;
  if (read.endsInMacro) return { value };
  const labels = text.replace(/\.$/, '').split('.');
  const top = labels.at(-1) ?? '';
  if (labels.length < 2) return { problem: say('“{name}” is not a full domain name.', { name: text }) };
  return TOP_LABEL.test(top)
    ? { value }
    : { problem: say('“{name}” does not end like a domain name.', { name: text }) };
}

/** Is this the last label of a name in the public tree, by its form? */
export const isTopLabel = (label: string): boolean => TOP_LABEL.test(label);

export const usesMacro = (parts: MacroString, letters: string): boolean =>
  parts.some((part) => part.kind === 'macro' && letters.includes(part.letter));

export const isConstant = (parts: MacroString): boolean => parts.every((part) => part.kind === 'literal');

const isLiteral = (character: string, place: MacroPlace): boolean =>
  (character >= '!' && character <= '~') || (character === ' ' && place === 'explanation');

function codeOf(text: string, at: number): string {
  const point = text.codePointAt(at) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
