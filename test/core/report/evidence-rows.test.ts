/** Evidence in words: every field a check measures has a name, and no brace of a program is left. */
import { describe, expect, it } from 'vitest';
import { evidenceRows } from '../../../core/report/evidence-rows.ts';
import { FIELD_WORDS } from '../../../core/report/evidence-words.ts';
import { english } from '../../../core/text.ts';
import { loadChecks } from '../../../electron/run-checks.ts';
import { wholeJob } from '../../helpers/whole-job.ts';

describe('evidence', () => {
  it('has a word for every field a check measures', async () => {
    const unnamed = (value: unknown): readonly string[] => {
      if (Array.isArray(value)) return value.flatMap(unnamed);
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([name, inner]) => [
        ...(Object.hasOwn(FIELD_WORDS, name) || name === 'tree' ? [] : [name]),
        ...(name === 'tree' ? [] : unnamed(inner)),
      ]);
    };
    const names = ['all-well', 'port-25-blocked', 'spf-wrong'];
    for (const [id, check] of await loadChecks()) expect(unnamed(check.blank), id).toEqual([]);
    for (const name of names) {
      const job = await wholeJob(name);
      await job.close();
      for (const { id, evidence } of job.setUp.report?.results ?? []) expect(unnamed(evidence), id).toEqual([]);
    }
  });

  it('is lines of label and value', () => {
    const rows = evidenceRows(
      {
        open: false,
        outcome: 'timeout',
        ports: [25, 80],
        lists: [{ zone: 'zen.example', listed: null, codes: ['a', 'b'] }],
        newField: 'x',
        none: null,
        empty: [],
      },
      english,
    );
    expect(rows).toEqual([
      { label: 'Open', value: 'no' },
      { label: 'How far it came', value: 'no answer in time' },
      { label: 'Open ports', value: '25, 80' },
      { label: 'Lists', value: 'zen.example – Codes: a, b' },
      { label: 'new field', value: 'x' },
      { label: 'none', value: '–' },
      { label: 'empty', value: 'none' },
    ]);
  });
});
