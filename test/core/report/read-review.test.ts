/** Files that strangers send: a clear word on what is wrong, whatever they hold, and nothing in them that a page would obey. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { readReview } from '../../../core/report/read-review.ts';
import { renderChecklist } from '../../../core/report/render-checklist.ts';
import { renderHandover } from '../../../core/report/render-handover.ts';
import { renderReport } from '../../../core/report/render-report.ts';
import type { Report } from '../../../core/report/report.ts';
import { shareSetUp } from '../../../core/report/share-set-up.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { english } from '../../../core/text.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const RESULT: Report['results'][number] = {
  id: 'port-25',
  title: 'Port 25',
  why: 'Mail servers talk on port 25.',
  station: 'port-25',
  essential: true,
  needsSignIn: false,
  status: 'fail',
  summary: 'Port 25 is blocked.',
  cause: null,
  fix: ['Ask the provider.'],
  who: 'internet-provider',
  evidence: { open: false, outcome: 'timeout' },
  details: [],
  durationMs: 5,
};
const REPORT = {
  schema: 'relayready/report@1',
  profile: { domain: 'contoso.com', name: 'Contoso' },
  environment: 'public',
  practice: false,
  startedAt: '2026-11-25T07:00:00.000Z',
  durationMs: 10,
  verdict: 'action-needed',
  results: [RESULT],
};
const read = (value: unknown) => readReview(typeof value === 'string' ? value : JSON.stringify(value), () => ID);
const trouble = (value: unknown): AppError => {
  try {
    read(value);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('a file from elsewhere', () => {
  it('is read: a report, with or without a byte order mark, and a saved set-up', () => {
    for (const text of [JSON.stringify(REPORT), `\uFEFF${JSON.stringify(REPORT)}`]) {
      const file = read(text);
      expect(file).toMatchObject({ kind: 'report', madeAt: REPORT.startedAt, practice: false, unknownFields: [] });
      expect(file.setUp.report?.results[0]?.summary).toBe('Port 25 is blocked.');
    }
    const { setUp } = read(REPORT);
    expect(read({ ...setUp, environment: 'practice' })).toMatchObject({ kind: 'set-up', practice: true });
  });

  it('names fields of a newer version, and shows none of them', () => {
    const file = read({ ...REPORT, colour: 'blue', results: [{ ...RESULT, mood: 'good' }] });
    expect(file.unknownFields).toEqual(['results[].mood', 'colour']);
    expect(JSON.stringify(file.setUp)).not.toContain('blue');
  });

  it.each([
    ['nothing', '', 'file', 'not a whole JSON document'],
    ['half a file', JSON.stringify(REPORT).slice(0, 200), 'file', 'not a whole JSON document'],
    ['UTF-16', '\uFEFF{\u0000"\u0000', 'file', 'not plain UTF-8'],
    ['a page', '<!doctype html><script>1</script>', 'file', 'not a whole JSON document'],
    ['a list', [REPORT], 'schema', 'neither a report nor a saved set-up'],
    ['another document', { schema: 'relayready/plan@1' }, 'schema', 'Only reports and saved set-ups'],
    ['a newer one', { ...REPORT, schema: 'relayready/report@2' }, 'schema', 'newer RelayReady'],
    ['no end of levels', '['.repeat(200), 'file', 'nested too deeply'],
    ['keys that reach into objects', '{"__proto__": {"x": 1}}', 'file', 'not a whole JSON document'],
    ['a wrong type', { ...REPORT, results: 'none' }, 'results', '“{field}” is not right'],
    [
      'a status that there is not',
      { ...REPORT, results: [{ ...RESULT, status: 'great' }] },
      'results.0.status',
      'is not right',
    ],
    [
      'a foreign field in the profile',
      { ...REPORT, profile: { domain: 'contoso.com', password: 'x' } },
      'profile.password',
      'There is no field',
    ],
    ['no date', { ...REPORT, startedAt: 'yesterday' }, 'startedAt', 'is not a date'],
    ['a result twice', { ...REPORT, results: [RESULT, RESULT] }, 'results.1', 'is there twice'],
    [
      'a link that is a program',
      { ...REPORT, results: [{ ...RESULT, details: [{ kind: 'link', label: 'x', url: 'javascript:alert(1)' }] }] },
      'results.0.details.0.url',
      'is not a web address',
    ],
    ['a text without end', { ...REPORT, environment: 'x'.repeat(20_001) }, 'environment', 'is longer than'],
    [
      'values without end',
      { ...REPORT, results: [{ ...RESULT, evidence: { a: Array(60_000).fill(0) } }] },
      'file',
      'values; no report does',
    ],
  ])('%s is refused, by name', (_, value, field, words) => {
    const error = trouble(value);
    expect(error.field).toBe(field);
    expect(error.text.message).toContain(words);
    expect(error.remedy).not.toBeNull();
  });

  it('shows controls and turned writing instead of obeying them', () => {
    const { setUp } = read({
      ...REPORT,
      results: [{ ...RESULT, summary: 'a\u202Eb\u0007c', evidence: { 'k\u202E': '\u2066' } }],
    });
    expect(setUp.report?.results[0]?.summary).toBe('a⟨U+202E⟩b⟨U+0007⟩c');
    expect(JSON.stringify(setUp)).not.toMatch(/[\u202E\u2066\u0007]/);
  });

  it('whatever was altered in it: it is refused in words, or every paper can be made of it', () => {
    const places = [
      ['startedAt'],
      ['environment'],
      ['verdict'],
      ['results'],
      ['results', 0],
      ['profile', 'name'],
      ['durationMs'],
    ];
    const fields = Object.keys(RESULT).map((name) => ['results', 0, name]);
    const sheet = { review: null, paper: null };
    fc.assert(
      fc.property(fc.constantFrom(...places, ...fields), fc.jsonValue({ maxDepth: 4 }), (place, value) => {
        const altered = structuredClone(REPORT) as unknown as Record<string | number, unknown>;
        let at: Record<string | number, unknown> = altered;
        for (const step of place.slice(0, -1)) at = at[step] as typeof at;
        at[place.at(-1) ?? ''] = value;
        let setUp: SetUp;
        try {
          ({ setUp } = read(altered));
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        const report = setUp.report as Report;
        for (const html of [
          renderChecklist(setUp, sheet, english),
          renderHandover(setUp, { ...sheet, card: null, port: 25 }, english),
          renderReport({ ...setUp, report }, sheet, english),
        ])
          expect(html.match(/<script|<\/style>/g)).toEqual(['</style>']);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the file for a reviewer', () => {
  it('holds no notes and nothing half typed', () => {
    const { setUp } = read(REPORT);
    const shared = shareSetUp({
      ...setUp,
      profile: { ...setUp.profile, notes: 'door code' },
      drafts: { domain: 'conto' },
    });
    expect(JSON.stringify(shared)).not.toMatch(/door code|conto"/);
    expect(read(shared).setUp.report).toEqual(setUp.report);
  });
});
