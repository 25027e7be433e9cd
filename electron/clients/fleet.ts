/** The checks over many profiles: side by side, polite to every server, each result written down before it is handed out. */
import type { Profile } from '../../core/profile.ts';
import type { ReportVerdict } from '../../core/result.ts';
import type { Report } from '../../core/report/report.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import type { CallContext } from '../dispatch.ts';
import { createShared } from '../net/net.ts';
import type { Rates } from '../net/pace.ts';
import { check } from '../office.ts';
import { rowKeys, type FleetProgress } from '../storage/fleet-progress.ts';
import type { ProfileRow } from '../storage/read-profiles.ts';
import type { World } from '../worlds.ts';
import { ownAddressOf } from './own-address.ts';
import { sideBySide } from './side-by-side.ts';
import { awayFrom, type Whereabouts } from './whereabouts.ts';

export type FleetVerdict = ReportVerdict | 'bad';
export type FleetAnswer =
  { readonly where: string; readonly report: Report } | { readonly where: string; readonly error: AppError };

export type FleetOptions = {
  readonly rows: AsyncIterable<ProfileRow>;
  readonly world: World;
  readonly place: Whereabouts['place'];
  readonly only?: readonly string[] | undefined;
  readonly atOnce: number;
  readonly rates: Rates;
  readonly progress: FleetProgress;
  readonly context: CallContext;
  /** The line to hand out for one answer. */
  readonly lineOf: (answer: FleetAnswer) => string;
  /** Hands a line out; a promise when it is not on its way yet. */
  readonly print: (line: string) => Promise<void> | void;
  /** Told of every row that is done, also of those of an earlier run. */
  readonly onDone: (verdict: FleetVerdict, earlier: boolean) => void;
};

type Item = { readonly key: string; readonly where: string } & (
  { readonly profile: Profile } | { readonly error: AppError }
);

/** A client that was exported whole is as many profiles as it has offices. */
async function* itemsOf(rows: AsyncIterable<ProfileRow>): AsyncGenerator<Item> {
  const keyOf = rowKeys();
  for await (const row of rows) {
    const { where } = row;
    if ('problem' in row) {
      const error = new AppError('bad-profile', row.problem, { field: row.field ?? where, remedy: row.remedy });
      yield { key: keyOf([where, error.message]), where, error };
    } else if ('profile' in row) yield { key: keyOf(row.profile), where, profile: row.profile };
    else
      for (const { id, profile } of row.document.sites)
        yield { key: keyOf(profile), where: row.document.sites.length === 1 ? where : `${where} ${id}`, profile };
  }
}

/** @throws AppError for what is wrong with the whole run; the signal's reason when aborted */
export async function checkFleet(options: FleetOptions): Promise<void> {
  const { world, place, only, progress, context, lineOf, print, onDone } = options;
  const { signal } = context;
  const life = new AbortController();
  const shared = createShared(options.rates, life.signal);
  const quiet: CallContext = { ...context, onProgress: () => undefined };
  const whereabouts = { place, ownAddress: ownAddressOf(world, world.net(shared), context) };

  const look = async (profile: Profile): Promise<Report> =>
    check(world, profile, quiet, {
      net: world.net(shared),
      away: await awayFrom(profile.publicIps, whereabouts),
      exchange: null,
      ...(only ? { only } : {}),
    });
  const answerOf = async (item: Item): Promise<FleetAnswer> => {
    if ('error' in item) return item;
    try {
      return { where: item.where, report: await look(item.profile) };
    } catch (error) {
      // A wrong option is wrong for all of them, and an interruption is no answer.
      if (!isAppError(error) || error.code === 'cancelled' || error.code === 'bad-option') throw error;
      return { where: item.where, error };
    }
  };
  const hand = async (key: string, line: string): Promise<void> => {
    const later = print(line);
    if (later) await later;
    progress.printed(key);
  };
  const work = async (item: Item): Promise<void> => {
    const before = progress.finished.get(item.key);
    if (before) {
      if (before.text !== null) {
        await hand(item.key, before.text);
      }
      return onDone(before.verdict as FleetVerdict, true);
    }
    const answer = await answerOf(item);
    const verdict = 'report' in answer ? answer.report.verdict : 'bad';
    const line = lineOf(answer);
    progress.done(item.key, verdict, line);
    await hand(item.key, line);
    onDone(verdict, false);
  };
  try {
    await sideBySide(itemsOf(options.rows), work, { atOnce: options.atOnce, pace: shared.pace, signal });
  } finally {
    life.abort(new Error('the run has ended'));
  }
}
