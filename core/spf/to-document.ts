/** The evaluation and its proposal as the public document, in a person's language. */
import type { Translate } from '../text.ts';
import type { EvaluatedNode, Evaluation } from './evaluation.ts';
import type { SpfInput } from './evaluation-run.ts';
import type { Proposal } from './propose-record.ts';
import type { SpfDocument, SpfNode } from './spf-document.ts';

const nodeOf = (node: EvaluatedNode, t: Translate): SpfNode => ({
  domain: node.domain,
  record: node.record,
  result: node.result,
  problem: node.problem && t(node.problem),
  terms: node.terms.map((term) => ({
    text: term.text,
    offset: term.offset,
    outcome: term.outcome,
    lookups: term.lookups,
    voidLookups: term.voidLookups,
    problem: term.problem && t(term.problem),
    node: term.node && nodeOf(term.node, t),
  })),
});

/** @param proposal null when nothing was wanted */
export const toDocument = (
  input: SpfInput,
  evaluation: Evaluation,
  proposal: Proposal | null,
  t: Translate,
): SpfDocument => ({
  schema: 'relayready/spf@1',
  domain: input.domain,
  ip: input.ip,
  sender: input.sender,
  result: evaluation.result,
  record: evaluation.root.record,
  records: [...evaluation.root.records],
  lookups: evaluation.lookups,
  voidLookups: evaluation.voidLookups,
  matched: evaluation.matched,
  tree: [nodeOf(evaluation.root, t)],
  explanation: evaluation.explanation,
  problem: evaluation.problem && t(evaluation.problem),
  proposed: proposal?.record ?? null,
  proposedResult: proposal?.result ?? null,
  proposedLookups: proposal?.lookups ?? null,
  proposedNotes: (proposal?.notes ?? []).map((note) => t(note)),
});
