/** Calls about regular looks by this computer's own scheduler: show first, then install exactly what was shown, or take it away. */
import { z } from 'zod';
import { Schedule, ScheduleDocument } from '../schedule/schedule.ts';
import { nothing, type Calls } from './call.ts';

export const scheduleCalls = {
  /** What would be written and run, and how it stands; null asks for what is installed. Changes nothing. */
  'schedule.show': { params: z.strictObject({ schedule: Schedule.nullable() }), result: ScheduleDocument },
  /** @throws changed-meanwhile when it is not what was shown */
  'schedule.install': {
    params: z.strictObject({ schedule: Schedule, digest: z.string().max(100) }),
    result: ScheduleDocument,
  },
  'schedule.remove': { params: nothing, result: ScheduleDocument },
} as const satisfies Calls;
