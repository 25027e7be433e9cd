/** Everything breaks somewhere: each call of the scenario fails in each way, and many seeds mix all faults; nothing happens twice. */
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../core/errors.ts';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { openBench, type Bench } from './apply-bench.ts';
import type { Mishap } from './simulated-microsoft.ts';

const MISHAPS: readonly Mishap[] = [
  { kind: 'cut' },
  { kind: 'effect-then-cut' },
  { kind: 'answer', status: 500 },
  { kind: 'effect-then', status: 504 },
  { kind: 'answer', status: 503, headers: { 'retry-after': '30' } },
  { kind: 'answer', status: 429, headers: { 'retry-after': '20' } },
  { kind: 'answer', status: 429 },
  { kind: 'answer', status: 401 },
  { kind: 'answer', status: 200, body: '<html>' },
  { kind: 'effect-then', status: 200, body: '' },
];

const FOREIGN: readonly ExchangeObject[] = [
  stored({ Name: 'Gateway', ConnectorType: 'Partner', SenderIPAddresses: ['198.51.100.0/24'] }),
  stored({ Name: 'Old copier', Enabled: false }),
];
const isForeign = ({ Name }: ExchangeObject): boolean => Name !== 'RelayReady';

/** The person starts the step again until it is told; every start is a new run over the same journal. */
async function untilTold(bench: Bench): Promise<Outcome> {
  for (let start = 1; start <= 12; start += 1) {
    try {
      const outcome = await bench.apply(await bench.plan());
      if (outcome.status !== 'unknown') return outcome;
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  }
  throw new Error('never told');
}

function expectSound(bench: Bench): void {
  const { connectors } = bench.microsoft;
  expect(connectors.filter(isForeign)).toEqual(FOREIGN);
  expect(connectors.filter((connector) => !isForeign(connector))).toHaveLength(1);
  const mine = connectors.find((connector) => !isForeign(connector));
  expect(mine).toMatchObject({ Enabled: true, ConnectorType: 'OnPremises', RequireTls: false });
  expect(mine?.['SenderIPAddresses']).toContain('203.0.113.7');
}

async function expectFinished(bench: Bench): Promise<void> {
  bench.microsoft.mishap = () => null;
  bench.microsoft.staleReads = 0;
  const outcome = await untilTold(bench);
  expect(['done', 'nothing-to-do']).toContain(outcome.status);
  expectSound(bench);
  expect((await bench.plan()).steps).toEqual([]);
  expect(await bench.journal.pending()).toEqual([]);
}

const starts: readonly (readonly [string, readonly ExchangeObject[]])[] = [
  ['creating', FOREIGN],
  ['adding an address', [...FOREIGN, ours({ SenderIPAddresses: ['198.51.100.77'] })]],
];

describe.each(starts)('%s, the k-th call fails', (_, start) => {
  it.each(MISHAPS)('$kind $status', async (mishap) => {
    const bench = await openBench();
    try {
      const scenario = async (failing: number): Promise<number> => {
        bench.microsoft.connectors = start;
        const first = bench.microsoft.calls.length;
        bench.microsoft.mishap = (_call, count) => (count - first === failing ? mishap : null);
        await untilTold(bench);
        const used = bench.microsoft.calls.length - first;
        await expectFinished(bench);
        return used;
      };
      const calls = await scenario(-1);
      expect(calls).toBeGreaterThanOrEqual(10);
      for (let failing = 0; failing < calls; failing += 1) await scenario(failing);
    } finally {
      await bench.close();
    }
  });
});

/** Mulberry32: small, seeded, good enough to choose faults. */
const random = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

describe('many seeds, all faults mixed', () => {
  const first = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] === undefined ? 150 : 1));
  it(`${count} seeds from ${first}`, async () => {
    const bench = await openBench();
    const { microsoft } = bench;
    try {
      for (let seed = first; seed < first + count; seed += 1) {
        const next = random(seed);
        microsoft.connectors = starts[seed % starts.length]?.[1] ?? FOREIGN;
        microsoft.pageSize = next() < 0.3 ? 2 : 0;
        let notBefore = 0;
        let early = 0;
        microsoft.mishap = ({ cmdlet }) => {
          if (microsoft.clockMs < notBefore) early += 1;
          if (!cmdlet.startsWith('Get-') && next() < 0.3) microsoft.staleReads = Math.floor(next() * 6);
          const mishap = next() < 0.15 ? (MISHAPS[Math.floor(next() * MISHAPS.length)] ?? null) : null;
          const seconds = mishap && 'headers' in mishap ? Number(mishap.headers?.['retry-after'] ?? 0) : 0;
          // Reads run side by side, so only a pause before a write is looked at.
          notBefore = seconds > 0 && !cmdlet.startsWith('Get-') ? microsoft.clockMs + seconds * 1000 : 0;
          return mishap;
        };
        try {
          await untilTold(bench);
          await expectFinished(bench);
          expect(early).toBe(0);
        } catch (error) {
          throw new Error(`SEED=${seed}`, { cause: error });
        }
      }
    } finally {
      await bench.close();
    }
  }, 240_000);
});
