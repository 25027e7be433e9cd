/** Files that grow line by line on a disk that is really full: it is said at once, and nothing half stays behind as whole. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFleetProgress } from '../../../electron/storage/fleet-progress.ts';
import { openLineFile } from '../../../electron/storage/line-file.ts';

/** Linux has a device on which every write fails with ENOSPC. */
const FULL = '/dev/full';
const why = existsSync(FULL) ? '' : ` (skipped: this system has no ${FULL})`;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-full-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const full = { code: 'storage', message: expect.stringContaining('The disk is full') as string };
/** A throw becomes a rejection, so that both look alike. */
const tried = async (work: () => unknown): Promise<unknown> => work();

describe.skipIf(why !== '')(`a full disk${why}`, () => {
  it('is told with the first result that does not fit', async () => {
    const file = path.join(folder, 'results.jsonl');
    symlinkSync(FULL, file);
    const results = openLineFile(file, false);
    await expect(tried(() => results.add('{"a":1}'))).rejects.toMatchObject(full);
    results.close();
  });

  it('is told before a result is taken for kept', async () => {
    const options = { dataFolder: folder, run: ['here'], resume: false };
    (await openFleetProgress(options)).close(false);
    const [name = ''] = readdirSync(path.join(folder, 'fleet'));
    const file = path.join(folder, 'fleet', name);
    rmSync(file);
    symlinkSync(FULL, file);
    const progress = await openFleetProgress(options);
    await expect(tried(() => progress.done('key', 'ready', 'text'))).rejects.toMatchObject(full);
    progress.close(false);
  });
});

it('what was cut short is written anew, not glued to', async () => {
  const file = path.join(folder, 'results.jsonl');
  writeFileSync(file, '{"a":1}\n{"a":2');
  const results = openLineFile(file, true);
  results.add('{"a":3}');
  results.close();
  expect(readFileSync(file, 'utf8')).toBe('{"a":1}\n{"a":3}\n');
  const options = { dataFolder: folder, run: ['here'], resume: true };
  const before = await openFleetProgress(options);
  before.done('one', 'ready', 'text');
  before.close(false);
  const [name = ''] = readdirSync(path.join(folder, 'fleet'));
  writeFileSync(
    path.join(folder, 'fleet', name),
    `${readFileSync(path.join(folder, 'fleet', name), 'utf8')}{"done":"tw`,
  );
  const after = await openFleetProgress(options);
  after.done('three', 'ready', 'text');
  after.close(false);
  expect([...(await openFleetProgress(options)).finished.keys()]).toEqual(['one', 'three']);
});
