/** One sign-in at a time: a second one takes the place of the one that still waits, whose late answer then finds nobody. */
import { joinSignals } from '../net/deadline.ts';
import { signInReplaced } from './sign-in-errors.ts';

const waiting = new WeakMap<object, AbortController>();

/** @param world whose sign-in it is. @returns a signal that also ends when the next one begins */
export function insteadOfEarlier(world: object, signal: AbortSignal): AbortSignal {
  waiting.get(world)?.abort(signInReplaced());
  const mine = new AbortController();
  waiting.set(world, mine);
  return joinSignals(signal, mine.signal);
}
