/** A regular look as one line for cron, and commands as a person types them into a shell. */
import { wordsOf } from './refuse.ts';
import { WEEKDAYS, type Job, type Schedule } from './schedule.ts';

/** A word for sh: bare where nothing in it means anything, else in single quotes. */
export const quoteForSh = (word: string): string =>
  /^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** crontab(5): a bare % would be a line end. */
export function cronLine(job: Job, schedule: Schedule): string {
  const [hour, minute] = schedule.at.split(':').map(Number);
  const day = schedule.every === 'week' ? String((WEEKDAYS.indexOf(schedule.on) + 1) % 7) : '*';
  const line = wordsOf(job)
    .map(quoteForSh)
    .join(' ')
    .replaceAll('%', String.raw`\%`);
  return `${minute} ${hour} * * ${day} ${line}`;
}
