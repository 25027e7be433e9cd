/** The three schedulers: which files each wants, what is run to install and to remove, and how it tells whether it runs. */
import path from 'node:path';
import { launchdAgent, LAUNCHD_LABEL } from '../../core/schedule/launchd.ts';
import type { Job, Schedule, SchedulerName } from '../../core/schedule/schedule.ts';
import { SYSTEMD_NAME, systemdUnits } from '../../core/schedule/systemd.ts';
import { taskXml } from '../../core/schedule/task-scheduler.ts';
import type { Ran } from './run-command.ts';

export type Place = {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly dataFolder: string;
  readonly uid: number;
  readonly user: string;
};

export type Tool = {
  readonly words: readonly string[];
  /** Goes on although it fails: what it takes away may not be there. */
  readonly mayFail?: boolean;
};

/** `null`: the system gave no answer, so nothing can be installed now. */
export type Running = { readonly running: boolean | null; readonly foreign?: boolean };

export type Scheduler = {
  readonly name: SchedulerName;
  /** In the order in which they are written. @throws AppError `bad-option` for a path that cannot be written down */
  readonly files: (job: Job, schedule: Schedule) => readonly { readonly path: string; readonly content: string }[];
  readonly paths: readonly string[];
  /** What the scheduler itself made of the files; left when it could not be asked. */
  readonly links: readonly string[];
  /** Folders that are taken away when they are left empty, the innermost first. */
  readonly folders: readonly string[];
  readonly encoding: 'utf8' | 'utf16le';
  readonly install: readonly Tool[];
  /** While the files are still there, and when they are gone. */
  readonly remove: { readonly before: readonly Tool[]; readonly after: readonly Tool[] };
  readonly ask: Tool;
  readonly read: (answer: Ran) => Running;
};

export function schedulerOf(place: Place): Scheduler {
  if (place.platform === 'win32') return taskScheduler(place);
  return place.platform === 'darwin' ? launchd(place) : systemd(place);
}

function systemd({ home, env }: Place): Scheduler {
  const folder = path.join(env['XDG_CONFIG_HOME'] || path.join(home, '.config'), 'systemd', 'user');
  // Where systemd notes when a timer ran last.
  const stamps = path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'systemd', 'timers');
  const timer = `${SYSTEMD_NAME}.timer`;
  const paths = [path.join(folder, `${SYSTEMD_NAME}.service`), path.join(folder, timer)] as const;
  const systemctl = (...words: readonly string[]): readonly string[] => ['systemctl', '--user', ...words];
  return {
    name: 'systemd',
    paths,
    links: [path.join(folder, 'timers.target.wants', timer)],
    folders: [path.join(folder, 'timers.target.wants'), folder, path.dirname(folder), stamps, path.dirname(stamps)],
    encoding: 'utf8',
    files: (job, schedule) => {
      const units = systemdUnits(job, schedule);
      return [
        { path: paths[0], content: units.service },
        { path: paths[1], content: units.timer },
      ];
    },
    // `enable --now` would leave a timer that runs already at its old time.
    install: [
      { words: systemctl('daemon-reload') },
      { words: systemctl('enable', timer) },
      { words: systemctl('restart', timer) },
    ],
    remove: {
      before: [
        { words: systemctl('disable', '--now', timer) },
        // When it ran last, which `Persistent` keeps in a file of its own.
        { words: systemctl('clean', '--what=state', timer), mayFail: true },
      ],
      after: [{ words: systemctl('daemon-reload') }],
    },
    ask: { words: systemctl('show', timer, '--property=ActiveState,UnitFileState') },
    read: ({ code, output }) =>
      code === 0
        ? { running: /^ActiveState=active$/m.test(output) && /^UnitFileState=enabled$/m.test(output) }
        : { running: null },
  };
}

function launchd({ home, uid }: Place): Scheduler {
  const file = path.join(home, 'Library', 'LaunchAgents', `${LAUNCHD_LABEL}.plist`);
  const target = `gui/${uid}/${LAUNCHD_LABEL}`;
  const away: Tool = { words: ['launchctl', 'bootout', target], mayFail: true };
  return {
    name: 'launchd',
    paths: [file],
    links: [],
    folders: [],
    encoding: 'utf8',
    files: (job, schedule) => [{ path: file, content: launchdAgent(job, schedule) }],
    // One that is loaded already cannot be loaded anew, and one that was switched off would not start.
    install: [
      away,
      { words: ['launchctl', 'enable', target], mayFail: true },
      { words: ['launchctl', 'bootstrap', `gui/${uid}`, file] },
    ],
    remove: { before: [away], after: [] },
    ask: { words: ['launchctl', 'print', target] },
    read: ({ code }) => ({ running: code === null ? null : code === 0 }),
  };
}

function taskScheduler({ dataFolder, user, env }: Place): Scheduler {
  // Several people of one computer share the names of tasks.
  const task = `RelayReady look (${user.split('\\').at(-1)})`;
  const file = path.join(dataFolder, 'schedule', 'look-again.xml');
  // By its full path: Windows looks for a bare name in the current folder first.
  const program = path.win32.join(env['SystemRoot'] ?? String.raw`C:\Windows`, 'System32', 'schtasks.exe');
  const schtasks = (...words: readonly string[]): readonly string[] => [program, ...words];
  return {
    name: 'task-scheduler',
    paths: [file],
    links: [],
    folders: [path.dirname(file)],
    encoding: 'utf16le',
    files: (job, schedule) => [{ path: file, content: taskXml(job, schedule, user) }],
    install: [{ words: schtasks('/Create', '/TN', task, '/XML', file, '/F') }],
    remove: { before: [{ words: schtasks('/Delete', '/TN', task, '/F') }], after: [] },
    ask: { words: schtasks('/Query', '/TN', task, '/XML', 'ONE') },
    read: ({ code, output }) => {
      if (code === null) return { running: null };
      return { running: code === 0, foreign: code === 0 && !output.includes('<Source>RelayReady</Source>') };
    },
  };
}
