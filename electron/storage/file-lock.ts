/** One program at a time: the window and a scheduled command may want to write the same file. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

const WAIT_MS = 10_000;
const PAUSE_MS = 25;
/** A program that was killed cannot take its lock away. */
const STALE_MS = 30_000;

/** @param file what is written; the lock stands beside it. @throws AppError `storage` when another program keeps it */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const until = performance.now() + WAIT_MS;
  for (;;)
    try {
      // Making a folder is atomic everywhere, network drives included.
      await mkdir(lock, { mode: 0o700 });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const made = await stat(lock).catch(() => null);
      if (made && Date.now() - made.mtimeMs > STALE_MS) await rm(lock, { recursive: true, force: true });
      else if (performance.now() > until)
        throw new AppError('storage', say('Another RelayReady on this computer is writing {file}.', { file }), {
          remedy: say('Try again in a moment.'),
        });
      else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}
