/** The outcome of an SPF evaluation as the evaluator builds it: a tree whose texts are not yet in anybody's language. */
import type { Text } from '../text.ts';
import type { SpfResult } from './spf-document.ts';

export type TermOutcome = 'match' | 'no-match' | 'not-reached' | 'temperror' | 'permerror';

export type EvaluatedTerm = {
  readonly text: string;
  readonly offset: number;
  outcome: TermOutcome;
  lookups: number;
  voidLookups: number;
  problem: Text | null;
  node: EvaluatedNode | null;
};

export type EvaluatedNode = {
  readonly domain: string;
  record: string | null;
  /** Every `v=spf1` record of the domain. */
  records: readonly string[];
  /** All its texts, SPF or not. */
  texts: readonly string[];
  /** Alias targets (CNAME) on the way to the record. */
  aliases: readonly string[];
  result: SpfResult;
  problem: Text | null;
  terms: EvaluatedTerm[];
};

export type Evaluation = {
  readonly result: SpfResult;
  readonly lookups: number;
  readonly voidLookups: number;
  /** The innermost term that decided. */
  readonly matched: { readonly domain: string; readonly term: string } | null;
  readonly root: EvaluatedNode;
  readonly explanation: string | null;
  /** Why the result is an error or `none`. */
  readonly problem: Text | null;
  /** False when a walk through everything was cut short by its own bounds. */
  readonly complete: boolean;
};

/** RFC 7208 §4.6.4. */
export const LOOKUP_LIMIT = 10;
export const VOID_LIMIT = 2;
/** MX exchanges and PTR names looked at per term (RFC 7208 §4.6.4). */
export const NAME_LIMIT = 10;

export const blankNode = (domain: string): EvaluatedNode => ({
  domain,
  record: null,
  records: [],
  texts: [],
  aliases: [],
  result: 'none',
  problem: null,
  terms: [],
});
