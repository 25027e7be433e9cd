/** Two programs on one data folder, as a window and a scheduled command are: no update is lost, and who comes second is told. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Profile } from '../../../core/profile.ts';
import { openClients } from '../../../electron/storage/clients.ts';
import { withFileLock } from '../../../electron/storage/file-lock.ts';
import { openJournal } from '../../../electron/storage/journal.ts';
import { openSetUps } from '../../../electron/storage/set-ups.ts';

const PROGRAM = fileURLToPath(new URL('second-program.mjs', import.meta.url));
const ID = '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11';
const COUNT = 25;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'relayready-two-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Told = { readonly saved: number; readonly meanwhile: number };

it('three at once: every client, every intent and every saved answer is there', async () => {
  await openSetUps(folder).save({
    schema: 'relayready/set-up@1',
    id: ID,
    profile: Profile.parse({ domain: 'contoso.com' }),
    environment: 'public',
    step: 'line',
    skipped: [],
    finished: [],
    report: null,
    spf: null,
    plan: null,
    outcome: null,
    test: null,
    savedAt: 'first',
  });
  const ran = await Promise.all(
    ['one', 'two', 'three'].map((name) =>
      promisify(execFile)(process.execPath, [PROGRAM, folder, name, String(COUNT), ID]),
    ),
  );
  const told = ran.map(({ stdout }) => JSON.parse(stdout) as Told);
  const names = (await openClients(folder).all()).map(({ name }) => name);
  expect(new Set(names).size).toBe(3 * COUNT);
  expect(await openJournal(folder).pending()).toHaveLength(3 * COUNT);
  const saved = told.reduce((sum, one) => sum + one.saved, 0);
  expect(saved + told.reduce((sum, one) => sum + one.meanwhile, 0)).toBe(3 * COUNT);
  // Each that was told "saved" is in the newest generation: none wrote over what it had not seen.
  expect((await openSetUps(folder).load(ID)).skipped).toHaveLength(saved);
  console.log(`two programs: ${saved} set-ups saved, ${3 * COUNT - saved} told of the other`);
}, 60_000);

it('one that is writing is waited for, and named when it takes too long', async () => {
  const file = path.join(folder, 'clients.jsonl');
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  mkdirSync(`${file}.lock`);
  writeFileSync(path.join(`${file}.lock`, 'pid'), `${other.pid ?? 0} ${os.hostname()}`);
  try {
    await expect(withFileLock(file, () => Promise.resolve('in'))).rejects.toMatchObject({
      code: 'storage',
      message: expect.stringContaining('Another RelayReady on this computer is writing') as string,
    });
  } finally {
    other.kill('SIGKILL');
    await new Promise((resolve) => other.once('exit', resolve));
  }
  // It was killed: its lock is taken over at once.
  expect(await withFileLock(file, () => Promise.resolve('in'))).toBe('in');
});

it.each<[string, string, Date]>([
  ['of a number that is another program’s by now', `${process.ppid} ${os.hostname()}`, new Date(Date.now() - 600_000)],
  ['of another computer on a network drive', '1 elsewhere', new Date(Date.now() - 600_000)],
  [
    'of a time to come, for the clock was set back',
    `${process.ppid} ${os.hostname()}`,
    new Date(Date.now() + 3_600_000),
  ],
  ['that was never signed', '', new Date(Date.now() - 10_000)],
])('a lock %s is taken over', async (_, signature, made) => {
  const file = path.join(folder, 'clients.jsonl');
  mkdirSync(`${file}.lock`);
  if (signature !== '') writeFileSync(path.join(`${file}.lock`, 'pid'), signature);
  utimesSync(`${file}.lock`, made, made);
  expect(await withFileLock(file, () => Promise.resolve('in'))).toBe('in');
});
