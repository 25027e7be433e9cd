/** One office and one simulated tenant, ready to plan, apply and undo; "runs" share the journal as they would the disk. */
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { Outcome, Plan } from '../../../core/plan/plan.ts';
import type { Progress } from '../../../core/progress.ts';
import { english } from '../../../core/text.ts';
import { applyPlan, undoOutcome } from '../../../electron/microsoft/apply-plan.ts';
import { connectExchange, type Exchange } from '../../../electron/microsoft/exchange.ts';
import { readTenant } from '../../../electron/microsoft/read-tenant.ts';
import type { Wait } from '../../../electron/microsoft/retry-after.ts';
import type { Http } from '../../../electron/net/http.ts';
import { manyMayWait } from '../../../electron/net/deadline.ts';
import type { Session } from '../../../electron/microsoft/sign-in.ts';
import { profileWith } from '../../core/plan/tenant-model.ts';
import { memoryJournal, type MemoryJournal } from './memory-journal.ts';
import { startMicrosoft, TENANT_ID, type Simulated } from './simulated-microsoft.ts';

const session: Session = {
  username: 'admin@contoso.com',
  tenantId: TENANT_ID,
  accessToken: async () => 'the-token',
  forget: async () => {},
};

export type Bench = {
  readonly microsoft: Simulated;
  readonly exchange: Exchange;
  readonly journal: MemoryJournal;
  readonly progress: Progress[];
  readonly plan: (addresses?: readonly string[]) => Promise<Plan>;
  readonly apply: (
    plan: Plan,
    options?: { readonly signal?: AbortSignal; readonly addresses?: readonly string[] },
  ) => Promise<Outcome>;
  readonly undo: (outcome: Outcome) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

export const ADDRESSES = ['203.0.113.7'];

/** @param through what stands between the program and the tenant */
export async function openBench(through: (http: Http) => Http = (http) => http): Promise<Bench> {
  const microsoft = await startMicrosoft();
  const { environment } = microsoft;
  const http = through(microsoft.http);
  const wait: Wait = async (ms, signal) => {
    signal.throwIfAborted();
    microsoft.clockMs += ms;
  };
  const exchange = await connectExchange({ environment, session, http, wait, now: () => microsoft.clockMs });
  const journal = memoryJournal();
  const progress: Progress[] = [];
  const profile = profileWith();
  const context = (signal = manyMayWait(new AbortController().signal)) => ({
    exchange,
    journal,
    environmentName: 'simulated',
    signal,
    onProgress: (entry: Progress) => void progress.push(entry),
    t: english,
    wait,
  });
  return {
    microsoft,
    exchange,
    journal,
    progress,
    plan: async (addresses = ADDRESSES) =>
      makePlan(
        {
          profile,
          addresses,
          actual: await readTenant(exchange, { signal: context().signal }),
          tenant: exchange.tenant,
        },
        english,
      ),
    apply: (plan, { signal, addresses = ADDRESSES } = {}) =>
      applyPlan({ ...context(signal), plan, profile, addresses }),
    undo: (outcome) => undoOutcome({ ...context(), outcome }),
    close: () => microsoft.close(),
  };
}
