/** Replies written differently from the knowledge base's examples, as people would paste them; a person said what each means. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../../core/explain/explain.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';
import { readCases, type Case } from './read-cases.ts';

const REWRITTEN = ['relay', 'sign-in-and-exchange', 'recipients-and-sender', 'servers-and-devices'].flatMap(readCases);

/** Prints the figure and what went wrong. */
function right(name: string, cases: readonly Case[]): number {
  const wrong = cases.flatMap(({ id, note, text }) => {
    const found = explain(text, english).id;
    return found === id ? [] : [`  ${id} (${note}): ${found}`];
  });
  const count = cases.length - wrong.length;
  console.log([`explain, ${name}: ${count} of ${cases.length} right`, ...wrong].join('\n'));
  return count;
}

describe('replies written differently', () => {
  it('are right in 97 of 100 and more', () => {
    expect(REWRITTEN.length).toBe(100);
    expect(right('rewritten', REWRITTEN)).toBeGreaterThanOrEqual(97);
  });
  it('repeat no example and name only what exists', () => {
    const texts = new Set(REWRITTEN.map(({ text }) => text));
    expect(texts.size).toBe(REWRITTEN.length);
    for (const { id, example } of KNOWLEDGE) expect(texts.has(example), id).toBe(false);
    const ids = new Set(KNOWLEDGE.map(({ id }) => id));
    for (const { id, note } of REWRITTEN) expect(id === null || ids.has(id), `${id} (${note})`).toBe(true);
  });
});
