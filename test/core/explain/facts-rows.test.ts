/** Every measured reply and sign-in number has its entry, by its words alone too; what is not certain is worded so. */
import { describe, expect, it } from 'vitest';
import { explain } from '../../../core/explain/explain.ts';
import { KNOWLEDGE } from '../../../core/explain/knowledge.ts';
import { english } from '../../../core/text.ts';
import { FACT_ROWS, FACT_SIGN_IN } from './facts-rows.ts';

const found = (text: string): string | null => explain(text, english).id;
const HEDGE = /likely|usually|often|probably|perhaps|sometimes/i;

describe('the measured replies', () => {
  it('are 83 rows, none left out', () => {
    expect([...new Set(FACT_ROWS.map(([row]) => row))]).toEqual(Array.from({ length: 83 }, (_, at) => at + 1));
  });
  it.each(FACT_ROWS)('row %i (%s): %s %s', (_, _certainty, code, words, id) => {
    expect(found(`${code} ${words}`)).toBe(id);
    expect(found(`Antwort: ${words.toLowerCase()} (Code ${code})`)).toBe(id);
  });
  it.each(FACT_ROWS.filter(([, , code]) => /\d\.\d/.test(code)))(
    'row %i (%s): %s without its code: %s',
    (row, _certainty, _code, words, id) => {
      // These words are used for several matters; only the code tells which.
      if ([7, 11, 13, 28, 41, 60, 73].includes(row) || words.startsWith('refused')) return;
      expect(found(words)).toBe(id);
    },
  );
  it('say “likely” where no live organisation has confirmed it', () => {
    const likely = new Set(FACT_ROWS.filter(([, certainty]) => certainty === 'likely').map(([, , , , id]) => id));
    const sure = new Set(FACT_ROWS.filter(([, certainty]) => certainty === 'sure').map(([, , , , id]) => id));
    const blunt = KNOWLEDGE.filter(({ id }) => likely.has(id) && !sure.has(id)).filter(
      ({ cause, fix }) => ![cause, ...fix].some((text) => HEDGE.test(english(text))),
    );
    expect(blunt.map(({ id }) => id)).toEqual([]);
  });
});

describe('the sign-in numbers', () => {
  it.each(Object.entries(FACT_SIGN_IN))('%s', (id, numbers) => {
    for (const number of numbers) {
      expect(found(`AADSTS${number}`)).toBe(id);
      expect(
        found(`Leider ist ein Fehler aufgetreten.\nAADSTS${number}: …\nTrace ID: 00050076-5000-5300-6500-000000050053`),
      ).toBe(id);
    }
  });
});
