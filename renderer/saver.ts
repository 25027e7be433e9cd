/** Saves soon after an answer, also while somebody types on; one save after the other, so that an older state never overwrites a newer one. */
import type { SetUp } from '../core/set-up.ts';

export type Saver = {
  readonly later: (setUp: SetUp) => void;
  /** Saves what still waits and resolves when it is on disk, or could not be written. */
  readonly flush: () => Promise<void>;
  /** Forgets what of a set-up still waits, once what is being written is written. */
  readonly drop: (id: string) => Promise<void>;
};

/** From the first unsaved keystroke, not from the last: who types without a pause loses no more than this. */
export const SAVE_DELAY_MS = 150;
/** A full disk or a virus scanner may let go again. */
const AGAIN_MS = 3000;

export function createSaver(
  save: (setUp: SetUp) => Promise<unknown>,
  onState: (state: 'saving' | 'saved' | 'failed') => void,
): Saver {
  /** By id: a set-up that could not be written waits on while another one is worked at. */
  const waiting = new Map<string, SetUp>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<void> = Promise.resolve();

  const plan = (ms: number): void => {
    timer ??= setTimeout(() => void flush(), ms);
  };
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const write = async (setUp: SetUp): Promise<void> => {
    try {
      await save({ ...setUp, savedAt: new Date().toISOString() });
      onState(waiting.size > 0 ? 'saving' : 'saved');
    } catch {
      onState('failed');
      if (!waiting.has(setUp.id)) waiting.set(setUp.id, setUp);
      plan(AGAIN_MS);
    }
  };
  const flush = (): Promise<void> => {
    stop();
    for (const setUp of waiting.values()) last = last.then(() => write(setUp));
    waiting.clear();
    return last;
  };
  return {
    later: (setUp) => {
      waiting.set(setUp.id, setUp);
      onState('saving');
      plan(SAVE_DELAY_MS);
    },
    flush,
    drop: async (id) => {
      waiting.delete(id);
      await last;
      waiting.delete(id);
    },
  };
}
