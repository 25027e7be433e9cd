/** A regular look as a timer and a service of the person's own systemd. */
import { say } from '../text.ts';
import { markerOf } from './marker.ts';
import { cannotSay, wordsOf } from './refuse.ts';
import { END_SECONDS, type Job, type Schedule } from './schedule.ts';

export const SYSTEMD_NAME = 'relayready-look';

/** systemd.service(5), “Command lines”: % begins a specifier; quotes and backslashes are those of C. */
const quoted = (word: string): string =>
  `"${word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('%', '%%')}"`;

/** @throws AppError `bad-option` when a path cannot be written so that systemd reads it back */
export function execStart(job: Job): string {
  const [file = '', ...args] = wordsOf(job);
  if (!file.startsWith('/'))
    throw cannotSay(file, say('systemd wants the full path of a program; “{file}” is none.', { file }));
  // $ begins a variable in an argument, but not in the program's own path.
  const rest = args.map((word) => quoted(word).replaceAll('$', '$$$$'));
  // systemd takes no quotes or backslashes in the path of a program, however they are written; `env` starts it all the same.
  if (!/["'\\]/.test(file)) return [quoted(file), ...rest].join(' ');
  if (file.includes('='))
    throw cannotSay(
      file,
      say('systemd cannot start a program whose path holds both “=” and a quote: {file}', { file }),
    );
  return ['/usr/bin/env', quoted(file).replaceAll('$', '$$$$'), ...rest].join(' ');
}

export function systemdUnits(job: Job, schedule: Schedule): { readonly service: string; readonly timer: string } {
  const mark = `# Written by RelayReady; “relayready schedule remove” takes it away.\n# ${markerOf(schedule, job)}`;
  const day = schedule.every === 'week' ? `${schedule.on.slice(0, 3).replace(/^./, (c) => c.toUpperCase())} ` : '';
  const service = [
    mark,
    '[Unit]',
    'Description=RelayReady looks whether scans can still be sent',
    '',
    '[Service]',
    'Type=oneshot',
    `ExecStart=${execStart(job)}`,
    '# 3: something is new, 4: something could not be told. Neither is a failure of the program.',
    'SuccessExitStatus=3 4',
    `TimeoutStartSec=${END_SECONDS}`,
    'Nice=10',
    'UMask=0077',
    'TasksMax=128',
    'MemoryMax=1G',
    ...(job.program.packaged ? [] : HARDENED),
    '',
  ].join('\n');
  const timer = [
    mark,
    '[Unit]',
    'Description=When RelayReady looks whether scans can still be sent',
    '',
    '[Timer]',
    `OnCalendar=${day}*-*-* ${schedule.at}:00`,
    'Persistent=true',
    'RandomizedDelaySec=15min',
    'AccuracySec=1min',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
  return { service, timer };
}

/** What a person's own systemd can do without a name space, which not every system lets people have. */
const HARDENED = [
  'NoNewPrivileges=yes',
  'LockPersonality=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'RestrictNamespaces=yes',
  'SystemCallArchitectures=native',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
];
