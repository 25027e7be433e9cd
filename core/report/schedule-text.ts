/** A regular look as text for a terminal: what is to be written and run, how it stands, and what is in the way. */
import { quoteForSh } from '../schedule/cron.ts';
import { WEEKDAYS, type Schedule, type ScheduleDocument } from '../schedule/schedule.ts';
import { quoteArgument } from '../schedule/task-scheduler.ts';
import type { Translate } from '../text.ts';

/** @param verb what was asked for; `show` and `install` print the files */
export function scheduleText(document: ScheduleDocument, verb: string, t: Translate): string {
  const { schedule, installed, state, files, command, byHand, done, problems } = document;
  const shown = verb === 'show' && schedule !== null;
  const lines = [
    stateLine(state, t),
    ...(schedule === null ? [] : [whenLine(shown ? schedule : (installed ?? schedule), t)]),
    ...(installed === null || shown ? [] : [lookedLine(document, t)]),
    ...(shown
      ? [
          '',
          t('It would run:'),
          `  ${command.map(document.system === 'task-scheduler' ? quoteArgument : quoteForSh).join(' ')}`,
          ...files.flatMap(({ path, content }) => ['', t('File {path}:', { path }), '', ...indented(content)]),
          '',
          t('Then, to switch it on:'),
          ...byHand.install.map((line) => `  ${line}`),
          t('To take it away again: relayready schedule remove, or'),
          ...byHand.remove.map((line) => `  ${line}`),
        ]
      : []),
    ...done.map((one) => `${one.ok ? '✓' : '✗'} ${one.command}`),
    ...(problems.length > 0 ? ['', ...problems] : []),
  ];
  return lines.join('\n');
}

const indented = (content: string): readonly string[] =>
  content
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `  ${line}`);

export function stateLine(state: ScheduleDocument['state'], t: Translate): string {
  switch (state) {
    case 'none':
      return t('No regular look is installed.');
    case 'installed':
      return t('The regular look is installed, and the system runs it while you are signed in to this computer.');
    case 'other':
      return t('Another regular look is installed; this one would take its place.');
    case 'not-running':
      return t('A regular look was written here, but the system does not run it.');
    case 'foreign':
      return t('There is a file or task of that name that is not from RelayReady.');
  }
}

/** A regular look that never comes is no good news. */
export const lookedLine = ({ lastLook }: Pick<ScheduleDocument, 'lastLook'>, t: Translate): string =>
  lastLook === null
    ? t('Nothing was looked at yet.')
    : t('Looked at last on {when}.', {
        when: new Intl.DateTimeFormat(t.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
          new Date(lastLook),
        ),
      });

/** Name of a day of the week, as it stands within a sentence. */
export const weekday = (on: Schedule['on'], t: Translate): string =>
  new Intl.DateTimeFormat(t.language, { weekday: 'long', timeZone: 'UTC' }).format(
    // Monday, 1 January 2024, began a week.
    Date.UTC(2024, 0, 1 + WEEKDAYS.indexOf(on)),
  );

/** When and at what, in one sentence. */
export function whenLine({ every, on, at, what }: Schedule, t: Translate): string {
  const day = weekday(on, t);
  if (what.kind === 'set-up')
    return every === 'day'
      ? t('Every day at {at}: one office.', { at })
      : t('Every {day} at {at}: one office.', { day, at });
  return every === 'day'
    ? t('Every day at {at}: all clients of the list.', { at })
    : t('Every {day} at {at}: all clients of the list.', { day, at });
}
