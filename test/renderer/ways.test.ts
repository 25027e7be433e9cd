/** What the report says of the line reaches the advice, and doubt stays doubt. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../core/report/report.ts';
import { officeFacts } from '../../renderer/ways.ts';

const result = (id: string, status: 'pass' | 'fail' | 'unknown', evidence: Record<string, unknown>) => ({
  id,
  title: id,
  why: '',
  station: id === 'port-25' ? ('port-25' as const) : ('line' as const),
  essential: false,
  status,
  summary: '',
  cause: null,
  fix: [],
  who: 'nobody' as const,
  evidence,
  details: [],
  durationMs: 1,
});
const report = (...results: readonly ReturnType<typeof result>[]): Report => ({ results }) as unknown as Report;

describe('officeFacts', () => {
  it.each([
    ['no report', null, 'unknown', 'unknown'],
    [
      'a fixed address and an open port',
      report(result('address-type', 'pass', { kind: 'static-likely' }), result('port-25', 'pass', { open: true })),
      'fixed',
      'open',
    ],
    ['a changing address', report(result('address-type', 'fail', { kind: 'dynamic-likely' })), 'changing', 'unknown'],
    ['a shared address', report(result('address-type', 'fail', { kind: 'shared' })), 'shared', 'unknown'],
    [
      'an address of unknown kind',
      report(result('address-type', 'unknown', { kind: 'unknown' })),
      'unknown',
      'unknown',
    ],
    ['a closed port', report(result('port-25', 'fail', { open: false })), 'unknown', 'closed'],
    ['a port that could not be told', report(result('port-25', 'unknown', { open: false })), 'unknown', 'unknown'],
  ])('%s', (_, given, address, port25) => {
    expect(officeFacts(given)).toMatchObject({ address, port25 });
  });
});
