/** `schedule`: regular looks by this computer's own scheduler; shown first, installed only when somebody agrees. */
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { Schedule, WEEKDAYS, type ScheduleDocument } from '../../core/schedule/schedule.ts';
import { scheduleText } from '../../core/report/schedule-text.ts';
import { say, type Text } from '../../core/text.ts';
import type { Command, CommandContext } from '../terminal/command.ts';
import { placeOf } from '../terminal/fleet-options.ts';
import { recall } from '../terminal/remember.ts';

const VERBS = ['show', 'install', 'remove', 'status'] as const;
type Verb = (typeof VERBS)[number];

const schedule: Command = {
  summary: say('Looks at all clients, or at one office, every day or week by this computer’s own scheduler.'),
  usage: 'show | install | remove | status',
  options: {
    every: { type: 'string', value: 'day|week', help: say('how often (day)') },
    on: { type: 'string', value: 'DAY', help: say('which day of the week (monday)') },
    at: { type: 'string', value: 'HH:MM', help: say('at what time (07:30)') },
    office: { type: 'boolean', help: say('this computer is in the office: look at its line, port 25 and devices') },
    away: {
      type: 'boolean',
      help: say('this computer is in none of the offices: leave out what only makes sense there'),
    },
    yes: { type: 'boolean', help: say('do not ask before installing or removing') },
  },
  positionals: 1,
  verbs: VERBS,
  examples: [
    { line: 'relayready schedule show --every day --at 07:30', text: say('What would be installed; nothing is.') },
  ],
  run: async (context) => {
    const [word = ''] = context.positionals;
    const verb = VERBS.find((one) => one === word);
    if (verb === undefined)
      throw new AppError('missing-input', say('Write “schedule show”, “install”, “remove” or “status”.'), {
        field: 'show',
        remedy: say('For example: relayready schedule show --every day --at 07:30'),
      });
    const document = await carryOut(verb, context);
    context.print(document, scheduleText(document, verb, context.t));
    const { state, changed, problems } = document;
    if (verb === 'show') return 0;
    if (verb === 'install') return state === 'installed' && problems.length === 0 ? 0 : 3;
    if (verb === 'remove') return state === 'none' && (!changed || problems.length === 0) ? 0 : 3;
    return state === 'installed' || state === 'none' ? 0 : 3;
  },
};
export default schedule;

async function carryOut(verb: Verb, context: CommandContext): Promise<ScheduleDocument> {
  if (verb === 'status') return context.call('schedule.show', { schedule: null });
  if (verb === 'remove') {
    const now = await context.call('schedule.show', { schedule: null });
    if (now.state === 'none') return now;
    await agree(scheduleText(now, 'status', context.t), say('Take the regular look away now?'), context);
    return context.call('schedule.remove', {});
  }
  const wanted = await wantedOf(context);
  const shown = await context.call('schedule.show', { schedule: wanted });
  if (verb === 'show' || shown.state === 'installed') return shown;
  await agree(scheduleText(shown, 'show', context.t), say('Install this now?'), context);
  return context.call('schedule.install', { schedule: wanted, digest: shown.digest });
}

async function agree(shown: string, question: Text, context: CommandContext): Promise<void> {
  if (context.flag('yes')) return;
  (context.flag('yes') ? context.note : context.warn)(shown);
  if (!(await context.confirm(question, '--yes'))) throw new AppError('cancelled', say('Nothing was changed.'));
}

/** @throws AppError `bad-option`, and `not-found` when nothing is saved of the domain */
async function wantedOf(context: CommandContext): Promise<Schedule> {
  const environmentFile = context.text('environment');
  const environment = await context.environment();
  const given = {
    every: context.text('every'),
    on: context.text('on')?.toLowerCase(),
    at: context.text('at'),
    place: placeOf(context),
    what: await whatOf(environment, context),
    environmentFile: environmentFile === undefined ? undefined : path.resolve(environmentFile),
  };
  const parsed = Schedule.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (parsed.success) return parsed.data;
  const option = String(parsed.error.issues[0]?.path[0] ?? '');
  throw new AppError(
    'bad-option',
    say('“{value}” is not a value for {option}.', {
      value: String(given[option as keyof typeof given] ?? '').slice(0, 80),
      option: `--${option}`,
    }),
    { field: `--${option}`, remedy: REMEDIES[option] ?? say('See --help.') },
  );
}

const REMEDIES: Readonly<Record<string, Text>> = {
  every: say('Write day or week.'),
  on: say('Write one of {days}.', { days: WEEKDAYS.join(', ') }),
  at: say('Write a time of day like 07:30.'),
};

/** Of one domain when it is named by a profile or `--domain`, else all clients. */
async function whatOf(environment: string, context: CommandContext): Promise<Schedule['what']> {
  if (context.text('profile') === undefined && context.text('domain') === undefined) return { kind: 'clients' };
  const { domain } = await context.profile();
  const known = await recall(await context.api(), environment, domain);
  if (known) return { kind: 'set-up', id: known.id };
  throw new AppError('not-found', say('Nothing is saved here of {domain}.', { domain }), {
    field: '--domain',
    remedy: say('Run “relayready check” for it first: that saves it.'),
  });
}
