/** Saved set-ups survive damage, and nothing is lost in silence. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Profile } from '../../../core/profile.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { openSetUps } from '../../../electron/storage/set-ups.ts';

const ID = '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11';
const setUp = (step: string): SetUp => ({
  schema: 'relayready/set-up@1',
  id: ID,
  profile: Profile.parse({ domain: 'contoso.com', name: 'Contoso' }),
  environment: 'public',
  step,
  skipped: [],
  finished: [],
  report: null,
  spf: null,
  plan: null,
  outcome: null,
  test: null,
  savedAt: new Date().toISOString(),
});

describe('saved set-ups', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'relayready-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const file = () => path.join(folder, 'set-ups', `${ID}.json`);

  it('come back as they were', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    expect(await store.load(ID)).toMatchObject({ step: 'line', profile: { domain: 'contoso.com' } });
    expect(await store.list()).toMatchObject([{ id: ID, name: 'Contoso' }]);
  });
  it('are readable by their owner alone', async () => {
    await openSetUps(folder).save(setUp('line'));
    const mode = (await stat(file())).mode & 0o077;
    expect(process.platform === 'win32' ? 0 : mode).toBe(0);
  });
  it('fall back to the generation before when damaged, and the damaged file is kept', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.save(setUp('test'));
    await writeFile(file(), '{"schema": "relayready/set-up@1", "id');
    expect(await store.load(ID)).toMatchObject({ step: 'line' });
    expect((await readdir(path.dirname(file()))).some((name) => name.includes('.damaged-'))).toBe(true);
  });
  it('tell of damaged ones until somebody has taken note, and keep the file', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.save(setUp('test'));
    const text = await readFile(file(), 'utf8');
    await writeFile(file(), text.slice(0, 400));
    expect(await store.list()).toMatchObject([{ id: ID, step: 'line' }]);
    const [told] = await store.unreadable();
    expect(told).toMatchObject({ name: 'Contoso', recovered: true, folder: path.dirname(file()) });
    await store.takeNote(told?.file ?? '');
    expect(await store.unreadable()).toEqual([]);
    expect(await readFile(path.join(path.dirname(file()), 'damaged', told?.file ?? ''), 'utf8')).toBe(
      text.slice(0, 400),
    );
    await expect(store.takeNote(`../${ID}.json`)).rejects.toMatchObject({ code: 'not-found' });
  });
  it('tell of one of which nothing is left', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await writeFile(file(), '\u0000\u0000');
    expect(await store.list()).toEqual([]);
    expect(await store.unreadable()).toMatchObject([{ name: null, recovered: false }]);
  });
  it('say so when the folder cannot be read, and do not call it empty', async () => {
    await writeFile(path.join(folder, 'set-ups'), 'a file in its place');
    await expect(openSetUps(folder).list()).rejects.toMatchObject({ code: 'storage' });
  });
  it('say so when nothing can be read any more', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await writeFile(file(), 'nonsense');
    await expect(store.load(ID)).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.list()).toEqual([]);
  });
  it('leave no half file behind', async () => {
    const store = openSetUps(folder);
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.save(setUp(`step-${at}`))));
    expect((await readdir(path.dirname(file()))).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ id: ID });
  });
  it('go when removed', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.remove(ID);
    await expect(store.load(ID)).rejects.toMatchObject({ code: 'not-found' });
  });
});
