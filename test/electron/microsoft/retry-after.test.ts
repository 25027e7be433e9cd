/** Retry-After in all its spellings. */
import { describe, expect, it } from 'vitest';
import { retryAfterMs, waitAtLeast } from '../../../electron/microsoft/retry-after.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const ROWS: readonly (readonly [string, Record<string, string>, number | null])[] = [
  ['seconds', { 'retry-after': '120' }, 120_000],
  ['seconds with a space', { 'retry-after': '120 ' }, 120_000],
  ['zero', { 'retry-after': '0' }, 1000],
  ['negative', { 'retry-after': '-5' }, 1000],
  ['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:01:00 GMT' }, 60_000],
  [
    'a date by a server clock ten minutes ahead',
    { 'retry-after': 'Mon, 23 Nov 2026 12:11:00 GMT', date: 'Mon, 23 Nov 2026 12:10:00 GMT' },
    60_000,
  ],
  ['a date in the past', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 1000],
  ['very long', { 'retry-after': '1000000000' }, 1_000_000_000_000],
  ['missing', {}, null],
  ['nonsense', { 'retry-after': 'soon' }, null],
];

describe('retryAfterMs', () => {
  it.each(ROWS)('%s', (_, headers, expected) => {
    expect(retryAfterMs(headers, NOW)).toBe(expected);
  });
});

describe('waitAtLeast', () => {
  it('never wakes early', async () => {
    for (let round = 0; round < 20; round += 1) {
      const startedAt = performance.now();
      await waitAtLeast(20, new AbortController().signal);
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(20);
    }
  });
  it('refuses to start when already cancelled', async () => {
    await expect(waitAtLeast(10, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
