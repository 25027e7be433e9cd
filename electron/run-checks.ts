/** Finds the checks in their folder and runs them: each as soon as what it needs is known, within its deadline, cancellable. */
import { readdir } from 'node:fs/promises';
import { AppError, isAppError } from '../core/errors.ts';
import type { Environment } from '../core/environment.ts';
import type { Sighting } from '../core/evidence/sighting.ts';
import type { Profile } from '../core/profile.ts';
import type { Progress } from '../core/progress.ts';
import { Station, verdictOf, type CheckResult, type Verdict } from '../core/result.ts';
import type { Report } from '../core/report/report.ts';
import { say, type Text, type Translate } from '../core/text.ts';
import { NothingToJudge, notNeeded, type Check } from './check.ts';
import type { Exchange } from './microsoft/exchange.ts';
import { manyMayWait } from './net/deadline.ts';
import type { Net } from './net/net.ts';

export type Checks = ReadonlyMap<string, Check>;

let own: Promise<Checks> | null = null;
/** Every file in `checks/` is a check, its default export; the id is the file's name. */
export function loadChecks(folder?: URL): Promise<Checks> {
  if (folder) return load(folder);
  own ??= load(new URL('./checks/', import.meta.url));
  return own;
}

async function load(folder: URL): Promise<Checks> {
  const files = (await readdir(folder)).filter((file) => /^[a-z0-9-]+\.(ts|js)$/.test(file)).sort();
  const checks = await Promise.all(
    files.map(async (file) => {
      const module = (await import(new URL(file, folder).href)) as { default: Check };
      return [file.replace(/\.(ts|js)$/, ''), module.default] as const;
    }),
  );
  // In the order of the path; essential ones first, and what others need before them.
  const rank = ([id, check]: readonly [string, Check]) =>
    `${Station.options.indexOf(check.station)} ${check.essential ? 0 : 1} ${depthOf(check)} ${id}`;
  return new Map(checks.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)));
}

const depthOf = (check: Check): number =>
  Math.max(0, ...Object.values(check.needs).map((need) => 1 + depthOf(need as Check)));

export type RunOptions = {
  readonly checks: Checks;
  readonly profile: Profile;
  readonly environment: Environment;
  readonly net: Net;
  readonly exchange: Exchange | null;
  /** Addresses this office was seen from before. */
  readonly sightings?: readonly Sighting[];
  /** Report these only; what they need is run as well. */
  readonly only?: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly t: Translate;
  /** `performance.now()` by which everything has to be told or called unknown. */
  readonly deadlineAt?: number;
  /** Why this computer is not in the office; checks that only make sense there are then left out. */
  readonly away?: Text | null;
};

/** @throws AppError `bad-option` for an unknown id in `only`; `cancelled` when the signal aborts. */
export async function runChecks(options: RunOptions): Promise<Report> {
  const { checks, only, signal } = options;
  manyMayWait(signal);
  for (const id of only ?? [])
    if (!checks.has(id))
      throw new AppError('bad-option', say('There is no check called “{id}”.', { id }), {
        field: '--only',
        remedy: say('Use one or more of: {ids}.', { ids: [...checks.keys()].join(', ') }),
      });
  const startedAt = new Date();
  const begun = performance.now();
  const ids = new Map([...checks].map(([id, check]) => [check, id]));
  const running = new Map<Check, Promise<Finished>>();
  const start = (check: Check): Promise<Finished> => {
    const known = running.get(check);
    if (known) return known;
    const run = runOne(ids.get(check) ?? '?', check, options, start);
    running.set(check, run);
    return run;
  };
  const wanted = [...checks].filter(([id]) => !only || only.includes(id));
  const finished = await Promise.all(wanted.map(([, check]) => start(check)));
  signal.throwIfAborted();
  const results = finished.map(({ result }) => result);
  return {
    schema: 'relayready/report@1',
    profile: options.profile,
    environment: options.environment.name,
    practice: options.environment.practice !== undefined,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - begun),
    verdict: verdictOf(results),
    results,
  };
}

type Finished = { readonly evidence: object; readonly result: CheckResult };

async function runOne(
  id: string,
  check: Check,
  options: RunOptions,
  start: (check: Check) => Promise<Finished>,
): Promise<Finished> {
  const { profile, environment, net, exchange, sightings = [], signal, onProgress, t, away = null } = options;
  // All at once; a probe waits for what it needs when it needs it.
  const begun = performance.now();
  const needs = Object.entries(check.needs).map(
    ([name, need]) => [name, start(need).then((finished) => finished.evidence)] as const,
  );
  const needed = Promise.all(needs.map(async ([name, found]) => [name, await found] as const)).then(
    (all) => Object.fromEntries(all) as Record<string, never>,
  );
  needed.catch(() => undefined);
  const progress = (text: Text) => onProgress({ topic: id, state: 'running', message: t(text) });
  progress(check.title);
  let evidence = check.blank;
  let verdict: Verdict;
  try {
    const limits = { afterNeedsMs: check.deadlineMs, needed, at: options.deadlineAt ?? Infinity };
    const leftOut = check.atOffice ? away : null;
    const gathered = await withLimits(limits, signal, async (limited) => {
      if (leftOut !== null) return notNeeded(leftOut);
      const promised = Object.fromEntries(needs) as Record<string, never>;
      return check.probe({
        profile,
        environment,
        net,
        exchange,
        sightings,
        needs: promised,
        signal: limited,
        progress,
      });
    });
    if (gathered instanceof NothingToJudge) {
      verdict = {
        status: gathered.status,
        summary: t(gathered.reason),
        fix: gathered.fix.map((text) => t(text)),
        who: gathered.who,
      };
    } else {
      evidence = check.evidence.parse(gathered);
      verdict = check.judge(evidence, { profile, environment, needs: await needed, t });
    }
  } catch (error) {
    verdict = troubleVerdict(error, performance.now() - begun, signal, t);
  }
  const result: CheckResult = {
    id,
    title: t(check.title),
    why: t(check.why),
    station: check.station,
    essential: check.essential,
    needsSignIn: check.needsSignIn,
    status: verdict.status,
    summary: verdict.summary,
    cause: verdict.cause ?? null,
    fix: [...(verdict.fix ?? [])],
    who: verdict.who ?? (verdict.status === 'fail' ? 'you' : 'nobody'),
    evidence: { ...evidence },
    details: [...(verdict.details ?? [])],
    durationMs: Math.round(performance.now() - begun),
  };
  onProgress({ topic: id, state: 'done', message: result.summary, result });
  return { evidence, result };
}

/** Our own trouble is `unknown`, never the customer's failure; a bug is not dressed up as either. */
function troubleVerdict(error: unknown, waitedMs: number, signal: AbortSignal, t: Translate): Verdict {
  if (signal.aborted) throw new AppError('cancelled', say('The checks were stopped.'), { cause: error });
  if (error instanceof Deadline)
    return {
      status: 'unknown',
      summary: t('This could not be told within {seconds, number} seconds.', {
        seconds: Math.round(waitedMs / 1000),
      }),
      fix: [t('Try again; if it stays like this, check the internet connection of this computer.')],
      who: 'you',
    };
  if (isAppError(error))
    return {
      status: 'unknown',
      summary: t(error.text),
      cause: error.detail,
      fix: error.remedy ? [t(error.remedy)] : [],
      who: error.who ?? (error.remedy ? 'you' : 'nobody'),
    };
  throw error;
}

class Deadline extends Error {}

type Limits = {
  /** Wall clock once everything the check needs is known. */
  readonly afterNeedsMs: number;
  readonly needed: Promise<unknown>;
  /** `performance.now()` of the end of the whole run. */
  readonly at: number;
};

/** Runs `work` under a signal that aborts with the given one or at a limit; rejects at once when it does. */
async function withLimits<T>(
  { afterNeedsMs, needed, at }: Limits,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  manyMayWait(controller.signal);
  const timers: NodeJS.Timeout[] = [];
  const endAfter = (ms: number) => timers.push(setTimeout(() => controller.abort(new Deadline()), Math.max(0, ms)));
  if (at !== Infinity) endAfter(at - performance.now());
  const relay = () => controller.abort(signal.reason);
  signal.addEventListener('abort', relay, { once: true });
  if (signal.aborted) relay();
  let over = false;
  needed.then(
    () => over || endAfter(afterNeedsMs),
    () => undefined,
  );
  try {
    return await new Promise<T>((resolve, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason as Error), { once: true });
      if (controller.signal.aborted) reject(controller.signal.reason as Error);
      else work(controller.signal).then(resolve, reject);
    });
  } finally {
    over = true;
    for (const timer of timers) clearTimeout(timer);
    signal.removeEventListener('abort', relay);
  }
}
