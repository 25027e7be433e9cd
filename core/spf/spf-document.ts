/** The SPF document: one evaluation (RFC 7208) as a tree, and the record to publish. */
import { z } from 'zod';

/** RFC 7208 §2.6. */
export const SpfResult = z.enum(['none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror']);
export type SpfResult = z.infer<typeof SpfResult>;

/** One term of a record as it was evaluated; `include` and `redirect` carry the record they lead to. */
export type SpfTerm = {
  /** The term as written. */
  readonly text: string;
  /** Offset of the term in its record, in UTF-16 units. */
  readonly offset: number;
  /** `match`, `no-match`, `not-reached` after a match, or what went wrong. */
  readonly outcome: 'match' | 'no-match' | 'not-reached' | 'temperror' | 'permerror';
  /** Look-ups that count towards the limit of 10 (RFC 7208 §4.6.4), this term and everything below it. */
  readonly lookups: number;
  /** Look-ups without an answer, limit 2 (RFC 7208 §4.6.4), likewise. */
  readonly voidLookups: number;
  /** In plain words what is wrong with this term, or null. */
  readonly problem: string | null;
  readonly node: SpfNode | null;
};

/** One domain's record within the evaluation. */
export type SpfNode = {
  readonly domain: string;
  readonly record: string | null;
  readonly result: SpfResult;
  readonly problem: string | null;
  readonly terms: readonly SpfTerm[];
};

export const SpfTerm: z.ZodType<SpfTerm> = z.lazy(() =>
  z.object({
    text: z.string(),
    offset: z.number(),
    outcome: z.enum(['match', 'no-match', 'not-reached', 'temperror', 'permerror']),
    lookups: z.number(),
    voidLookups: z.number(),
    problem: z.string().nullable(),
    node: SpfNode.nullable(),
  }),
);
export const SpfNode: z.ZodType<SpfNode> = z.lazy(() =>
  z.object({
    domain: z.string(),
    record: z.string().nullable(),
    result: SpfResult,
    problem: z.string().nullable(),
    terms: z.array(SpfTerm),
  }),
);

export const SpfDocument = z.object({
  schema: z.literal('relayready/spf@1'),
  domain: z.string(),
  ip: z.string(),
  sender: z.string(),
  result: SpfResult,
  /** The published record, or null when there is none or more than one. */
  record: z.string().nullable(),
  /** Every `v=spf1` record found; more than one is itself an error (RFC 7208 §4.5). */
  records: z.array(z.string()),
  lookups: z.number(),
  voidLookups: z.number(),
  /** The term that decided, as written, with its domain. */
  matched: z.object({ domain: z.string(), term: z.string() }).nullable(),
  tree: z.array(SpfNode),
  explanation: z.string().nullable(),
  /** Why the result is what it is, in plain words. */
  problem: z.string().nullable(),
  /** The one record to publish; null when the published one already passes or none can be proposed. */
  proposed: z.string().nullable(),
  proposedResult: SpfResult.nullable(),
  proposedLookups: z.number().nullable(),
  /** What the proposal changes, or why there is none. */
  proposedNotes: z.array(z.string()),
});
export type SpfDocument = z.infer<typeof SpfDocument>;
