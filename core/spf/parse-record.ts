/** Splits an SPF record into terms and keeps every one with its place and problem, also when the record is broken. */
import { say, type Text } from '../text.ts';
import { parseTerm, type Modifier, type Qualifier, type Mechanism, type Term } from './parse-term.ts';

export type Directive = Term & { readonly problem: null; readonly qualifier: Qualifier; readonly mechanism: Mechanism };
export type ModifierTerm = Term & { readonly problem: null; readonly modifier: Modifier };

export type ParsedRecord = {
  readonly text: string;
  readonly terms: readonly Term[];
  /** What makes the whole record a permerror (RFC 7208 §4.6), the first of them; null when it may be evaluated. */
  readonly problem: { readonly term: Term | null; readonly text: Text } | null;
};

export const isDirective = (term: Term): term is Directive => 'mechanism' in term;
export const isModifier = (term: Term): term is ModifierTerm => 'modifier' in term;

/** RFC 7208 §4.5: exactly `v=spf1`, in any case, and then a space or the end. */
export const isSpfRecord = (text: string): boolean => /^v=spf1(?: |$)/i.test(text);

/** @param text a record that `isSpfRecord` accepts */
export function parseRecord(text: string): ParsedRecord {
  const terms: Term[] = [];
  // Terms are parted by spaces and nothing else (§4.6.1); the version section is skipped.
  for (const match of text.slice(6).matchAll(/[^ ]+/g)) terms.push(parseTerm(match[0], match.index + 6));
  const broken = terms.find((term) => term.problem !== null);
  if (broken?.problem) return { text, terms, problem: { term: broken, text: broken.problem } };
  for (const kind of ['redirect', 'exp'] as const) {
    const second = terms.filter((term) => isModifier(term) && term.modifier.kind === kind)[1];
    if (second)
      return { text, terms, problem: { term: second, text: say('“{word}=” may stand only once.', { word: kind }) } };
  }
  return { text, terms, problem: null };
}
