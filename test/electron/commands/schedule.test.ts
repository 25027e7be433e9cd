/** `schedule` from the command line in a home of its own: installed by the word of a person, and what it installed really looks and tells. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Report } from '../../../core/report/report.ts';
import { ScheduleDocument } from '../../../core/schedule/schedule.ts';
import { readExecStart } from '../../core/schedule/readers.ts';
import { runApart } from '../../helpers/run-apart.ts';
import { startFleetWorld, type FleetWorld } from '../fleet/fleet-world.ts';
import { fakeTools, treeOf, type FakeTools } from '../schedule/fake-tools.ts';
import { relayready, root, type Ran } from './command-line.ts';

const hasScript = spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.log('The question on a terminal is not tried: there is no “script” on this computer');

let folder = '';
let home = '';
let dataFolder = '';
let world: FleetWorld;
let tools: FakeTools;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test 100% '));
  home = path.join(folder, 'home');
  dataFolder = path.join(home, 'data & more');
  mkdirSync(path.join(home, '.config'), { recursive: true });
  world = await startFleetWorld(folder, 1);
  tools = fakeTools(path.join(folder, 'tools'), home);
  for (const [name, value] of Object.entries(tools.env)) vi.stubEnv(name, value);
  vi.stubEnv('XDG_CONFIG_HOME', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const schedule = async (...args: readonly string[]): Promise<Ran & { readonly document: ScheduleDocument }> => {
  const ran = await relayready(['schedule', ...args, '--json'], { dataFolder });
  return { ...ran, document: ScheduleDocument.parse(JSON.parse(ran.stdout)) };
};
const notices = () => tools.told().filter(([tool]) => tool === 'notify-send');
const unit = () => path.join(home, '.config/systemd/user/relayready-look.service');

/** As systemd would start it: the words of the unit, and little else. */
function runUnit(): Promise<Ran> {
  const line = /^ExecStart=(.*)$/m.exec(readFileSync(unit(), 'utf8'))?.[1] ?? '';
  const [file = '', ...args] = readExecStart(line);
  return runApart(file, args, { env: tools.env });
}

describe.skipIf(process.platform !== 'linux')('schedule', () => {
  it(
    'asks before it installs, and what it installed looks and tells only what is new',
    { timeout: 120_000 },
    async () => {
      const before = treeOf(home);
      const shown = await relayready(['schedule', 'show', '--environment', world.environmentFile], { dataFolder });
      expect(shown.code, shown.stderr).toBe(0);
      expect(shown.stdout).toContain('OnCalendar=*-*-* 07:30:00');
      const silent = await relayready(['schedule', 'install'], { dataFolder });
      expect(silent.code).toBe(2);
      expect(silent.stderr).toContain('--yes');
      expect(Object.keys(treeOf(path.join(home, '.config')))).toEqual([]);

      const list = path.join(folder, 'clients.csv');
      writeFileSync(list, 'client,domain,publicIps\n"Contoso <b>&\\n $(id)",client-0.example,198.51.100.1\n');
      const options = ['--environment', world.environmentFile];
      expect((await relayready(['fleet', 'import', list, ...options], { dataFolder })).code).toBe(0);
      const installed = await schedule('install', '--yes', '--away', '--at', '06:15', ...options);
      expect(installed.code, installed.stderr).toBe(0);
      expect(installed.document).toMatchObject({ state: 'installed', changed: true });
      expect(shown.stdout).toContain(installed.document.files[0]?.path);
      expect((await schedule('install', '--yes', '--away', '--at', '06:15', ...options)).document.changed).toBe(false);
      expect((await schedule('status')).document).toMatchObject({
        state: 'installed',
        installed: { at: '06:15', place: 'away' },
      });

      tools.told();
      const quiet = await runUnit();
      expect(quiet.code, quiet.stderr).toBe(0);
      expect(notices()).toEqual([]);
      world.setText('client-0.example', ['v=spf1 -all']);
      const news = await runUnit();
      expect(news.code, news.stderr).toBe(3);
      const [notice] = notices();
      expect(notice?.slice(0, 5)).toEqual([
        'notify-send',
        '--app-name=RelayReady',
        '--icon=dialog-warning',
        '--',
        'RelayReady: something is new at Contoso <b>&\\n $(id)',
      ]);
      expect(notice?.[5]).toContain('v=spf1 -all');
      // The same again is not new.
      expect((await runUnit()).code).toBe(0);
      expect(notices()).toEqual([]);

      const removed = await schedule('remove', '--yes');
      expect(removed.code, removed.stderr).toBe(0);
      expect(treeOf(path.join(home, '.config'))).toEqual({});
      expect(Object.keys(treeOf(home)).filter((name) => !name.startsWith('data & more'))).toEqual(Object.keys(before));
      expect((await schedule('remove', '--yes')).code).toBe(0);
    },
  );

  it(
    'looks at one saved set-up, which joins the list; a notice that cannot be shown is only said',
    { timeout: 120_000 },
    async () => {
      const about = [
        '--domain',
        'client-0.example',
        '--public-ip',
        '198.51.100.1',
        '--environment',
        world.environmentFile,
      ];
      expect(await relayready(['schedule', 'show', ...about], { dataFolder })).toMatchObject({ code: 2 });
      await relayready(['check', ...about], { dataFolder });
      const installed = await schedule('install', '--yes', ...about);
      expect(installed.document).toMatchObject({ state: 'installed', schedule: { what: { kind: 'set-up' } } });
      expect((await runUnit()).code).toBe(0);
      world.setText('client-0.example', []);
      tools.answerWith('notify-send', 'echo no desktop >&2; exit 1');
      const told = await runUnit();
      expect(told.code, told.stderr).toBe(3);
      expect(told.stderr).toContain('No notice was shown: no desktop');
      const exported = await relayready(['fleet', 'export', '--format', 'jsonl'], { dataFolder });
      expect(exported.stdout).toContain('client-0.example');
      expect((await schedule('status')).document.lastLook).toMatch(/^20/);
      rmSync(path.join(dataFolder, 'set-ups'), { recursive: true });
      tools.answerWith('notify-send', '');
      tools.told();
      expect((await runUnit()).code).toBe(2);
      expect(notices()[0]?.slice(4)).toEqual([
        'RelayReady could not take its regular look',
        'This saved set-up is not here any more, or is damaged.',
      ]);
    },
  );

  it.skipIf(!hasScript)('asks on a terminal, and does nothing without a yes', { timeout: 60_000 }, async () => {
    const answer = (typed: string) =>
      runApart('script', ['-qec', '"$NODE" "$PROGRAM" schedule install', '/dev/null'], {
        env: {
          ...process.env,
          NODE: process.execPath,
          PROGRAM: path.join(root, 'bin/relayready.mjs'),
          RELAYREADY_DATA: dataFolder,
        },
        answer: { to: '[y/N]', typed },
      });
    const no = await answer('n\n');
    expect(no.stdout).toContain('Install this now? [y/N]');
    expect(no.stdout).toContain('OnCalendar=*-*-* 07:30:00');
    expect(no.stdout).toContain('Nothing was changed.');
    expect(no.code).toBe(130);
    expect(existsSync(unit())).toBe(false);
    const yes = await answer('y\n');
    expect(yes.code, yes.stdout).toBe(0);
    expect(existsSync(unit())).toBe(true);
  });

  it('what makes sense in the office only is skipped elsewhere, not red', { timeout: 60_000 }, async () => {
    const list = path.join(folder, 'clients.csv');
    writeFileSync(list, 'client,domain,publicIps\nContoso,client-0.example,198.51.100.1\n');
    const away = ['fleet', 'check', list, '--json', '--environment', world.environmentFile];
    for (const more of [[], ['--away']]) {
      const ran = await relayready([...away, ...more], { dataFolder });
      expect(ran.code, ran.stderr).toBe(0);
      const { verdict, results } = Report.parse(JSON.parse(ran.stdout));
      expect(verdict).toBe('ready');
      const status = Object.fromEntries(results.map((one) => [one.id, one.status]));
      expect(status).toMatchObject({
        'port-25': 'skipped',
        starttls: 'skipped',
        'seen-ip': 'skipped',
        'public-ip': 'skipped',
      });
      expect(status['spf']).toBe('pass');
      expect(results.find(({ id }) => id === 'port-25')?.summary).toContain('not in that office');
    }
    expect(existsSync(unit())).toBe(false);
  });
});
