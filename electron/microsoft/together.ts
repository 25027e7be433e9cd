/** Calls made side by side that stand or fall together: when one fails, the others end, and nothing goes on behind its back. */
import { joinSignals } from '../net/deadline.ts';

/** @param start begins all calls with the signal that ends them */
export async function together<T extends readonly unknown[]>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => { readonly [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const failed = new AbortController();
  const calls = start(joinSignals(signal, failed.signal));
  try {
    return await Promise.all(calls);
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(calls);
    throw error;
  }
}
