/** Saves soon after the last keystroke, one save after the other, so that an older state never overwrites a newer one. */
import type { SetUp } from '../core/set-up.ts';

export type Saver = {
  readonly later: (setUp: SetUp) => void;
  /** Saves what still waits and resolves when it is on disk. */
  readonly flush: () => Promise<void>;
  /** Forgets what still waits. */
  readonly drop: () => void;
};

export const SAVE_DELAY_MS = 250;

export function createSaver(
  save: (setUp: SetUp) => Promise<unknown>,
  onState: (state: 'saving' | 'saved' | 'failed') => void,
): Saver {
  let waiting: SetUp | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    const setUp = waiting;
    waiting = null;
    if (setUp)
      last = last
        .then(() => save({ ...setUp, savedAt: new Date().toISOString() }))
        .then(
          () => onState(waiting ? 'saving' : 'saved'),
          () => onState('failed'),
        );
    return last;
  };
  return {
    later: (setUp) => {
      waiting = setUp;
      onState('saving');
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), SAVE_DELAY_MS);
    },
    flush,
    drop: () => {
      clearTimeout(timer);
      waiting = null;
    },
  };
}
