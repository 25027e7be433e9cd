/** The glossary finds its words and no others, and says each in one sentence. */
import { describe, expect, it } from 'vitest';
import { GLOSSARY, termsIn } from '../../core/glossary.ts';
import { english } from '../../core/text.ts';

const ids = (text: string): readonly string[] => termsIn(text, english).map(({ id }) => id);

describe('the glossary', () => {
  it.each(GLOSSARY)('finds $id in its own name and explains it briefly', ({ id, term, means }) => {
    expect(ids(`… ${english(term)} …`)).toContain(id);
    expect(english(means).length).toBeLessThan(140);
    expect(english(means).match(/[.](?=\s|$)/g)?.length ?? 0).toBeLessThanOrEqual(2);
  });
  it('takes nothing for a word that is not there', () => {
    expect(ids('Which address will the scans come from? The boxmx, a mixture of dispfers.')).toEqual([]);
  });
  it('finds words with an ending and marks in any place', () => {
    expect(ids('Two connectors; “v=spf1 -all”, TLSv1.3')).toEqual(['spf', 'starttls', 'connector']);
  });
});
