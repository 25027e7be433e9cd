/** What the message trace tells of a connector: strangers, floods, refusals, silence; and nothing where nothing is wrong. */
import { describe, expect, it } from 'vitest';
import { judgeTraffic, type TraceRow } from '../../../core/clients/traffic.ts';
import { english } from '../../../core/text.ts';

const day = (at: number): string => `2026-03-${String(at).padStart(2, '0')}`;
const row = (at: number, part: Partial<TraceRow> = {}): TraceRow => ({
  receivedAt: `${day(at)}T09:30:00Z`,
  sender: 'scanner@contoso.com',
  recipient: 'office@contoso.com',
  status: 'Delivered',
  fromIp: '203.0.113.7',
  ...part,
});
const times = (count: number, one: TraceRow): readonly TraceRow[] => Array.from({ length: count }, () => one);
/** Twenty scans a working day. */
const usual = Array.from({ length: 10 }, (_, at) => times(20, row(at + 1))).flat();
const judge = (rows: readonly TraceRow[], expected: readonly string[] = ['scanner@contoso.com'], cutShort = false) =>
  judgeTraffic(
    {
      client: 'x',
      addresses: ['203.0.113.7'],
      expected,
      rows,
      from: `${day(1)}T12:00:00Z`,
      to: `${day(10)}T12:00:00Z`,
      cutShort,
    },
    english,
  );

describe('traffic of a connector', () => {
  it('as it should be raises nothing', () => {
    const traffic = judge([
      ...usual,
      ...times(2, row(3, { status: 'Failed' })),
      row(4, { sender: 'Scanner@Contoso.com' }),
    ]);
    expect(traffic.findings).toEqual([]);
    expect(traffic.days).toHaveLength(10);
    expect(traffic.days[2]).toEqual({ day: day(3), total: 22, failed: 2 });
    expect(traffic.senders).toEqual([{ sender: 'scanner@contoso.com', total: 203, expected: true }]);
  });
  it.each<[what: string, rows: readonly TraceRow[], kind: string, text: RegExp]>([
    [
      'a stranger',
      [...usual, row(5, { sender: 'ceo@contoso.com' })],
      'unexpected-sender',
      /a sender nobody entered: ceo@contoso\.com/,
    ],
    ['a flood', [...usual, ...times(400, row(6))], 'volume', /On 2026-03-06 420 mails .* about 20\./],
    [
      'many refusals',
      [...usual, ...usual.slice(0, 90).map((one) => ({ ...one, status: 'Failed' }))],
      'refused',
      /90 of 290/,
    ],
    ['silence', [], 'unused', /in 10 days/],
  ])('%s is raised, with what to do', (_, rows, kind, text) => {
    const { findings } = judge(rows);
    expect(findings.map((one) => one.kind)).toEqual([kind]);
    expect(findings[0]?.text).toMatch(text);
    expect(findings[0]?.fix.length).toBeGreaterThan(0);
    expect(findings[0]?.who).not.toBe('nobody');
  });
  it('many at once are counted, and what was cut short says so', () => {
    const strangers = Array.from({ length: 80 }, (_, at) => row(2, { sender: `x${at}@spam.example` }));
    const traffic = judge([...usual, ...strangers], ['scanner@contoso.com'], true);
    expect(traffic.findings.map(({ kind }) => kind)).toEqual(['unexpected-sender', 'cut-short']);
    expect(traffic.findings[0]?.text).toContain('80 senders');
    expect(traffic.senders).toHaveLength(50);
  });
  it('without a sender entered nobody is a stranger, and a first busy day is no flood below fifty', () => {
    expect(judge([row(1, { sender: 'any@contoso.com' })], []).findings).toEqual([]);
    expect(judge(times(49, row(1))).findings).toEqual([]);
  });
});
