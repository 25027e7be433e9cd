/** Saved set-ups survive damage, and nothing is lost in silence. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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
  it('of a newer version are in the list, are not opened, and stay as they are', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    const good = JSON.parse(await readFile(file(), 'utf8')) as { readonly profile: object };
    for (const newer of [
      { ...good, schema: 'relayready/set-up@2', steps: [] },
      { ...good, profile: { ...good.profile, colour: 'blue' } },
    ]) {
      const text = JSON.stringify(newer);
      await writeFile(file(), text);
      expect(await store.list()).toMatchObject([{ id: ID, name: 'Contoso' }]);
      await expect(store.load(ID)).rejects.toMatchObject({
        code: 'storage',
        message: expect.stringContaining('newer version') as string,
      });
      await expect(store.save(setUp('test'))).rejects.toMatchObject({ code: 'storage' });
      expect(await readFile(file(), 'utf8')).toBe(text);
    }
    expect(await store.unreadable()).toEqual([]);
  });
  it('keep what a newer version added when they are saved again', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    const good = JSON.parse(await readFile(file(), 'utf8')) as object;
    await writeFile(file(), JSON.stringify({ ...good, colour: 'blue' }));
    expect(await store.load(ID)).toMatchObject({ step: 'line' });
    await store.save(setUp('test'));
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ step: 'test', colour: 'blue' });
  });
  it('of an older version open, and the file is not touched by that', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    const { profile, ...rest } = JSON.parse(await readFile(file(), 'utf8')) as { readonly profile: object };
    // Fields that came later have defaults.
    const old = JSON.stringify({ ...rest, profile: { schema: 'relayready/profile@1', domain: 'contoso.com' } });
    expect(Object.keys(profile).length).toBeGreaterThan(5);
    await writeFile(file(), old);
    expect(await store.load(ID)).toMatchObject({ step: 'line', profile: { domain: 'contoso.com', devices: [] } });
    expect(await readFile(file(), 'utf8')).toBe(old);
  });
  it('damaged are set aside before the next save, and the good generation before stays', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.save(setUp('test'));
    await writeFile(file(), 'nonsense');
    await store.save(setUp('device'));
    expect(JSON.parse(await readFile(`${file()}.before`, 'utf8'))).toMatchObject({ step: 'line' });
    expect(await store.load(ID)).toMatchObject({ step: 'device' });
    expect(await store.unreadable()).toHaveLength(1);
  });
  it.each<[string, () => string | Uint8Array]>([
    ['cut short', () => '{"schema":"relayready/set-up@1","id":'],
    ['empty', () => ''],
    ['filled with NUL', () => new Uint8Array(5000)],
    ['UTF-16', () => Buffer.from('\uFEFF{"schema":"relayready/set-up@1"}', 'utf16le')],
    ['with the marks of a merge', () => '<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n'],
    ['of 50 megabytes', () => new Uint8Array(50 * 1024 * 1024).fill(0x20)],
    ['a million levels deep', () => '['.repeat(1_000_000)],
    ['that reaches into objects', () => '{"__proto__":{"polluted":true},"schema":"relayready/set-up@1"}'],
  ])('%s: the generation before is offered, and the file is kept', async (_, make) => {
    const content = make();
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.save(setUp('test'));
    await writeFile(file(), content);
    expect(await store.list()).toMatchObject([{ id: ID, step: 'line' }]);
    expect(await store.load(ID)).toMatchObject({ step: 'line' });
    const [told] = await store.unreadable();
    const kept = await readFile(path.join(path.dirname(file()), told?.file ?? ''));
    expect(kept.equals(Buffer.from(content as string))).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
  it.each([` (Ann's conflicted copy 2026-11-25).json`, '-DESKTOP-7.json', ' 2.json'])(
    'that a synchronised folder keeps twice (%s) are both in the list, once each',
    async (ending) => {
      const store = openSetUps(folder);
      await store.save(setUp('line'));
      const copy = path.join(path.dirname(file()), `${ID}${ending}`);
      await writeFile(copy, JSON.stringify(setUp('test')));
      for (let time = 0; time < 2; time += 1) {
        const listed = await store.list();
        expect(listed.map(({ name, step }) => `${name} ${step}`).sort()).toEqual(['Contoso (2) test', 'Contoso line']);
        for (const { id, step } of listed) expect(await store.load(id)).toMatchObject({ id, step });
      }
      expect(await readdir(path.join(path.dirname(file()), 'damaged'))).toEqual([path.basename(copy)]);
      // One that is not whole yet is waited for.
      await writeFile(copy, '{"schema":');
      expect(await store.list()).toHaveLength(2);
      expect(await readFile(copy, 'utf8')).toBe('{"schema":');
    },
  );
  it.each([
    ['letters of many languages', () => 'Ünïcödé 名前 café'],
    ['more than 260 characters', () => path.join(...Array.from({ length: 8 }, () => 'a'.repeat(50)))],
    ['spaces, quotes and signs', () => `it's $HOME %USERPROFILE% & "x" #1`],
  ])('work in a folder of %s', async (_, name) => {
    const far = path.join(folder, name());
    const store = openSetUps(far);
    await store.save(setUp('line'));
    await store.save(setUp('test'));
    await writeFile(path.join(far, 'set-ups', `${ID}.json`), 'damage');
    expect(await store.load(ID)).toMatchObject({ step: 'line' });
    expect(await store.unreadable()).toHaveLength(1);
  });
  it('with a byte order mark are read', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await writeFile(file(), `\uFEFF${await readFile(file(), 'utf8')}`);
    expect(await store.load(ID)).toMatchObject({ step: 'line' });
  });
  it('changed by somebody else meanwhile are not written over', async () => {
    const [one, other] = [openSetUps(folder), openSetUps(folder)];
    const first = { ...setUp('line'), savedAt: '2026-11-25T10:00:00.000Z' };
    await one.save(first, []);
    await other.save({ ...first, step: 'test', savedAt: '2026-11-25T10:00:01.000Z' }, [first.savedAt]);
    await expect(one.save({ ...first, step: 'device' }, [first.savedAt])).rejects.toMatchObject({
      code: 'changed-meanwhile',
    });
    expect(await one.load(ID)).toMatchObject({ step: 'test' });
  });
  it.each([
    ['back by an hour', -3_600_000],
    ['to 2038', Date.parse('2038-01-20') - Date.now()],
  ])('outlive a clock that jumps %s: the newest stays the newest, and no generation goes', async (_, jump) => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + jump });
    try {
      await store.save(setUp('test'));
      await writeFile(file(), 'damage');
      expect(await store.load(ID)).toMatchObject({ step: 'line' });
      await store.save(setUp('device'));
    } finally {
      vi.useRealTimers();
    }
    await store.save(setUp('done'));
    expect(await store.load(ID)).toMatchObject({ step: 'done' });
    expect(JSON.parse(await readFile(`${file()}.before`, 'utf8'))).toMatchObject({ step: 'device' });
    expect(await store.unreadable()).toHaveLength(1);
  });
  it('go when removed', async () => {
    const store = openSetUps(folder);
    await store.save(setUp('line'));
    await store.remove(ID);
    await expect(store.load(ID)).rejects.toMatchObject({ code: 'not-found' });
  });
});
