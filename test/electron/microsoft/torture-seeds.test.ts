/** A thousand bad days: all kinds of faults at once, drawn from a seed; every one ends told, nothing twice, nothing lost, nobody early. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { ROUGH, randomFrom, seededFaults } from '../../../electron/practice/faults.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { isOurs } from './oracle.ts';
import { keptOpen, openRough, startPlace, type Place } from './rough-bench.ts';

const FOREIGN: readonly ExchangeObject[] = [
  stored({ Name: 'Gateway', ConnectorType: 'Partner', SenderIPAddresses: ['198.51.100.0/24'] }),
  stored({ Name: 'Old copier', Enabled: false }),
];
const STARTS: readonly (readonly ExchangeObject[])[] = [
  FOREIGN,
  [...FOREIGN, ours({ SenderIPAddresses: ['198.51.100.77'] })],
  [],
];

/** `SEED=17` replays one seed exactly; `SEEDS=5000` runs more of them. */
const first = Number(process.env['SEED'] ?? 1);
const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] === undefined ? 1000 : 1));
const BATCH = 100;

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

const tally = new Map<string, number>();
const note = (what: string): void => void tally.set(what, (tally.get(what) ?? 0) + 1);

async function badDay(seed: number): Promise<void> {
  const next = randomFrom(seed);
  const connectors = STARTS[seed % STARTS.length] ?? FOREIGN;
  // Old pictures and names that may stand twice never come together: then nobody could tell.
  const isStale = seed % 2 === 0;
  const rough = openRough(place, {
    connectors,
    scenario: { language: (['en', 'de', 'ja'] as const)[seed % 3] ?? 'en' },
    transport: line.transport,
  });
  const { tenant } = rough;
  tenant.namesAreUnique = isStale;
  rough.faults = seededFaults(seed, { ...ROUGH, stale: isStale ? ROUGH.stale : 0 });
  // Every fourth program is killed somewhere, once.
  const killAt = next() < 0.25 ? Math.floor(next() * 30) : -1;
  let met = 0;
  rough.kill = (when) => when === (seed % 8 < 4 ? 'before' : 'after') && met++ === killAt;
  try {
    const outcome = await rough.outcomeOf();
    expect(['done', 'nothing-to-do']).toContain(outcome.status);
    note(outcome.status);
    const isUndone = next() < 0.4 && outcome.steps.length > 0;
    if (isUndone) {
      const undone = await rough.undoUntilTold(outcome);
      expect(['done', 'nothing-to-do'], JSON.stringify(undone.findings)).toContain(undone.status);
      note(`undo ${undone.status}`);
    }
    await rough.expectSound(isUndone ? [] : undefined);
    if (isUndone) {
      const left = tenant.connectors.filter(isOurs).map((one) => one['SenderIPAddresses']);
      expect(left).toEqual(connectors.filter(isOurs).map((one) => one['SenderIPAddresses']));
    }
    expect(await rough.pending()).toBe(0);
    expect(tenant.log.filter(({ fault }) => fault === 'early')).toEqual([]);
    for (const { fault } of tenant.log) note(fault === null ? 'calls that went well' : `fault ${fault}`);
    for (const _ of tenant.colleague) note('fault colleague');
  } catch (error) {
    const tail = tenant.log.map(
      ({ cmdlet, fault, atMs }) => `${Math.round(atMs / 1000) % 100_000} ${cmdlet} ${fault ?? ''}`,
    );
    throw new Error(
      `SEED=${seed} (replay: SEED=${seed} npx vitest run --project unit torture-seeds)\n${tail.join('\n')}`,
      {
        cause: error,
      },
    );
  } finally {
    await rough.close();
  }
}

describe(`${count} seeds from ${first}, all faults on`, () => {
  const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, at) => first + at * BATCH);
  it.each(batches)(
    'bad days from seed %i',
    async (from) => {
      const last = Math.min(from + BATCH, first + count) - 1;
      let told = 0;
      for (let seed = from; seed <= last; seed += 1, told += 1) await badDay(seed);
      expect(told).toBe(last - from + 1);
    },
    120_000,
  );

  it('every kind of fault really came about', () => {
    console.log(
      [...tally]
        .map(([what, times]) => `${what}: ${times}`)
        .sort()
        .join('\n'),
    );
    if (count < 100) return;
    for (const kind of ['busy', 'error', 'cut', 'hang', 'odd', 'expired', 'colleague'])
      expect(tally.get(`fault ${kind}`) ?? 0, kind).toBeGreaterThan(count / 10);
  });
});
