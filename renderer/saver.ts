/** Saves soon after an answer, also while somebody types on; one save after the other, so that an older state never overwrites a newer one. */
import type { SetUp } from '../core/set-up.ts';
import { ClientError } from './client.ts';

export type Saver = {
  /** It was read from disk, and may be written over. */
  readonly opened: (setUp: SetUp) => void;
  readonly later: (setUp: SetUp) => void;
  /** Saves what still waits and resolves when it is on disk, or could not be written. */
  readonly flush: () => Promise<void>;
  /** Forgets what of a set-up still waits, once what is being written is written. */
  readonly drop: (id: string) => Promise<void>;
};

/** From the first unsaved keystroke, not from the last: who types without a pause loses no more than this. */
export const SAVE_DELAY_MS = 150;
/** Saves whose answer was lost may have been written all the same. */
const MOST_TRIES = 10;
/** A full disk or a virus scanner may let go again. */
const AGAIN_MS = 3000;

export function createSaver(
  save: (setUp: SetUp, replaces: readonly string[]) => Promise<unknown>,
  onState: (state: 'saving' | 'saved' | 'failed') => void,
  /** Another window saved it meanwhile; nothing was written. */
  onMeanwhile: (id: string) => void,
): Saver {
  /** By id: a set-up that could not be written waits on while another one is worked at. */
  const waiting = new Map<string, SetUp>();
  /** By id: `savedAt` of what lies on disk as far as this page knows. */
  const onDisk = new Map<string, readonly string[]>();
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
    const before = onDisk.get(setUp.id) ?? [];
    const savedAt = new Date().toISOString();
    onDisk.set(setUp.id, [...before, savedAt].slice(-MOST_TRIES));
    try {
      await save({ ...setUp, savedAt }, before);
      onDisk.set(setUp.id, [savedAt]);
      onState(waiting.size > 0 ? 'saving' : 'saved');
    } catch (error) {
      if (error instanceof ClientError && error.wire.code === 'changed-meanwhile') {
        waiting.delete(setUp.id);
        return onMeanwhile(setUp.id);
      }
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
    opened: ({ id, savedAt }) => void onDisk.set(id, [savedAt]),
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
