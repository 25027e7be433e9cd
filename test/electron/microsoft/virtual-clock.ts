/** Time that passes only while nothing else is going on: waits of minutes take none, and their order stays true. */
import type { Wait } from '../../../electron/microsoft/retry-after.ts';

export type VirtualClock = {
  readonly now: () => number;
  readonly wait: Wait;
  /** Time stands still while the work is under way. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
  /** The other side sleeps; that is not work. */
  readonly asleep: (ms: number) => Promise<void>;
  /** Until nobody waits any more. */
  readonly quiet: () => Promise<void>;
};

type Timer = { readonly atMs: number; readonly ring: () => void };

/** A Monday; dates in headers are made from it. */
const START_MS = Date.UTC(2026, 10, 23, 9);

export function virtualClock(): VirtualClock {
  let now = START_MS;
  let busy = 0;
  let timers: readonly Timer[] = [];
  let isChecking = false;

  const tick = (): void => {
    if (isChecking) return;
    isChecking = true;
    // Twice, so that whatever an answer sets off has begun before time moves on.
    setImmediate(() =>
      setImmediate(() => {
        isChecking = false;
        const [first] = timers;
        if (busy > 0 || !first) return;
        timers = timers.slice(1);
        now = Math.max(now, first.atMs);
        first.ring();
        tick();
      }),
    );
  };
  const wait: Wait = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const stop = (): void => {
        timers = timers.filter((one) => one !== timer);
        reject(signal.reason as Error);
      };
      const timer: Timer = {
        atMs: now + ms,
        ring: () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      timers = [...timers, timer].toSorted((one, other) => one.atMs - other.atMs);
      tick();
    });
  const leave = (): void => {
    busy -= 1;
    tick();
  };
  return {
    now: () => now,
    wait,
    track: async (work) => {
      busy += 1;
      try {
        return await work;
      } finally {
        leave();
      }
    },
    asleep: async (ms) => {
      leave();
      await wait(ms, new AbortController().signal);
      busy += 1;
    },
    quiet: async () => {
      while (timers.length > 0) await wait(1, new AbortController().signal);
    },
  };
}
