/** Calls to Microsoft 365: signing in, and the plan with what becomes of it. */
import { z } from 'zod';
import { Outcome, Plan, Tenant } from '../plan/plan.ts';
import { environment, nothing, place, type Calls } from './call.ts';
import { EnvironmentInfo } from './program.ts';

export const Account = z.object({ username: z.string(), tenant: Tenant });
export type Account = z.infer<typeof Account>;

/** One way to do a step by hand: numbered clicks with today's labels. */
export const ClickPath = z.array(z.object({ text: z.string(), value: z.string().nullable() }));

export const microsoftCalls = {
  'sign-in.start': {
    params: z.strictObject({ ...place, deviceCode: z.boolean().default(false) }),
    result: Account,
  },
  /** How an organisation registers an application id of its own. */
  'sign-in.registration': {
    params: z.strictObject({ environment }),
    result: z.object({ clicks: ClickPath, script: z.string(), fileName: z.string() }),
  },
  /** Kept for the next start; `RELAYREADY_CLIENT_ID` comes before it. */
  'sign-in.use-application': {
    params: z.strictObject({
      clientId: z.guid('is not an application id; it looks like 12345678-1234-1234-1234-123456789012'),
    }),
    result: z.array(EnvironmentInfo),
  },
  'sign-in.account': { params: z.strictObject({ environment }), result: Account.nullable() },
  'sign-in.forget': { params: z.strictObject({ environment }), result: nothing },
  'plan.make': { params: z.strictObject(place), result: Plan },
  'plan.apply': { params: z.strictObject({ ...place, plan: Plan }), result: Outcome },
  'plan.undo': { params: z.strictObject(place), result: Outcome },
  'plan.outcome': { params: z.strictObject(place), result: Outcome.nullable() },
  'plan.by-hand': {
    params: z.strictObject(place),
    result: z.object({ script: z.string(), fileName: z.string(), clicks: ClickPath, letter: z.string() }),
  },
} as const satisfies Calls;
