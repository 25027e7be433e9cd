/** The tree of an evaluation as rows: where a term stands, what it cost, what came of it. */
import { say, type Text, type Translate } from '../text.ts';
import type { SpfNode, SpfTerm } from './spf-document.ts';

export const TERM_OUTCOMES: Readonly<Record<SpfTerm['outcome'], Text>> = {
  match: say('matches'),
  'no-match': say('does not match'),
  'not-reached': say('not reached'),
  temperror: say('could not be read just now'),
  permerror: say('is broken'),
};

/** A tree without end is cut here; nobody reads that far. */
const MOST_ROWS = 80;

/** @returns rows of three: the term behind one arrow for each level, its look-ups, its outcome and what is wrong with it */
export function treeRows(tree: readonly SpfNode[], t: Translate): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const walk = (node: SpfNode, level: number): void => {
    for (const term of node.terms) {
      const outcome = t(TERM_OUTCOMES[term.outcome]);
      rows.push([
        `${'→ '.repeat(level)}${term.text}`,
        term.lookups > 0 ? String(term.lookups) : '',
        term.problem === null ? outcome : `${outcome}: ${term.problem}`,
      ]);
      if (term.node) walk(term.node, level + 1);
    }
  };
  for (const node of tree) walk(node, 0);
  return rows.slice(0, MOST_ROWS);
}
