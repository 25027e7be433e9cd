/** One program at a time: the window and a scheduled command may want to write the same file. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { storageError } from './write-file.ts';

const WAIT_MS = 10_000;
const PAUSE_MS = 25;
/** Between making the lock and signing it passes a moment; a lock that stays unsigned was left by a program that was killed. */
const UNSIGNED_MS = 2000;

/** Locks this program holds; one that bears its number and is not among them was left when it could not be taken away. */
const held = new Set<string>();

/** @param file what is written; the lock stands beside it. @throws AppError `storage` when another program keeps it */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  const signature = path.join(lock, 'pid');
  const until = performance.now() + WAIT_MS;
  for (;;)
    try {
      // Making a folder is atomic everywhere, network drives included.
      await mkdir(lock, { mode: 0o700 });
      held.add(lock);
      await writeFile(signature, String(process.pid));
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await release(lock);
        throw storageError(error, file);
      }
      if (await isLeft(lock, signature))
        await rm(lock, { recursive: true, force: true }).catch((left: unknown) => {
          throw storageError(left, file);
        });
      else if (performance.now() > until)
        throw new AppError('storage', say('Another RelayReady on this computer is writing {file}.', { file }), {
          remedy: say('Try again in a moment.'),
        });
      else await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  try {
    return await work();
  } finally {
    await release(lock);
  }
}

/** What was saved is saved, even where the lock cannot be taken away; it is then recognised as left. */
async function release(lock: string): Promise<void> {
  if (!held.delete(lock)) return;
  await rm(lock, { recursive: true, force: true }).catch(() => undefined);
}

/** A program that was killed cannot take its lock away. */
async function isLeft(lock: string, signature: string): Promise<boolean> {
  const pid = Number(await readFile(signature, 'utf8').catch(() => NaN));
  if (held.has(lock)) return false;
  if (pid === process.pid) return true;
  if (Number.isSafeInteger(pid) && pid > 0)
    try {
      process.kill(pid, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  const made = await stat(lock).catch(() => null);
  return made !== null && Date.now() - made.mtimeMs > UNSIGNED_MS;
}
