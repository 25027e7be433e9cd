/** Calls about newer versions of the program. Only the window of an installation has them; every step is asked for by a person. */
import { z } from 'zod';
import { nothing, type Calls } from './call.ts';

export const UpdateState = z.object({
  /** `off`: this program does not update itself, `why` says so. `not-looked`: nobody has asked yet. */
  state: z.enum(['off', 'not-looked', 'current', 'available', 'ready']),
  /** The newer version, from `available` on. */
  version: z.string().nullable(),
  why: z.string().nullable(),
});
export type UpdateState = z.infer<typeof UpdateState>;

export const updateCalls = {
  /** What is known; asks nobody. */
  'app.update': { params: nothing, result: UpdateState },
  /** Asks the server that this build was given. @throws unexpected-answer when what it says is not signed by the maintainers */
  'app.update-look': { params: nothing, result: UpdateState },
  /** Fetches it, with progress. @throws unexpected-answer when it is damaged; it is thrown away then */
  'app.update-download': { params: nothing, result: UpdateState },
  /** Closes the program and starts the newer one. @throws busy while anything else is under way */
  'app.update-install': { params: nothing, result: nothing },
} as const satisfies Calls;
