/** The facts of an office, as far as the report holds them, for the advice on which way of sending fits; pure. */
import { NOTHING_KNOWN, type OfficeFacts } from '../core/advice/advice.ts';
import type { Report } from '../core/report/report.ts';
import { lineFacts } from './facts.ts';

const ADDRESS: Readonly<Record<string, OfficeFacts['address']>> = {
  'static-likely': 'fixed',
  'dynamic-likely': 'changing',
  shared: 'shared',
};

export function officeFacts(report: Report | null, now = new Date()): OfficeFacts {
  const { kind, open } = lineFacts(report);
  return {
    ...NOTHING_KNOWN,
    today: now.toISOString().slice(0, 10),
    address: ADDRESS[kind ?? ''] ?? 'unknown',
    port25: open === null ? 'unknown' : open ? 'open' : 'closed',
  };
}
