/** A regular look: when it is taken and at what, and how it stands on this computer. */
import { z } from 'zod';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const Schedule = z.strictObject({
  every: z.enum(['day', 'week']).default('day'),
  /** Which day of the week; without meaning for `day`. */
  on: z.enum(WEEKDAYS).default('monday'),
  /** HH:MM, by this computer's clock. */
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time; write it like 07:30')
    .default('07:30'),
  /** All clients of the list, or the one saved set-up with this id. */
  what: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('clients') }),
      z.strictObject({ kind: z.literal('set-up'), id: z.uuid() }),
    ])
    .default({ kind: 'clients' }),
  /** Where this computer is, seen from the offices; `tell` goes by the facts. */
  place: z.enum(['tell', 'office', 'away']).default('tell'),
  /** Full path of an environment file; null for the public clouds. */
  environmentFile: z.string().min(1).max(4096).nullable().default(null),
});
export type Schedule = z.infer<typeof Schedule>;

export const SchedulerName = z.enum(['systemd', 'launchd', 'task-scheduler']);
export type SchedulerName = z.infer<typeof SchedulerName>;

export const ScheduleDocument = z.object({
  schema: z.literal('relayready/schedule@1'),
  system: SchedulerName,
  /**
   * `none`: nothing is scheduled. `installed`: the system runs what is shown. `other`: a regular look is installed, but not the one
   * shown. `not-running`: the files are there, and the system does not run them. `foreign`: a file of that name is not ours.
   */
  state: z.enum(['none', 'installed', 'other', 'not-running', 'foreign']),
  /** What is installed, or null. */
  installed: Schedule.nullable(),
  /** What is shown here; null when nothing was asked for and nothing is installed. */
  schedule: Schedule.nullable(),
  /** When any client was looked at last, by the schedule or by hand; ISO 8601, UTC. Null when nothing is installed or nobody looked. */
  lastLook: z.string().nullable(),
  /** The command that would run, word by word. */
  command: z.array(z.string()),
  files: z.array(
    z.object({ path: z.string(), content: z.string(), state: z.enum(['missing', 'same', 'differs', 'foreign']) }),
  ),
  /** To type by hand instead: what installs it once the files are there, what takes it away, and a line for cron where there is one. */
  byHand: z.object({ install: z.array(z.string()), remove: z.array(z.string()), cron: z.string().nullable() }),
  /** Recognises what was shown when it is to be installed. */
  digest: z.string(),
  /** What was run, and what became of it. */
  done: z.array(z.object({ command: z.string(), ok: z.boolean(), answer: z.string() })),
  changed: z.boolean(),
  /** What stands in the way, and what to do about it; one sentence each. */
  problems: z.array(z.string()),
});
export type ScheduleDocument = z.infer<typeof ScheduleDocument>;

/** How this program is started again: its file, and what stands before the command's own words. */
export type Program = {
  readonly file: string;
  readonly args: readonly string[];
  /** The packaged window; an AppImage's mount needs rights that hardening takes away. */
  readonly packaged: boolean;
};

/** What a scheduler is to run; every word is passed on exactly as it stands. */
export type Job = {
  readonly program: Program;
  /** Behind the program's own arguments. */
  readonly words: readonly string[];
};

/** Longest a look may take, in seconds; what is open then could not be told. */
export const LOOK_SECONDS = 3600;
/** The scheduler ends what does not end by itself. */
export const END_SECONDS = LOOK_SECONDS + 300;

/** @param language of the notice */
export function lookWords(schedule: Schedule, dataFolder: string, language: string): readonly string[] {
  const { what, place, environmentFile } = schedule;
  return [
    'fleet',
    'look',
    '--notify',
    ...(what.kind === 'set-up' ? ['--set-up', what.id] : []),
    ...(place === 'tell' ? [] : [`--${place}`]),
    '--language',
    language,
    '--deadline',
    String(LOOK_SECONDS),
    ...(environmentFile === null ? [] : ['--environment', environmentFile]),
    '--data-folder',
    dataFolder,
  ];
}
