/** A record in the making: its terms as texts, and where new ones go. */
import { isConstant } from './macro-string.ts';
import { isDirective, isModifier } from './parse-record.ts';
import { parseTerm, type Term } from './parse-term.ts';
import { plainName } from './spf-question.ts';

export type Draft = readonly string[];

export const recordOf = (draft: Draft): string => ['v=spf1', ...draft].join(' ');

const read = (text: string): Term => parseTerm(text, 0);

/** Two terms with the same key say the same (names and words have no case). */
export function termKey(text: string): string {
  const term = read(text);
  // Upper-case macro letters ask for escaping; such a term is only the same when written the same.
  if (text.includes('%{') || term.problem !== null) return text;
  return text
    .toLowerCase()
    .replace(/^\+/, '')
    .replace(/^(.*[a-z])\.$/, '$1')
    .replace(/^(\?|~|-)?(ip4:.*)\/32$/, '$1$2');
}

/** The fixed name an `include` or `redirect` leads to, or null. */
export function targetOf(text: string, kind: 'include' | 'redirect'): string | null {
  const term = read(text);
  const parts = isDirective(term) ? term.mechanism : isModifier(term) ? term.modifier : null;
  if (parts === null || parts.kind !== kind || !('target' in parts) || parts.target === null) return null;
  if (!isConstant(parts.target)) return null;
  const literal = parts.target[0];
  return literal?.kind === 'literal' ? plainName(literal.text) : null;
}

export const isAll = (text: string): boolean => /^[+?~-]?all$/i.test(text);
export const isRedirect = (text: string): boolean => /^redirect=/i.test(text);
const isModifierText = (text: string): boolean => isModifier(read(text));

/** Behind the last mechanism that is still read, before `all`, `redirect=` and what else closes the record. */
export function closingIndex(draft: Draft): number {
  const all = draft.findIndex(isAll);
  if (all >= 0) return all;
  return draft.findLastIndex((text) => !isModifierText(text)) + 1;
}

export const insertAt = (draft: Draft, index: number, ...terms: readonly string[]): Draft =>
  draft.toSpliced(index, 0, ...terms);

/** Without repeated terms: a term that did not match before does not match again. */
export const withoutRepeats = (draft: Draft): Draft =>
  draft.filter((text, index) => draft.findIndex((earlier) => termKey(earlier) === termKey(text)) === index);
