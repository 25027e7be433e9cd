/** The call that writes a report of a problem, for the person to read; it is sent nowhere. */
import { z } from 'zod';
import { SetUp } from '../set-up.ts';
import type { Calls } from './call.ts';

export const problemCalls = {
  'problem.write': {
    params: z.strictObject({
      setUp: SetUp.nullable(),
      /** Title of the step the person was at. */
      step: z.string().max(200),
      words: z.string().max(5000),
      error: z
        .object({
          code: z.string(),
          message: z.string(),
          remedy: z.string().nullable(),
          detail: z.string().nullable(),
        })
        .nullable(),
    }),
    result: z.object({ text: z.string(), fileName: z.string() }),
  },
} as const satisfies Calls;
