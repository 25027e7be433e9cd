/** Progress: what a running call says while it runs, the same for every call. */
import { z } from 'zod';
import { CheckResult } from './result.ts';

export const Progress = z.object({
  /** What it is about: a check id, a cmdlet, a recipient. */
  topic: z.string(),
  state: z.enum(['running', 'waiting', 'done']),
  /** In the person's language: what is being done or waited for. */
  message: z.string(),
  /** A check that has just finished. */
  result: CheckResult.optional(),
  /** An address to open in the browser (sign-in). */
  url: z.string().optional(),
  /** A code to type there (device-code sign-in). */
  code: z.string().optional(),
  /** Seconds until the next thing happens, when known. */
  seconds: z.number().optional(),
});
export type Progress = z.infer<typeof Progress>;
