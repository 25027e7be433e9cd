/** The report document of a readiness check. */
import { z } from 'zod';
import { Profile } from '../profile.ts';
import { CheckResult, ReportVerdict } from '../result.ts';

export const Report = z.object({
  schema: z.literal('relayready/report@1'),
  profile: Profile,
  /** Name of the environment that was asked. */
  environment: z.string(),
  /** Set when it was a simulated world; shown as a stamp. */
  practice: z.boolean(),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  durationMs: z.number(),
  verdict: ReportVerdict,
  results: z.array(CheckResult),
});
export type Report = z.infer<typeof Report>;
