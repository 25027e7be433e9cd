/** Installed and removed in a home of its own, for the three systems: exactly what was shown, nothing of others, nothing left behind. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Schedule, ScheduleDocument } from '../../../core/schedule/schedule.ts';
import { english } from '../../../core/text.ts';
import { manyMayWait } from '../../../electron/net/deadline.ts';
import { toolRunner, type RunTool } from '../../../electron/schedule/run-command.ts';
import { openSchedules, type Schedules } from '../../../electron/schedule/schedules.ts';
import { fakeTools, treeOf, type FakeTools } from './fake-tools.ts';

let folder = '';
let home = '';
let tools: FakeTools;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), `relayready-test 'ü" $x `));
  home = path.join(folder, 'home');
  // What every home of such a system has.
  for (const one of ['data', '.config', 'Library/LaunchAgents']) mkdirSync(path.join(home, one), { recursive: true });
  tools = fakeTools(path.join(folder, 'tools'), home);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const context = { signal: new AbortController().signal, t: english };
manyMayWait(context.signal);
const withTools =
  (run: RunTool): RunTool =>
  (file, args, options) =>
    // Those of Windows are called by their full path.
    run(file.split('\\').at(-1) ?? file, args, { ...options, env: { ...options.env, ...tools.env } });
const open = (platform: NodeJS.Platform, run: RunTool = withTools(toolRunner()), file = process.execPath): Schedules =>
  openSchedules({
    place: { platform, home, env: {}, dataFolder: path.join(home, 'data'), uid: 501, user: String.raw`CONTOSO\scan` },
    program: { file, args: [path.join(folder, 'relayready.mjs')], packaged: false },
    run,
    lastLook: async () => '2026-01-02T03:04:05.000Z',
  });
const DAILY = Schedule.parse({});
const WEEKLY = Schedule.parse({ every: 'week', on: 'friday', at: '18:45' });
const install = async (schedules: Schedules, wanted: Schedule) =>
  schedules.install(wanted, (await schedules.show(wanted, context)).digest, context);
const isAsking = (words: readonly string[]): boolean =>
  words.some((word) => ['show', 'print', '/Query'].includes(word));

beforeEach(() => writeFileSync(path.join(folder, 'relayready.mjs'), ''));

describe.each(['linux', 'darwin', 'win32'] as const)('on %s', (platform) => {
  it('is shown without a change, installed as shown, replaced, and taken away with nothing left', async () => {
    const schedules = open(platform);
    const before = treeOf(home);
    const shown = await schedules.show(DAILY, context);
    expect(ScheduleDocument.parse(shown)).toEqual(shown);
    expect(shown).toMatchObject({ state: 'none', changed: false, problems: [], installed: null, lastLook: null });
    expect(treeOf(home)).toEqual(before);
    expect(tools.told().every(isAsking)).toBe(true);

    const installed = await schedules.install(DAILY, shown.digest, context);
    expect(installed).toMatchObject({ state: 'installed', changed: true, problems: [], installed: DAILY });
    expect(installed.done.filter(({ ok }) => ok).map(({ command }) => command)).toEqual(
      platform === 'darwin' ? shown.byHand.install.slice(1) : shown.byHand.install,
    );
    for (const { path: file, content } of shown.files) {
      const bytes = readFileSync(file);
      expect(platform === 'win32' ? bytes.toString('utf16le') : bytes.toString()).toBe(
        platform === 'win32' ? `\ufeff${content}` : content,
      );
    }
    tools.told();

    const again = await install(schedules, DAILY);
    expect(again).toMatchObject({ state: 'installed', changed: false, done: [] });
    expect(tools.told().every(isAsking)).toBe(true);
    expect(await schedules.show(null, context)).toMatchObject({
      state: 'installed',
      schedule: DAILY,
      installed: DAILY,
      lastLook: '2026-01-02T03:04:05.000Z',
    });

    const other = await schedules.show(WEEKLY, context);
    expect(other).toMatchObject({ state: 'other', installed: DAILY });
    expect(other.files.map(({ state }) => state)).toContain('differs');
    expect(await schedules.install(WEEKLY, other.digest, context)).toMatchObject({
      state: 'installed',
      installed: WEEKLY,
    });

    expect(await schedules.remove(context)).toMatchObject({ state: 'none', changed: true, problems: [] });
    expect(treeOf(home)).toEqual(before);
    expect(treeOf(path.join(folder, 'tools', 'state'))).toEqual({});
    tools.told();
    expect(await schedules.remove(context)).toMatchObject({ state: 'none', changed: false });
    expect(tools.told().every(isAsking)).toBe(true);
  });

  it('leaves what it did not write: a file, a link, a folder', async () => {
    const schedules = open(platform);
    const { files, digest } = await schedules.show(DAILY, context);
    const file = files.at(-1)?.path ?? '';
    mkdirSync(path.dirname(file), { recursive: true });
    const elsewhere = path.join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'of somebody');
    for (const make of [
      () => writeFileSync(file, 'of somebody'),
      () => symlinkSync(elsewhere, file),
      () => mkdirSync(file),
    ]) {
      make();
      const before = treeOf(home);
      expect(await schedules.show(DAILY, context)).toMatchObject({ state: 'foreign' });
      await expect(schedules.install(DAILY, digest, context)).rejects.toMatchObject({ code: 'storage' });
      await expect(schedules.remove(context)).rejects.toMatchObject({ code: 'storage' });
      expect(treeOf(home)).toEqual(before);
      expect(readFileSync(elsewhere, 'utf8')).toBe('of somebody');
      rmSync(file, { recursive: true });
    }
    expect(tools.told().every(isAsking)).toBe(true);
  });

  it('without its tool nothing is written, and another way is said', async () => {
    const schedules = open(
      platform,
      withTools((_, args, options) => toolRunner()('relayready-no-such-tool', args, options)),
    );
    const before = treeOf(home);
    const told = await install(schedules, DAILY);
    expect(told).toMatchObject({ state: 'none', changed: false });
    expect(told.problems.join('\n')).toContain('is not on this computer');
    expect(told.problems.join('\n').includes('crontab -e')).toBe(platform !== 'win32');
    expect(treeOf(home)).toEqual(before);
  });

  it('a refusal is told with what to type, and all can be taken away', async () => {
    const schedules = open(platform);
    const shown = await schedules.show(DAILY, context);
    const neighbour = path.join(path.dirname(shown.files[0]?.path ?? ''), 'of-somebody.timer');
    mkdirSync(path.dirname(neighbour), { recursive: true });
    writeFileSync(neighbour, '');
    const before = treeOf(home);
    for (const tool of ['systemctl', 'launchctl', 'schtasks.exe'])
      tools.answerWith(
        tool,
        `case "$*" in *show*) exit 0;; *print*) exit 113;; */Query*) exit 1;; esac; echo 'not today' >&2; exit 5`,
      );
    const refused = await schedules.install(DAILY, shown.digest, context);
    expect(refused).toMatchObject({ state: 'not-running', changed: true });
    expect(refused.problems.join('\n')).toContain('not today');
    expect(refused.problems.join('\n')).toContain(shown.byHand.install.at(-1));
    const removed = await schedules.remove(context);
    expect(removed.state).toBe('none');
    expect(treeOf(home)).toEqual(before);
  });

  it('an installation that was cut short is finished by the next one', async () => {
    const schedules = open(platform);
    const shown = await schedules.show(DAILY, context);
    const [first] = shown.files;
    mkdirSync(path.dirname(first?.path ?? ''), { recursive: true });
    writeFileSync(first?.path ?? '', first?.content ?? '', platform === 'win32' ? 'utf16le' : 'utf8');
    expect(await schedules.show(null, context)).toMatchObject({ state: 'not-running' });
    expect(await install(schedules, DAILY)).toMatchObject({ state: 'installed', problems: [] });
  });

  it('what was not shown is not installed', async () => {
    const schedules = open(platform);
    const { digest } = await schedules.show(DAILY, context);
    await expect(schedules.install(WEEKLY, digest, context)).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(tools.told().every(isAsking)).toBe(true);
  });

  it('two at once do not get in each other’s way', async () => {
    const schedules = open(platform);
    const both = await Promise.all([install(schedules, DAILY), install(open(platform), DAILY)]);
    expect(both.map(({ state }) => state)).toEqual(['installed', 'installed']);
    expect(both.filter(({ changed }) => changed)).toHaveLength(1);
  });

  it('says when the program has gone', async () => {
    const file = path.join(folder, 'gone');
    writeFileSync(file, '');
    await install(open(platform, withTools(toolRunner()), file), DAILY);
    rmSync(file);
    const told = await open(platform).show(null, context);
    expect(told.problems).toEqual([expect.stringContaining(`The program is not where it was: ${file}`)]);
  });
});

describe('a tool', () => {
  it('that hangs is ended and gave no answer; one that is waited for can be left', async () => {
    tools.answerWith('systemctl', 'exec sleep 60');
    const told = await install(open('linux', withTools(toolRunner(300))), DAILY);
    expect(told).toMatchObject({ state: 'none', changed: false });
    expect(told.problems[0]).toContain('gives no answer');
    const controller = new AbortController();
    const waiting = open('linux').show(DAILY, { ...context, signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(waiting).rejects.toThrow('enough');
  });

  it('a task of the same name that another made stays', async () => {
    writeFileSync(path.join(folder, 'tools/state/active'), '<Source>Contoso</Source>');
    const schedules = open('win32');
    expect(await schedules.show(DAILY, context)).toMatchObject({ state: 'foreign' });
    await expect(install(schedules, DAILY)).rejects.toMatchObject({ code: 'storage' });
    await expect(schedules.remove(context)).rejects.toMatchObject({ code: 'storage' });
    expect(readFileSync(path.join(folder, 'tools/state/active'), 'utf8')).toBe('<Source>Contoso</Source>');
  });
});
