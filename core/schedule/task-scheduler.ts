/** A regular look as a task of Windows' Task Scheduler: as this person, with no more rights, without a stored password. */
import { say } from '../text.ts';
import { markerOf } from './marker.ts';
import { cannotSay, wordsOf } from './refuse.ts';
import { END_SECONDS, type Job, type Schedule } from './schedule.ts';
import { element, writeXml } from './xml.ts';

/** As CommandLineToArgvW takes a line apart: backslashes count only before a quote. */
export const quoteArgument = (word: string): string =>
  word !== '' && !/[\s"]/.test(word)
    ? word
    : `"${word.replaceAll(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`;

/** [MS-TSCH] 2.5: pathType holds 260 characters. */
const MOST_PATH = 260;

/**
 * @param user like `DOMAIN\name`
 * @throws AppError `bad-option` for a path that the Task Scheduler would read as something else
 */
export function taskXml(job: Job, schedule: Schedule, user: string): string {
  const [file = '', ...args] = wordsOf(job);
  for (const word of [file, ...args])
    if (/%[^%]+%|\$\(/.test(word))
      throw cannotSay(word, say('The Task Scheduler would read a variable in “{word}”.', { word: word.slice(0, 200) }));
  if (file.length > MOST_PATH)
    throw cannotSay(
      file,
      say('The Task Scheduler takes paths of {most, number} characters at most.', { most: MOST_PATH }),
    );
  const day = schedule.on.replace(/^./, (first) => first.toUpperCase());
  const task = element(
    'Task',
    [
      element('RegistrationInfo', [
        element('Source', 'RelayReady'),
        element('Description', 'Looks whether scans can still be sent; “relayready schedule remove” takes it away.'),
      ]),
      element('Triggers', [
        element('CalendarTrigger', [
          // The clock of this computer; only the time of day matters.
          element('StartBoundary', `2020-01-01T${schedule.at}:00`),
          element('RandomDelay', 'PT15M'),
          schedule.every === 'week'
            ? element('ScheduleByWeek', [element('DaysOfWeek', [element(day, '')]), element('WeeksInterval', '1')])
            : element('ScheduleByDay', [element('DaysInterval', '1')]),
        ]),
      ]),
      element('Principals', [
        element(
          'Principal',
          [element('UserId', user), element('LogonType', 'InteractiveToken'), element('RunLevel', 'LeastPrivilege')],
          'id="Author"',
        ),
      ]),
      element('Settings', [
        element('MultipleInstancesPolicy', 'IgnoreNew'),
        element('DisallowStartIfOnBatteries', 'false'),
        element('StopIfGoingOnBatteries', 'false'),
        element('StartWhenAvailable', 'true'),
        element('RunOnlyIfNetworkAvailable', 'true'),
        element('ExecutionTimeLimit', `PT${END_SECONDS}S`),
        element('Priority', '7'),
      ]),
      element(
        'Actions',
        [
          element('Exec', [
            element('Command', file),
            ...(args.length === 0 ? [] : [element('Arguments', args.map(quoteArgument).join(' '))]),
          ]),
        ],
        'Context="Author"',
      ),
    ],
    'version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"',
  );
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<!-- Written by RelayReady; “relayready schedule remove” takes it away. -->',
    `<!-- ${markerOf(schedule, job)} -->`,
    writeXml(task),
    '',
  ]
    .join('\r\n')
    .replaceAll(/\r?\n/g, '\r\n');
}
