/** Whatever stands around a reply, it is still recognised: every example in every surrounding. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../../core/explain/explain.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';
import { SURROUNDINGS } from './surroundings.ts';

describe('every example is recognised in', () => {
  it.each(Object.entries(SURROUNDINGS))('%s', (_, around) => {
    const wrong = KNOWLEDGE.flatMap(({ id, example }) => {
      const found = explain(around(example), english).id;
      return found === id ? [] : [`${id}: ${found}`];
    });
    expect(wrong).toEqual([]);
  });
});
