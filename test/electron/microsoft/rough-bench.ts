/** The practice tenant behind real HTTPS, on a clock that skips waiting, with programs that start, die and start again. */
import https from 'node:https';
import path from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { AppError, isAppError } from '../../../core/errors.ts';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import type { Outcome, Plan } from '../../../core/plan/plan.ts';
import { english, say } from '../../../core/text.ts';
import { applyPlan, undoOutcome } from '../../../electron/microsoft/apply-plan.ts';
import { connectExchange } from '../../../electron/microsoft/exchange.ts';
import { readTenant } from '../../../electron/microsoft/read-tenant.ts';
import { manyMayWait } from '../../../electron/net/deadline.ts';
import { createHttp, type Http, type HttpTransport } from '../../../electron/net/http.ts';
import { createNet } from '../../../electron/net/net.ts';
import { worked } from '../../../electron/practice/colleague.ts';
import { handleExchange } from '../../../electron/practice/exchange-admin.ts';
import { calm, type Faults } from '../../../electron/practice/faults.ts';
import type { Scenario } from '../../../electron/practice/scenario.ts';
import allWell from '../../../electron/practice/scenarios/all-well.ts';
import { createTenant, type Tenant } from '../../../electron/practice/tenant.ts';
import { openJournal, type Journal } from '../../../electron/storage/journal.ts';
import { profileWith } from '../../core/plan/tenant-model.ts';
import { startHttps, type HttpsServer } from './https-server.ts';
import { memoryJournal } from './memory-journal.ts';
import { expectSound } from './oracle.ts';
import { environmentOf } from './simulated-microsoft.ts';
import { virtualClock, type VirtualClock } from './virtual-clock.ts';

export const ADDRESSES = ['203.0.113.7'];
const profile = profileWith();
const HUNG = new Error('hung');
/** The program is gone; thrown to whoever started it. */
export class Killed extends Error {}

export type Rough = {
  readonly tenant: Tenant;
  readonly clock: VirtualClock;
  /** How often something goes wrong, by kind. */
  readonly outcomeOf: () => Promise<Outcome>;
  readonly undoUntilTold: (done: Outcome) => Promise<Outcome>;
  /** One start of the program. @throws AppError | Killed */
  readonly start: <T>(work: (program: Program) => Promise<T>) => Promise<T>;
  readonly plan: (program: Program) => Promise<Plan>;
  readonly expectSound: (addresses?: readonly string[]) => Promise<void>;
  readonly pending: () => Promise<number>;
  faults: Faults;
  /** Asked at each call; true ends the program there and then. */
  kill: ((when: 'before' | 'after') => boolean) | null;
  readonly calls: () => number;
  readonly close: () => Promise<void>;
};

export type Program = {
  readonly plan: () => Promise<Plan>;
  readonly apply: (plan: Plan) => Promise<Outcome>;
  readonly undo: (outcome: Outcome) => Promise<Outcome>;
};

/** One connection for many calls: a thousand seeds need not shake hands fifty thousand times. */
export function keptOpen(ca: string): { readonly transport: HttpTransport; readonly close: () => void } {
  const agent = new https.Agent({ keepAlive: true, ca, maxSockets: 8 });
  const transport: HttpTransport = ({ method, url, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = https.request(url, { method, signal, agent, headers: { ...headers } });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          const plain = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(plain) as Record<string, string>,
            body: bytes,
            text: bytes.toString('utf8'),
          });
        });
      });
      request.end(body);
    });
  return { transport, close: () => agent.destroy() };
}

export type Place = {
  readonly server: HttpsServer;
  readonly use: (handler: ReturnType<typeof handleExchange>) => void;
};

/** One server for many tenants, one after the other. */
export async function startPlace(): Promise<Place> {
  let current: ReturnType<typeof handleExchange> | null = null;
  const server = await startHttps((request, body, response) =>
    current?.({ url: new URL(request.url ?? '/', 'https://localhost'), headers: request.headers, body }, response),
  );
  return { server, use: (handler) => (current = handler) };
}

export function openRough(
  { server, use }: Place,
  {
    connectors = [],
    scenario = {},
    journalOnDisk = false,
    transport,
  }: {
    readonly connectors?: readonly ExchangeObject[];
    readonly scenario?: Partial<Scenario['tenant']>;
    readonly journalOnDisk?: boolean;
    readonly transport?: HttpTransport;
  } = {},
): Rough {
  const clock = virtualClock();
  const tenant = createTenant({ tenant: { ...allWell.tenant, ...scenario, connectors } }, clock.now);
  const environment = environmentOf(server);
  const real: Http = transport
    ? createHttp(environment, createNet(environment).dns, transport)
    : createNet(environment).http;
  const folder = journalOnDisk ? mkdtempSync(path.join(tmpdir(), 'relayready-test-')) : null;
  const remembered = memoryJournal();
  const hangs = new Map<string, () => void>();
  let calls = 0;
  use(
    handleExchange(tenant, () => true, {
      faults: {
        fault: (...call) => rough.faults.fault(...call),
        staleMs: (...call) => rough.faults.staleMs(...call),
        latencyMs: (...call) => rough.faults.latencyMs(...call),
        colleague: (...call) => rough.faults.colleague(...call),
      },
      sleep: clock.asleep,
      onHang: (id) => hangs.get(id)?.(),
      inFlightMs: 0,
    }),
  );

  /** Everything one program does ends with it. */
  const start = async <T>(work: (program: Program) => Promise<T>): Promise<T> => {
    let isDead = false;
    let die: (reason: Error) => void = () => undefined;
    const death = new Promise<never>((_, reject) => (die = reject));
    death.catch(() => undefined);
    const never = new Promise<never>(() => undefined);
    const alive = async <R>(step: () => Promise<R>): Promise<R> => {
      if (isDead) return never;
      const result = await clock
        .track(step())
        .catch((error: unknown) => (isDead ? never : Promise.reject(error as Error)));
      return isDead ? never : result;
    };
    const kill = (when: 'before' | 'after'): boolean => {
      if (rough.kill?.(when) !== true) return false;
      isDead = true;
      die(new Killed());
      return true;
    };
    const http: Http = {
      send: async (request) => {
        const id = request.headers?.['client-request-id'] ?? '';
        const hung = new AbortController();
        const onAbort = (): void => hung.abort(request.signal.reason);
        request.signal.addEventListener('abort', onAbort, { once: true });
        hangs.set(id, () => hung.abort(HUNG));
        calls += 1;
        if (kill('before')) return never;
        try {
          const answer = await alive(() => real.send({ ...request, signal: hung.signal, deadlineMs: 60_000 }));
          if (kill('after')) return never;
          return answer;
        } catch (error) {
          if (hung.signal.reason !== HUNG) throw error;
          await clock.wait(request.deadlineMs ?? 15_000, request.signal);
          throw new AppError('timeout', say('No answer in time.'), { detail: 'phase: waiting' });
        } finally {
          hangs.delete(id);
          request.signal.removeEventListener('abort', onAbort);
        }
      },
    };
    const journal = folder === null ? remembered : openJournal(folder);
    const mortal: Journal = {
      begin: async (entry) => {
        const intent = await alive(() => journal.begin(entry));
        return {
          id: intent.id,
          sent: () => alive(() => intent.sent()),
          done: (proof) => alive(() => intent.done(proof)),
        };
      },
      pending: () => alive(() => journal.pending()),
      settle: (id, proof) => alive(() => journal.settle(id, proof)),
    };
    const wait: typeof clock.wait = (ms, signal) => (isDead ? never : clock.wait(ms, signal));
    const session = {
      username: tenant.account,
      tenantId: tenant.id,
      accessToken: async () => 'the-token',
      forget: async () => undefined,
    };
    const exchange = await Promise.race([connectExchange({ environment, session, http, wait, now: clock.now }), death]);
    const signal = manyMayWait(new AbortController().signal);
    const context = {
      exchange,
      journal: mortal,
      environmentName: 'practice',
      signal,
      onProgress: () => undefined,
      t: english,
      wait,
    };
    const program: Program = {
      plan: async () =>
        makePlan(
          { profile, addresses: ADDRESSES, actual: await readTenant(exchange, { signal }), tenant: exchange.tenant },
          english,
        ),
      apply: (plan) => applyPlan({ ...context, plan, profile, addresses: ADDRESSES }),
      undo: (outcome) => undoOutcome({ ...context, outcome }),
    };
    return Promise.race([work(program), death]);
  };

  /** The person starts again until it is told; after a refusal for another reason, too. */
  const untilTold = async (work: (program: Program) => Promise<Outcome>): Promise<Outcome> => {
    for (let starts = 1; starts <= 15; starts += 1) {
      try {
        const outcome = await start(work);
        if (outcome.status !== 'unknown') return outcome;
      } catch (error) {
        if (!isAppError(error) && !(error instanceof Killed)) throw error;
        if (error instanceof Killed) await clock.quiet();
      }
      // A person takes a moment, too, and a program killed while told to wait knows nothing of it.
      await clock.wait(60_000, new AbortController().signal);
    }
    throw new Error('never told');
  };

  const rough: Rough = {
    tenant,
    clock,
    faults: calm,
    kill: null,
    start,
    calls: () => calls,
    plan: (program) => program.plan(),
    outcomeOf: () => untilTold(async (program) => program.apply(await program.plan())),
    undoUntilTold: (done) => untilTold((program) => program.undo(done)),
    pending: async () => (await (folder === null ? remembered : openJournal(folder)).pending()).length,
    expectSound: async (addresses = ADDRESSES) => {
      rough.faults = calm;
      rough.kill = null;
      await clock.wait(120_000, new AbortController().signal);
      const { steps } = await start((program) => program.plan());
      expectSound({
        before: tenant.colleague.reduce(worked, connectors),
        after: tenant.connectors,
        calls: tenant.log,
        addresses,
        stepsLeft: steps,
      });
    },
    close: async () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
  return rough;
}
