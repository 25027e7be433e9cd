/** Each call of the job fails in each way, and the program is killed at each call: it always ends told, nothing twice, nothing lost. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { calm, type Fault } from '../../../electron/practice/faults.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { isOurs } from './oracle.ts';
import { keptOpen, openRough, startPlace, type Place, type Rough } from './rough-bench.ts';

type Mishap = Fault | { readonly kind: 'kill'; readonly when: 'before' | 'after' };

const MISHAPS: readonly (readonly [string, Mishap])[] = [
  ['an error before the effect', { kind: 'error', status: 500, after: false }],
  ['an error after the effect', { kind: 'error', status: 504, after: true }],
  ['a line cut before the effect', { kind: 'cut', after: false, midway: false }],
  ['a line cut after the effect', { kind: 'cut', after: true, midway: false }],
  ['half an answer after the effect', { kind: 'cut', after: true, midway: true }],
  ['no answer and no effect', { kind: 'hang', after: false }],
  ['an effect and no answer', { kind: 'hang', after: true }],
  ['something else in place of the answer', { kind: 'odd', body: '<html>', after: true }],
  ['an empty answer', { kind: 'odd', body: '', after: false }],
  ['busy for 30 seconds', { kind: 'busy', status: 429, retryAfter: 'seconds', s: 30 }],
  ['busy until a date', { kind: 'busy', status: 503, retryAfter: 'date', s: 20 }],
  ['busy for nobody knows how long', { kind: 'busy', status: 429, retryAfter: 'none', s: 5 }],
  ['a sign-in that ran out', { kind: 'expired', claims: false }],
  ['a rule that wants a new sign-in', { kind: 'expired', claims: true }],
  ['killed before the call', { kind: 'kill', when: 'before' }],
  ['killed after the answer', { kind: 'kill', when: 'after' }],
];

const FOREIGN: readonly ExchangeObject[] = [
  stored({ Name: 'Gateway', ConnectorType: 'Partner', SenderIPAddresses: ['198.51.100.0/24'] }),
  stored({ Name: 'Old copier', Enabled: false }),
];
const STARTS: readonly (readonly [string, readonly ExchangeObject[]])[] = [
  ['making a connector', FOREIGN],
  ['adding an address', [...FOREIGN, ours({ SenderIPAddresses: ['198.51.100.77'] })]],
];

let place: Place;
let line: ReturnType<typeof keptOpen>;
beforeAll(async () => {
  place = await startPlace();
  line = keptOpen(place.server.ca);
});
afterAll(async () => {
  line.close();
  await place.server.close();
});

let runs = 0;
let torn = 0;
afterAll(() => console.log(`Calls broken one by one: ${torn} mishaps in ${runs} runs`));

/** @param at which call from now on */
function breakCall(rough: Rough, at: number, mishap: Mishap | null): void {
  let met = 0;
  rough.kill = null;
  rough.faults = calm;
  if (mishap?.kind === 'kill') rough.kill = (when) => when === mishap.when && met++ === at && ++torn > 0;
  else if (mishap) rough.faults = { ...calm, fault: () => (met++ === at && ++torn > 0 ? mishap : null) };
}

async function applied(rough: Rough): Promise<Outcome> {
  const outcome = await rough.outcomeOf();
  expect(['done', 'nothing-to-do']).toContain(outcome.status);
  return outcome;
}

/** @returns how many calls the broken part took */
async function job(start: readonly ExchangeObject[], part: 'apply' | 'undo', at: number, mishap: Mishap | null) {
  runs += 1;
  const rough = openRough(place, {
    connectors: start,
    transport: line.transport,
    journalOnDisk: mishap?.kind === 'kill',
  });
  try {
    if (part === 'apply') breakCall(rough, at, mishap);
    let first = rough.calls();
    const outcome = await applied(rough);
    const calls = rough.calls() - first;
    if (part === 'apply') {
      await rough.expectSound();
      expect(await rough.pending()).toBe(0);
      return calls;
    }
    breakCall(rough, at, mishap);
    first = rough.calls();
    const undone = await rough.undoUntilTold(outcome);
    expect(['done', 'nothing-to-do'], JSON.stringify(undone.findings)).toContain(undone.status);
    const used = rough.calls() - first;
    await rough.expectSound([]);
    const addresses = (all: readonly ExchangeObject[]) => all.filter(isOurs).map((one) => one['SenderIPAddresses']);
    expect(addresses(rough.tenant.connectors)).toEqual(addresses(start));
    expect(await rough.pending()).toBe(0);
    return used;
  } finally {
    expect(rough.tenant.log.filter(({ fault }) => fault === 'early')).toEqual([]);
    await rough.close();
  }
}

describe.each(STARTS)('%s', (_, start) => {
  describe.each(['apply', 'undo'] as const)('%s', (part) => {
    it.each(MISHAPS)(
      'every call once: %s',
      async (_name, mishap) => {
        const calls = await job(start, part, -1, null);
        expect(calls).toBeGreaterThanOrEqual(part === 'apply' ? 10 : 3);
        for (let at = 0; at < calls; at += 1) {
          const before = torn;
          await job(start, part, at, mishap).catch((error: unknown) => {
            throw new Error(`call ${at} of ${calls}`, { cause: error });
          });
          expect(torn, `call ${at} was broken`).toBe(before + 1);
        }
      },
      60_000,
    );
  });
});
