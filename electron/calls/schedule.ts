/** Regular looks by this computer's own scheduler. */
import os from 'node:os';
import type { scheduleCalls } from '../../core/calls/schedule.ts';
import { AppError } from '../../core/errors.ts';
import type { Schedule } from '../../core/schedule/schedule.ts';
import { say } from '../../core/text.ts';
import { programHere } from '../schedule/program-here.ts';
import { runTool } from '../schedule/run-command.ts';
import type { Place } from '../schedule/schedulers.ts';
import { openSchedules } from '../schedule/schedules.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

/** The name of the person as Windows' Task Scheduler wants it. */
function userHere(env: NodeJS.ProcessEnv): string {
  try {
    const { username } = os.userInfo();
    const domain = env['USERDOMAIN'];
    return domain ? `${domain}\\${username}` : username;
  } catch {
    // A container may run under a number that has no name.
    return env['USERNAME'] ?? env['USER'] ?? 'user';
  }
}

const placeHere = (dataFolder: string): Place => ({
  platform: process.platform,
  home: os.homedir(),
  env: process.env,
  dataFolder,
  uid: process.getuid?.() ?? 0,
  user: userHere(process.env),
});

export const schedulePart = ({ worlds, setUps, clients, dataFolder }: EngineParts): PartOf<typeof scheduleCalls> => {
  const lastLook = async (): Promise<string | null> => {
    const all = await Promise.all((await clients.all()).map(({ id }) => clients.histories.folded(id)));
    return all
      .flatMap(({ sites }) => [...sites.values()].map(({ at }) => at))
      .reduce<string | null>((last, at) => (last === null || at > last ? at : last), null);
  };
  const schedules = () =>
    openSchedules({ place: placeHere(dataFolder), program: programHere(), run: runTool, lastLook });
  /** What is to be looked at has to be there, and be more than practice. */
  const check = async ({ what }: Schedule): Promise<void> => {
    if (what.kind !== 'set-up') return;
    const { environment } = await setUps.load(what.id);
    if (worlds.get(environment).environment.practice)
      throw new AppError('bad-environment', say('A set-up that is only practised has nothing to look at later.'), {
        remedy: say('Choose a set-up of a real office.'),
      });
  };
  return {
    'schedule.show': async ({ schedule }, context) => {
      if (schedule) await check(schedule);
      return schedules().show(schedule, context);
    },
    'schedule.install': async ({ schedule, digest }, context) => {
      await check(schedule);
      return schedules().install(schedule, digest, context);
    },
    'schedule.remove': (_, context) => schedules().remove(context),
  };
};
