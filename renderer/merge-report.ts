/** Joins what each step found into one report, result by result; pure. */
import { verdictOf, type CheckResult } from '../core/result.ts';
import type { Report } from '../core/report/report.ts';

/** A newer result takes the place of the older one with its id. */
export function mergeResults(report: Report, newer: readonly CheckResult[], now: string): Report {
  const byId = new Map(report.results.map((result) => [result.id, result]));
  for (const result of newer) byId.set(result.id, { ...result, checkedAt: now });
  const results = [...byId.values()];
  return { ...report, startedAt: now, results, verdict: verdictOf(results) };
}

/** A report to which nothing has been found yet. */
export const emptyReport = (place: Pick<Report, 'profile' | 'environment' | 'practice'>): Report => ({
  schema: 'relayready/report@1',
  ...place,
  startedAt: new Date(0).toISOString(),
  durationMs: 0,
  verdict: 'ready',
  results: [],
});
