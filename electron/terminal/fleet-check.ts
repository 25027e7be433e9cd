/** `fleet check PATH`: one line a profile as it finishes, a summary, and an exit code that says the worst. */
import path from 'node:path';
import { verdictWord } from '../../core/report/words.ts';
import { checkFleet, type FleetAnswer, type FleetVerdict } from '../clients/fleet.ts';
import { wireError } from '../dispatch.ts';
import { openFleetProgress } from '../storage/fleet-progress.ts';
import { openLineFile } from '../storage/line-file.ts';
import { readProfiles } from '../storage/read-profiles.ts';
import type { CommandContext } from './command.ts';
import { countRows, fleetCounter } from './fleet-counter.ts';
import { atOnceOf, placeOf, ratesOf } from './fleet-options.ts';

/** Resolves when the line is on its way: a slow reader slows the checks, and nothing piles up. */
export function printLine(line: string): Promise<void> | void {
  const { promise, resolve } = withResolver();
  process.stdout.write(`${line}\n`, resolve);
  // On most systems it is out by now; what is written down next is then as close behind it as can be.
  if (process.stdout.writableLength > 0) return promise;
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

export async function fleetCheck(location: string, context: CommandContext): Promise<number> {
  const { t, note, warn, json } = context;
  const place = placeOf(context);
  const only = context.text('only')?.split(',');
  const atOnce = atOnceOf(context);
  const rates = ratesOf(context);
  const rows = readProfiles(location, { onNote: (text) => warn(t(text)) });
  const total = await countRows(location);
  const api = await context.api();
  const environment = await context.environment();
  const progress = await openFleetProgress({
    dataFolder: api.dataFolder,
    run: ['check', path.resolve(location), environment, place, only ?? null, json],
    resume: context.flag('resume'),
  });
  const out = context.text('out');
  const file = out === undefined ? null : openLineFile(out, context.flag('resume') && progress.finished.size > 0);
  const pending = new Set([...progress.finished.values()].flatMap(({ text }) => text ?? []));
  const there = file && pending.size > 0 ? await file.holds(pending) : new Set<string>();
  const print = (line: string): Promise<void> | void => {
    if (file === null) return printLine(line);
    if (!there.has(line)) file.add(line);
  };
  const counts: Record<FleetVerdict, number> = { ready: 0, 'action-needed': 0, 'cannot-tell': 0, bad: 0 };
  const counter = fleetCounter(total, context);
  const lineOf = (answer: FleetAnswer): string => {
    const { where } = answer;
    if ('report' in answer)
      return json
        ? JSON.stringify({ where, ...answer.report })
        : `${where}: ${answer.report.profile.domain}: ${verdictWord(answer.report.verdict, t)}`;
    const error = wireError(answer.error, t);
    return json ? JSON.stringify({ where, error }) : `${where}: ${error.message} ${error.remedy ?? ''}`.trimEnd();
  };
  let whole = false;
  try {
    await checkFleet({
      rows,
      world: api.worlds.get(environment),
      place,
      only,
      atOnce,
      rates,
      progress,
      context: context.callContext,
      lineOf,
      print,
      onDone: (verdict, earlier) => {
        counts[verdict] += 1;
        counter.count(earlier);
      },
    });
    whole = true;
  } catch (error) {
    // An error document would be no line of this output.
    if (!context.signal.aborted) throw error;
  } finally {
    counter.stop();
    file?.close();
    progress.close(whole || counts.ready + counts['action-needed'] + counts['cannot-tell'] + counts.bad === 0);
  }
  if (!whole) {
    warn(t('Stopped. “--resume” goes on where this run stopped.'));
    return 130;
  }
  note(
    t(
      '{ready, number} ready, {action, number} need something, {unknown, number} could not be told, {bad, number} unreadable.',
      { ready: counts.ready, action: counts['action-needed'], unknown: counts['cannot-tell'], bad: counts.bad },
    ),
  );
  if (counts.bad > 0) return 2;
  if (counts['action-needed'] > 0) return 3;
  return counts['cannot-tell'] > 0 ? 4 : 0;
}
