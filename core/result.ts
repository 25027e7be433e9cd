/** The few words in which every check speaks, so that page, terminal and paper can render it without knowing which it is. */
import { z } from 'zod';

/** `unknown` means we could not tell, and is never shown as good or bad. */
export const Status = z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']);
export type Status = z.infer<typeof Status>;

/** Who has to act next. */
export const Who = z.enum([
  'you',
  'device-supplier',
  'internet-provider',
  'dns-host',
  'microsoft-admin',
  'microsoft',
  'nobody',
]);
export type Who = z.infer<typeof Who>;

/** A station or stretch of the path a scan travels; the picture draws them in this order. */
export const Station = z.enum(['device', 'office', 'line', 'port-25', 'microsoft', 'recipient']);
export type Station = z.infer<typeof Station>;

/** One piece of further reading below a result; a closed set of shapes, rendered by shape alone. */
export const Detail = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('facts'), rows: z.array(z.object({ label: z.string(), value: z.string() })) }),
  /** Text to copy as it is: a record, a command, a letter. */
  z.object({ kind: z.literal('copy'), label: z.string(), text: z.string() }),
  z.object({ kind: z.literal('change'), label: z.string(), before: z.string().nullable(), after: z.string() }),
  z.object({ kind: z.literal('table'), columns: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  z.object({ kind: z.literal('link'), label: z.string(), url: z.url() }),
]);
export type Detail = z.infer<typeof Detail>;

/** What a pure judge makes of the evidence. */
export type Verdict = {
  readonly status: Status;
  /** One sentence: what is so. */
  readonly summary: string;
  /** Why it is so; null when there is nothing to explain. */
  readonly cause?: string | null;
  /** What to do, step by step. */
  readonly fix?: readonly string[];
  readonly who?: Who;
  readonly details?: readonly Detail[];
};

export const CheckResult = z.object({
  id: z.string(),
  title: z.string(),
  /** Why it matters, one sentence. */
  why: z.string(),
  station: Station,
  essential: z.boolean(),
  /** It looked into the tenant, behind the sign-in. */
  needsSignIn: z.boolean().default(false),
  status: Status,
  summary: z.string(),
  cause: z.string().nullable(),
  fix: z.array(z.string()),
  who: Who,
  evidence: z.record(z.string(), z.unknown()),
  details: z.array(Detail),
  durationMs: z.number(),
  /** ISO 8601, UTC; results of one report may be of different age. */
  checkedAt: z.string().optional(),
});
export type CheckResult = z.infer<typeof CheckResult>;

export const ReportVerdict = z.enum(['ready', 'action-needed', 'cannot-tell']);
export type ReportVerdict = z.infer<typeof ReportVerdict>;

/** The whole from its parts: a failure outweighs doubt, doubt about something essential outweighs the rest. */
export function verdictOf(results: readonly Pick<CheckResult, 'status' | 'essential'>[]): ReportVerdict {
  if (results.some((result) => result.status === 'fail')) return 'action-needed';
  if (results.some((result) => result.essential && result.status === 'unknown')) return 'cannot-tell';
  return 'ready';
}
