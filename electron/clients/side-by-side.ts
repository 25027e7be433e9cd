/** Works on many items side by side, taking the next one only while no server has a line in front of it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pace } from '../net/pace.ts';

/** A longer line anywhere, and nobody new is let in: what waits in it would eat into the checks' own deadlines. */
const MOST_WAIT_MS = 400;
const LOOK_MS = 15;
const SETTLE_MS = 3;

export type SideBySide = {
  readonly atOnce: number;
  readonly pace: Pace;
  readonly signal: AbortSignal;
};

/** @throws what `work` throws first, once everything that was begun has ended; the signal's reason when aborted */
export async function sideBySide<T>(
  items: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<void>,
  { atOnce, pace, signal }: SideBySide,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let trouble: { readonly error: unknown } | null = null;
  for await (const item of items) {
    while (running.size >= atOnce) await Promise.race(running);
    // The first questions of the one before stand in line by then.
    if (running.size > 0) await pause(SETTLE_MS);
    while (pace.longestWaitMs() > MOST_WAIT_MS && !signal.aborted) await pause(LOOK_MS);
    if (signal.aborted || trouble) break;
    const run = work(item)
      .catch((error: unknown) => void (trouble ??= { error }))
      .finally(() => running.delete(run));
    running.add(run);
  }
  await Promise.all(running);
  signal.throwIfAborted();
  const first = trouble as { readonly error: unknown } | null;
  if (first) throw first.error;
}
