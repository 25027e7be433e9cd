/** Whatever fails while something is saved, and whenever: what was saved before is there and whole, and saving works again. */
import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import type { Look } from '../../../core/clients/history.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { Profile } from '../../../core/profile.ts';
import type { Report } from '../../../core/report/report.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { applicationId, saveApplicationId } from '../../../electron/storage/application-id.ts';
import { openClients } from '../../../electron/storage/clients.ts';
import { openJournal } from '../../../electron/storage/journal.ts';
import { loadOutcome, saveOutcome } from '../../../electron/storage/outcomes.ts';
import { openSetUps } from '../../../electron/storage/set-ups.ts';
import { writeOutput } from '../../../electron/storage/write-output.ts';
import { cutPower, disk, heal, type Way } from './failing-files.ts';

vi.mock('node:fs/promises', async (original) => {
  const { failing } = await import('./failing-files.ts');
  return failing(await original());
});

const WAYS: readonly Way[] = [
  'EIO',
  'ENOSPC',
  'EACCES',
  'EROFS',
  'EMFILE',
  'dies before',
  'dies after',
  'dies half-way',
  'power cut',
  'power cut, names lost',
];
const ID = '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11';
const at = new Date(0).toISOString();
const setUp = (step: string): SetUp => ({
  schema: 'relayready/set-up@1',
  id: ID,
  environment: 'public',
  step,
  skipped: [],
  finished: [],
  profile: Profile.parse({ domain: 'contoso.com', name: 'x'.repeat(50) }),
  report: null,
  spf: null,
  plan: null,
  outcome: null,
  test: null,
  savedAt: at,
});
const outcome = (finishedAt: string): Outcome => ({
  schema: 'relayready/outcome@1',
  status: 'done',
  steps: [],
  connector: null,
  findings: [],
  finishedAt,
  tenant: { id: ID, name: 'Contoso', initialDomain: null },
});
const client = (name: string): Client =>
  Client.parse({ id: randomUUID(), name, sites: [{ id: 'main', profile: { domain: 'contoso.com' } }], addedAt: at });

const look = (domain: string): Look => ({
  at,
  site: 'main',
  domain,
  place: 'office',
  verdict: 'ready',
  needs: [],
  facts: {},
  untold: [],
  quiet: [],
});
const guidOf = (value: string): string =>
  `${Buffer.from(value.padEnd(16, '.')).toString('hex').slice(0, 8)}-0000-4000-8000-000000000000`;
const office = client('Contoso');
const reportOf = (environment: string): Report => ({
  schema: 'relayready/report@1',
  profile: Profile.parse({ domain: 'contoso.com' }),
  environment,
  practice: false,
  startedAt: at,
  durationMs: 1,
  verdict: 'ready',
  results: [],
});

type Store = {
  readonly name: string;
  /** As a program just started does it. */
  readonly save: (folder: string, value: string) => Promise<unknown>;
  /** Everything that can be read, in order. */
  readonly read: (folder: string) => Promise<readonly string[]>;
  /** Whether a later value takes the place of the one before. */
  readonly replaces: boolean;
};
const STORES: readonly Store[] = [
  {
    name: 'set-up',
    save: (folder, value) => openSetUps(folder).save(setUp(value)),
    read: async (folder) => [(await openSetUps(folder).load(ID)).step],
    replaces: true,
  },
  {
    name: 'outcome',
    save: (folder, value) => saveOutcome(folder, 'public', ID, 'RelayReady', outcome(value)),
    read: async (folder) => [(await loadOutcome(folder, 'public', ID, 'RelayReady'))?.finishedAt ?? 'nothing'],
    replaces: true,
  },
  {
    name: 'clients',
    save: (folder, value) => openClients(folder).put(client(value)),
    read: async (folder) => (await openClients(folder).all()).map(({ name }) => name),
    replaces: false,
  },
  {
    name: 'history',
    save: (folder, value) => openClients(folder).histories.add(ID, look(value)),
    read: async (folder) => (await openClients(folder).histories.looks(ID)).map(({ domain }) => domain),
    replaces: false,
  },
  {
    name: 'report of a client',
    save: (folder, value) => openClients(folder).addLook(office.id, look(value), reportOf(value)),
    read: async (folder) => [(await openClients(folder).reports(office))['main']?.environment ?? 'nothing'],
    replaces: true,
  },
  {
    name: 'report for people',
    save: (folder, value) => writeOutput(path.join(folder, 'report.html'), value, ['.html']),
    read: async (folder) => [await readFile(path.join(folder, 'report.html'), 'utf8')],
    replaces: true,
  },
  {
    name: 'settings',
    save: (folder, value) => saveApplicationId(folder, guidOf(value)),
    read: (folder) =>
      Promise.resolve([
        ['first', 'second', 'third', 'fourth'].find((one) => guidOf(one) === applicationId(folder, null)) ?? 'nothing',
      ]),
    replaces: true,
  },
  {
    name: 'journal',
    save: async (folder, value) => {
      const entry = { kind: 'test-mail', text: value, environment: 'public', key: { value } } as const;
      const intent = await openJournal(folder).begin(entry as never);
      await intent.sent();
    },
    read: async (folder) => (await openJournal(folder).pending()).map(({ text }) => text),
    replaces: false,
  },
];

let folder = '';
let runs = 0;
afterEach(() => {
  heal();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => console.log(`torture runs: ${runs}`));

it.each(STORES.flatMap((store) => WAYS.map((way) => [store.name, way, store] as const)))(
  '%s, %s at every call: nothing that was saved is lost or half',
  async (_, way, store) => {
    for (let k = 1; ; k += 1) {
      heal();
      folder = mkdtempSync(path.join(tmpdir(), 'relayready-torture-'));
      await store.save(folder, 'first');
      await store.save(folder, 'second');
      Object.assign(disk, { at: k, way, calls: 0 });
      const told = await store.save(folder, 'third').then(
        () => null,
        (error: unknown) => error as Error & { readonly code?: string },
      );
      const reached = disk.calls >= k;
      if (way.startsWith('power cut') && disk.dead) cutPower(folder);
      // A lock that a dead program left, some time later.
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (name.endsWith('.lock')) utimesSync(path.join(folder, name), 1, 1);
      const { dead } = disk;
      heal();
      if (!reached) break;
      runs += 1;
      const kept = await store.read(folder);
      const where = `${store.name}, ${way}, call ${k}: ${JSON.stringify(kept)}`;
      if (store.replaces) {
        // Said to be saved, it is; said to be not, it is the old one or the new one, and whole.
        expect(told === null ? ['third'] : ['second', 'third'], where).toContain(kept.join(' '));
        expect(kept, where).toHaveLength(1);
      } else {
        expect(kept.slice(0, 2), where).toEqual(['first', 'second']);
        if (told === null) expect(kept, where).toEqual(['first', 'second', 'third']);
      }
      if (told !== null && !dead) expect(told.code, where).toBe('storage');
      // And it goes on.
      await store.save(folder, 'fourth');
      expect((await store.read(folder)).at(-1), where).toBe('fourth');
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

const FAILURES = ['EIO', 'EACCES', 'EMFILE'] as const;
it.each(
  STORES.filter(({ name }) => !['settings', 'report for people'].includes(name)).flatMap((store) =>
    FAILURES.map((way) => [store.name, way, store] as const),
  ),
)(
  '%s, %s at every call of reading: it is said or passed over, and everything stays as it was',
  async (_, way, store) => {
    folder = mkdtempSync(path.join(tmpdir(), 'relayready-torture-'));
    await store.save(folder, 'first');
    await store.save(folder, 'second');
    const before = await store.read(folder);
    const files = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    const there = files();
    for (let k = 1; ; k += 1) {
      Object.assign(disk, { at: k, way, calls: 0 });
      const told = await store.read(folder).then(
        () => null,
        (error: unknown) => error as Error & { readonly code?: string },
      );
      const reached = disk.calls >= k;
      heal();
      if (!reached) break;
      runs += 1;
      if (told !== null) expect(told.code, `call ${k}`).toBe('storage');
      expect(files(), `call ${k}`).toEqual(there);
      expect(await store.read(folder), `call ${k}`).toEqual(before);
    }
  },
);

it('a list of set-ups, a failure at every call: none is missing from it, set aside or altered', async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-torture-'));
  const store = openSetUps(folder);
  await store.save(setUp('first'));
  await store.save(setUp('second'));
  for (const way of FAILURES)
    for (let k = 1; ; k += 1) {
      Object.assign(disk, { at: k, way, calls: 0 });
      const listed = await openSetUps(folder)
        .list()
        .catch((error: unknown) => error as Error & { readonly code?: string });
      const reached = disk.calls >= k;
      heal();
      if (!reached) break;
      runs += 1;
      if (listed instanceof Error) expect(listed.code).toBe('storage');
      else expect(listed.map(({ id }) => id)).toEqual([ID]);
      expect(await store.unreadable()).toEqual([]);
      expect((await store.load(ID)).step).toBe('second');
    }
});

it('these are hundreds of runs', () => expect(runs).toBeGreaterThan(600));
