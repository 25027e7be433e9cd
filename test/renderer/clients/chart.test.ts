/** The history as a drawing: every piece where its time is, good and bad told by the value, and something to see of a single look. */
import { describe, expect, it } from 'vitest';
import type { Timeline } from '../../../core/clients/history.ts';
import { chartOf } from '../../../renderer/clients/chart.ts';

const day = (of: number): string => new Date(Date.UTC(2026, 0, 1 + of)).toISOString();
const looks = [
  { at: day(0), site: 'main', verdict: 'ready' as const },
  { at: day(50), site: 'main', verdict: 'ready' as const },
  { at: day(60), site: 'main', verdict: 'action-needed' as const },
  { at: day(100), site: 'main', verdict: 'cannot-tell' as const },
];
const timeline = (fact: Timeline['fact'], ...spans: readonly [string, number, number][]): Timeline => ({
  fact,
  site: 'main',
  domain: 'contoso.com',
  spans: spans.map(([value, from, to]) => ({ value: value === '' ? [] : [value], from: day(from), to: day(to) })),
});

describe('chartOf', () => {
  it('draws the state look after look, and the same again as one piece', () => {
    const lane = chartOf(looks, [])?.lanes[0];
    expect(lane?.pieces.map(({ start, width, tone }) => [Math.round(start), Math.round(width), tone])).toEqual([
      [0, 50, 'good'],
      [60, 1, 'bad'],
      [99, 1, 'unsure'],
    ]);
  });

  it('tells good from bad where one value is right, and only the change where none is', () => {
    const chart = chartOf(looks, [
      timeline('connector', ['on', 0, 40], ['off', 40, 100]),
      timeline('listed', ['', 0, 20], ['zen.example 203.0.113.7', 30, 60]),
      timeline('addresses', ['203.0.113.7', 0, 40], ['203.0.113.9', 50, 70], ['203.0.113.7', 80, 100]),
    ]);
    expect(chart?.lanes.slice(1).map(({ pieces }) => pieces.map(({ tone }) => tone))).toEqual([
      ['good', 'bad'],
      ['good', 'bad'],
      ['one', 'other', 'one'],
    ]);
    expect(chart?.ticks.map(({ place }) => place)).toEqual([0, 25, 50, 75, 100]);
  });

  it('fills the line when there was one look alone, and is nothing without any', () => {
    expect(chartOf(looks.slice(0, 1), [])?.lanes[0]?.pieces).toMatchObject([{ start: 0, width: 100 }]);
    expect(chartOf([], [])).toBeNull();
  });

  it('never leaves the line', () => {
    const chart = chartOf(looks, [timeline('spf', ['a', 0, 0], ['b', 100, 100])]);
    for (const { pieces } of chart?.lanes ?? [])
      for (const { start, width } of pieces) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(start + width).toBeLessThanOrEqual(100.001);
      }
  });
});
