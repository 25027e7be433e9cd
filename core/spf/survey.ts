/** What a record costs and where it breaks for a sender nobody lists: the longest way any receiver can go through it. */
import type { Text } from '../text.ts';
import { recordOf, type Draft } from './draft.ts';
import { evaluateSpf } from './evaluate.ts';
import { LOOKUP_LIMIT, VOID_LIMIT, type EvaluatedTerm, type Evaluation } from './evaluation.ts';
import type { SpfInput } from './evaluation-run.ts';
import { isDirective, isModifier } from './parse-record.ts';
import { parseTerm } from './parse-term.ts';
import { sameName, withPublished, type SpfSteps } from './spf-question.ts';

export type TermFault =
  /** Leads to a name without an SPF record, or back to the record itself: whoever gets that far gets an error. */
  | 'dead'
  /** Somebody else's record behind it is in error. */
  | 'broken'
  /** DNS did not answer. */
  | 'silent'
  /** Asks for a name that has nothing of the kind. */
  | 'void';

export type SurveyedTerm = {
  readonly text: string;
  readonly lookups: number;
  readonly voids: number;
  readonly fault: TermFault | null;
  readonly problem: Text | null;
  /** The texts at the name it leads to, SPF or not. */
  readonly texts: readonly string[];
};

export type Survey = {
  readonly lookups: number;
  readonly voids: number;
  /** Within 10 look-ups and 2 without an answer (RFC 7208 §4.6.4). */
  readonly within: boolean;
  readonly terms: readonly SurveyedTerm[];
};

export function* surveyRecord(input: SpfInput, record: string): SpfSteps<Survey> {
  const walk: Evaluation = yield* withPublished(evaluateSpf({ ...input, subject: 'nobody' }), input.domain, record);
  const { lookups, voidLookups: voids, complete, root } = walk;
  return {
    lookups,
    voids,
    within: complete && lookups <= LOOKUP_LIMIT && voids <= VOID_LIMIT,
    terms: root.terms.map((term) => ({
      text: term.text,
      lookups: term.lookups,
      voids: term.voidLookups,
      problem: deepest(term)?.problem ?? null,
      fault: faultOf(term, input.domain),
      texts: term.node?.texts ?? [],
    })),
  };
}

export const survey = (input: SpfInput, draft: Draft): SpfSteps<Survey> => surveyRecord(input, recordOf(draft));

/** The term that is in error, at whatever depth. */
function deepest(term: EvaluatedTerm): EvaluatedTerm | null {
  const below = term.node?.terms.map(deepest).find((found) => found !== null);
  return below ?? (term.outcome === 'permerror' || term.outcome === 'temperror' ? term : null);
}

function faultOf(term: EvaluatedTerm, domain: string): TermFault | null {
  const guilty = deepest(term);
  if (guilty?.outcome === 'temperror') return 'silent';
  if (guilty === term && (term.node?.result === 'none' || leadsTo(term.text, domain))) return 'dead';
  if (guilty !== null) return 'broken';
  return term.voidLookups > 0 && term.node === null ? 'void' : null;
}

function leadsTo(text: string, domain: string): boolean {
  const term = parseTerm(text, 0);
  const part = isDirective(term) ? term.mechanism : isModifier(term) ? term.modifier : null;
  if (part === null || (part.kind !== 'include' && part.kind !== 'redirect')) return false;
  const [name] = part.target;
  return part.target.length === 1 && name?.kind === 'literal' && sameName(name.text, domain);
}
