/** Calls about the set-ups saved on this computer. */
import { z } from 'zod';
import { SetUp, SetUpSummary } from '../set-up.ts';
import { nothing, type Calls } from './call.ts';

export const setUpCalls = {
  'set-up.list': { params: nothing, result: z.array(SetUpSummary) },
  'set-up.load': { params: z.strictObject({ id: z.uuid() }), result: SetUp },
  'set-up.save': { params: z.strictObject({ setUp: SetUp }), result: z.object({ savedAt: z.string() }) },
  'set-up.remove': { params: z.strictObject({ id: z.uuid() }), result: nothing },
} as const satisfies Calls;
