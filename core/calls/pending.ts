/** Calls about what was sent and never answered: look, then keep it, take it back, or close the matter. */
import { z } from 'zod';
import { Outcome } from '../plan/plan.ts';
import { nothing, type Calls } from './call.ts';
import { PendingIntent } from './program.ts';

const one = z.strictObject({ id: z.uuid() });

export const pendingCalls = {
  'pending.list': { params: nothing, result: z.array(PendingIntent) },
  /** Looks it up in Microsoft 365; changes nothing. Needs the sign-in. */
  'pending.look': { params: one, result: PendingIntent },
  /** It took effect and is kept: as an outcome that can be taken back later, or null when there is nothing to take back. */
  'pending.adopt': { params: one, result: Outcome.nullable() },
  /** It took effect and is taken back. */
  'pending.undo': { params: one, result: Outcome },
  /** It had no effect, or the person has decided; it is not asked about again. */
  'pending.close': { params: one, result: nothing },
} as const satisfies Calls;
