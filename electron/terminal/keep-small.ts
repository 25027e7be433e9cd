/** Keeps a long run small: the engine lets its memory grow as long as the computer has some, though next to nothing of it is in use. */
import v8 from 'node:v8';
import vm from 'node:vm';

/** Rows between two looks. */
const EVERY = 100;
const MOST_BYTES = 150 * 1024 * 1024;

/** @returns to be called for each row that is done */
export function keepSmall(): () => void {
  let rows = 0;
  let collect: (() => void) | null = null;
  return () => {
    rows += 1;
    if (rows % EVERY !== 0 || process.memoryUsage().heapTotal < MOST_BYTES) return;
    if (collect === null) {
      // The collector is there for whoever asks for it by this flag, also while the program runs.
      v8.setFlagsFromString('--expose-gc');
      const found: unknown = vm.runInNewContext('gc');
      collect = typeof found === 'function' ? (found as () => void) : () => undefined;
    }
    collect();
  };
}
