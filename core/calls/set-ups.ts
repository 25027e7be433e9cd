/** Calls about the set-ups saved on this computer. */
import { z } from 'zod';
import { SetUp, SetUpSummary, UnreadableSetUp } from '../set-up.ts';
import { nothing, type Calls } from './call.ts';

export const setUpCalls = {
  'set-up.list': { params: nothing, result: z.array(SetUpSummary) },
  'set-up.load': { params: z.strictObject({ id: z.uuid() }), result: SetUp },
  /** `replaces`: `savedAt` of the generations it may take the place of; another one there means that somebody else saved. */
  'set-up.save': {
    params: z.strictObject({ setUp: SetUp, replaces: z.array(z.string().max(40)).max(20).optional() }),
    result: z.object({ savedAt: z.string() }),
  },
  /** Set-ups that could not be read, until the person has taken note of them. */
  'set-up.unreadable': { params: nothing, result: z.array(UnreadableSetUp) },
  /** The person has taken note; the file stays on the disk. */
  'set-up.take-note': { params: z.strictObject({ file: z.string().max(200) }), result: nothing },
  'set-up.remove': { params: z.strictObject({ id: z.uuid() }), result: nothing },
} as const satisfies Calls;
