/** The explanation document: what a server's reply or a sign-in error means and what to do. */
import { z } from 'zod';
import { Who } from '../result.ts';

export const Explanation = z.object({
  schema: z.literal('relayready/explanation@1'),
  /** Entry of the knowledge base, or null when none matched. */
  id: z.string().nullable(),
  title: z.string(),
  cause: z.string(),
  fix: z.array(z.string()),
  who: Who,
  /** Whether the same message may be tried again: not before something changed, later, or now. */
  retry: z.enum(['after-fix', 'later', 'no']),
  /** Where this is known from; null when it is derived from the code's class alone. */
  source: z.string().nullable(),
});
export type Explanation = z.infer<typeof Explanation>;
