/** Regular looks by the system's own scheduler: shows what would be written and run, installs exactly that, and takes it away again. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { cronLine, quoteForSh } from '../../core/schedule/cron.ts';
import {
  lookWords,
  type Job,
  type Program,
  type Schedule,
  type ScheduleDocument,
} from '../../core/schedule/schedule.ts';
import { quoteArgument } from '../../core/schedule/task-scheduler.ts';
import { say } from '../../core/text.ts';
import type { CallContext } from '../dispatch.ts';
import { withFileLock } from '../storage/file-lock.ts';
import { storageError } from '../storage/write-file.ts';
import { shortAnswer, type RunTool } from './run-command.ts';
import { findFile, removeScheduleFiles, writeScheduleFile, type Found } from './schedule-files.ts';
import { schedulerOf, type Place, type Tool } from './schedulers.ts';

export type SchedulesOptions = {
  readonly place: Place;
  readonly program: Program;
  readonly run: RunTool;
  /** ISO 8601; null when nobody has looked yet. */
  readonly lastLook: () => Promise<string | null>;
};
type Context = Pick<CallContext, 'signal' | 't'>;
type Done = ScheduleDocument['done'];

export type Schedules = {
  /** Changes nothing. @param wanted null: what is installed */
  readonly show: (wanted: Schedule | null, context: Context) => Promise<ScheduleDocument>;
  /** @param digest of what was shown. @throws AppError `changed-meanwhile` when it would be something else now, `storage` */
  readonly install: (wanted: Schedule, digest: string, context: Context) => Promise<ScheduleDocument>;
  readonly remove: (context: Context) => Promise<ScheduleDocument>;
};

export function openSchedules({ place, program, run, lastLook }: SchedulesOptions): Schedules {
  const scheduler = schedulerOf(place);
  const typed = ({ words }: Tool): string =>
    words.map(scheduler.name === 'task-scheduler' ? quoteArgument : quoteForSh).join(' ');
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    await mkdir(place.dataFolder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw storageError(error, place.dataFolder);
    });
    return withFileLock(path.join(place.dataFolder, 'schedule'), work);
  };
  const use = async ({ words }: Tool, { signal }: Context) => {
    const [file = '', ...args] = words;
    return run(file, args, { signal });
  };

  const show: Schedules['show'] = async (wanted, context) => {
    const { t } = context;
    const found = await Promise.all(scheduler.paths.map((file) => findFile(file, scheduler)));
    const answer = await use(scheduler.ask, context);
    const { running, foreign = false } = scheduler.read(answer);
    const installed = found.map(({ schedule }) => schedule).find((one) => one !== null) ?? null;
    const schedule = wanted ?? installed;
    const job: Job | null =
      schedule === null ? null : { program, words: lookWords(schedule, place.dataFolder, t.language) };
    const files =
      schedule === null || job === null
        ? []
        : scheduler.files(job, schedule).map((file, at) => ({ ...file, state: stateOf(found[at], file.content) }));
    const byHand = {
      install: scheduler.install.map(typed),
      remove: [...scheduler.remove.before, ...scheduler.remove.after].map(typed),
      cron: job === null || schedule === null || place.platform === 'win32' ? null : cronLine(job, schedule),
    };
    const command = job === null ? [] : [program.file, ...program.args, ...job.words];
    const ours = found.filter((one) => one.ours).length;
    const state = ((): ScheduleDocument['state'] => {
      if (foreign || found.some((one) => one.content !== null && !one.ours)) return 'foreign';
      if (ours === 0 && running !== true) return 'none';
      if (ours < found.length || running !== true) return 'not-running';
      return wanted === null || files.every((file) => file.state === 'same') ? 'installed' : 'other';
    })();
    const problems: string[] = [];
    if (answer.missing)
      problems.push(
        t('“{tool}” is not on this computer, so its scheduler cannot be used.', { tool: scheduler.ask.words[0] ?? '' }),
        ...(byHand.cron === null ? [] : [t('With cron, add this line by “crontab -e”: {line}', { line: byHand.cron })]),
      );
    else if (running === null)
      problems.push(
        t('The scheduler gives no answer: {answer}', { answer: shortAnswer(answer) || t('none') }),
        ...(byHand.cron === null
          ? []
          : [
              t('Sign in to this computer as yourself and try again; or use cron with this line: {line}', {
                line: byHand.cron,
              }),
            ]),
      );
    if (state === 'foreign')
      problems.push(
        t('{file} was not written by RelayReady and is left alone. Move it away, or give it another name.', {
          file:
            scheduler.paths.find((_, at) => found[at]?.content !== null && found[at]?.ours === false) ??
            typed(scheduler.ask),
        }),
      );
    const gone = found.flatMap((one) => one.program).find((one) => path.isAbsolute(one) && !existsSync(one));
    if (gone !== undefined)
      problems.push(t('The program is not where it was: {file}. Install the regular look again.', { file: gone }));
    return {
      schema: 'relayready/schedule@1',
      system: scheduler.name,
      state,
      installed,
      schedule,
      lastLook: installed === null ? null : await lastLook(),
      command,
      files,
      byHand,
      digest: createHash('sha256')
        .update(JSON.stringify([files.map(({ path: file, content }) => [file, content]), byHand]))
        .digest('hex'),
      done: [],
      changed: false,
      problems,
    };
  };

  /** Runs one after the other and stops where one fails that may not. */
  const runAll = async (tools: readonly Tool[], done: Done, context: Context): Promise<boolean> => {
    for (const tool of tools) {
      const ran = await use(tool, context);
      const ok = ran.code === 0;
      done.push({ command: typed(tool), ok, answer: shortAnswer(ran) });
      if (!ok && tool.mayFail !== true) return false;
    }
    return true;
  };

  const refuseForeign = (seen: ScheduleDocument): void => {
    if (seen.state !== 'foreign') return;
    throw new AppError('storage', say('A file or task of that name is not from RelayReady; nothing was changed.'), {
      remedy: say('Look at it with “relayready schedule show”, and move it away if nobody needs it.'),
      detail: seen.problems.join(' '),
    });
  };

  return {
    show,
    install: (wanted, digest, context) =>
      alone(async () => {
        const seen = await show(wanted, context);
        if (seen.digest !== digest)
          throw new AppError('changed-meanwhile', say('What would be installed has changed since it was shown.'), {
            remedy: say('Look at it again.'),
          });
        refuseForeign(seen);
        if (seen.state === 'installed') return seen;
        const answers = await use(scheduler.ask, context);
        // Without its scheduler a file would only lie there.
        if (answers.missing || scheduler.read(answers).running === null) return seen;
        for (const file of seen.files) await writeScheduleFile(file.path, file.content, scheduler);
        const done: Done = [];
        const ok = await runAll(scheduler.install, done, context);
        const after = await show(wanted, context);
        return {
          ...after,
          done,
          changed: true,
          problems: [
            ...after.problems,
            ...(ok ? [] : [refused(done, byHandLeft(scheduler.install.map(typed), done), context)]),
          ],
        };
      }),
    remove: (context) =>
      alone(async () => {
        const seen = await show(null, context);
        refuseForeign(seen);
        if (seen.state === 'none') return seen;
        const done: Done = [];
        const before = await runAll(scheduler.remove.before, done, context);
        await removeScheduleFiles(scheduler);
        const after = await runAll(scheduler.remove.after, done, context);
        const left = await show(null, context);
        const commands = [...scheduler.remove.before, ...scheduler.remove.after].map(typed);
        return {
          ...left,
          done,
          changed: true,
          problems: [
            ...left.problems,
            ...((before && after) || left.state === 'none' ? [] : [refused(done, byHandLeft(commands, done), context)]),
          ],
        };
      }),
  };
}

const stateOf = (found: Found | undefined, content: string): ScheduleDocument['files'][number]['state'] => {
  if (!found || found.content === null) return 'missing';
  if (!found.ours) return 'foreign';
  return found.content === content ? 'same' : 'differs';
};

/** From the one that failed on. */
const byHandLeft = (commands: readonly string[], done: Done): string => {
  const failed = done.findLast(({ ok }) => !ok)?.command;
  return commands.slice(Math.max(0, commands.indexOf(failed ?? ''))).join(' && ');
};

const refused = (done: Done, commands: string, { t }: Context): string => {
  const failed = done.findLast(({ ok }) => !ok);
  return t('“{command}” was refused: {answer}. To do it by hand, type: {commands}', {
    command: failed?.command ?? '?',
    answer: failed?.answer || t('none'),
    commands,
  });
};
