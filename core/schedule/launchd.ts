/** A regular look as an agent of the person's own launchd. */
import { markerOf } from './marker.ts';
import { wordsOf } from './refuse.ts';
import { WEEKDAYS, type Job, type Schedule } from './schedule.ts';
import { element, writeXml, type Element } from './xml.ts';

export const LAUNCHD_LABEL = 'app.relayready.look';

const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">';

const text = (value: string): Element => element('string', value);
const whole = (value: number): Element => element('integer', String(value));
const dict = (values: Readonly<Record<string, Element>>): Element =>
  element(
    'dict',
    Object.entries(values).flatMap(([key, value]) => [element('key', key), value]),
  );

/** launchd.plist(5). @throws AppError `bad-option` for a path that cannot be written */
export function launchdAgent(job: Job, schedule: Schedule): string {
  const [hour, minute] = schedule.at.split(':').map(Number);
  const agent = dict({
    Label: text(LAUNCHD_LABEL),
    ProgramArguments: element('array', wordsOf(job).map(text)),
    StartCalendarInterval: dict({
      Hour: whole(hour ?? 0),
      Minute: whole(minute ?? 0),
      // 0 and 7 are both Sunday.
      ...(schedule.every === 'week' ? { Weekday: whole(WEEKDAYS.indexOf(schedule.on) + 1) } : {}),
    }),
    RunAtLoad: element('false', ''),
    ProcessType: text('Background'),
    Nice: whole(10),
    LowPriorityIO: element('true', ''),
    // 0077 in decimal.
    Umask: whole(63),
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!-- Written by RelayReady; “relayready schedule remove” takes it away. -->',
    `<!-- ${markerOf(schedule, job)} -->`,
    DOCTYPE,
    writeXml(element('plist', [agent], 'version="1.0"')),
    '',
  ].join('\n');
}
