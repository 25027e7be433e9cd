/** A record in the making: its terms as texts, and where new ones go. */
import { isConstant } from './macro-string.ts';
import { isDirective, isModifier } from './parse-record.ts';
import { parseTerm, type Mechanism, type Term } from './parse-term.ts';
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

/** Like `termKey`, whatever sign stands before it. */
const mechanismKey = (text: string): string => termKey(text).replace(/^[+?~-]/, '');

/** The mechanism of a term, or null when it is a modifier or cannot be read. */
export function mechanismOf(text: string): Mechanism | null {
  const term = read(text);
  return isDirective(term) ? term.mechanism : null;
}

/** Does the term let senders pass when it matches? */
export function lets(text: string): boolean {
  const term = read(text);
  return isDirective(term) && term.qualifier === '+';
}

/** The fixed name a term with a name leads to, or null. */
export function targetOf(text: string, kind: 'include' | 'redirect' | 'exists' | 'a' | 'mx' | 'ptr'): string | null {
  const term = read(text);
  const parts = isDirective(term) ? term.mechanism : isModifier(term) ? term.modifier : null;
  if (parts === null || parts.kind !== kind || !('target' in parts) || parts.target === null) return null;
  if (!isConstant(parts.target)) return null;
  const literal = parts.target[0];
  return literal?.kind === 'literal' ? plainName(literal.text) : null;
}

export const isAll = (text: string): boolean => /^[+?~-]?all$/i.test(text);
export const isRedirect = (text: string): boolean => /^redirect=/i.test(text);
export const isModifierText = (text: string): boolean => /^[a-z][a-z0-9\-_.]*=/i.test(text);

/** The first term that keeps somebody out by name; what stands behind it may be shut out, too. */
const excludingIndex = (draft: Draft): number => {
  const at = draft.findIndex((text) => !isAll(text) && !isModifierText(text) && !lets(text));
  return at < 0 ? draft.length : at;
};

/** Before the ending, and before whatever keeps somebody out by name. */
export const includeIndex = (draft: Draft): number => Math.min(closingIndex(draft), excludingIndex(draft));

/** Behind the last mechanism that is still read, before `all`, `redirect=` and what else closes the record. */
export function closingIndex(draft: Draft): number {
  const all = draft.findIndex(isAll);
  if (all >= 0) return all;
  return draft.findLastIndex((text) => !isModifierText(text)) + 1;
}

export const insertAt = (draft: Draft, index: number, ...terms: readonly string[]): Draft =>
  draft.toSpliced(index, 0, ...terms);

/** Without repeated terms: what did not match before, with whatever sign, does not match again. */
export const withoutRepeats = (draft: Draft): Draft =>
  draft.filter(
    (text, index) =>
      isModifierText(text) || draft.findIndex((earlier) => mechanismKey(earlier) === mechanismKey(text)) === index,
  );
