/** Whatever fails while something is saved, and whenever: what was saved before is there and whole, and saving works again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { Profile } from '../../../core/profile.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { openClients } from '../../../electron/storage/clients.ts';
import { openJournal } from '../../../electron/storage/journal.ts';
import { loadOutcome, saveOutcome } from '../../../electron/storage/outcomes.ts';
import { openSetUps } from '../../../electron/storage/set-ups.ts';
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
  'dies before',
  'dies after',
  'dies half-way',
  'power cut',
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
afterAll(() => console.log(`storage torture: ${runs} runs`));

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
      if (way === 'power cut' && disk.dead) cutPower(folder);
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

it('these are hundreds of runs', () => expect(runs).toBeGreaterThan(300));
