/** One program at a time: the window and a scheduled command may want to write the same file. */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { storageError } from './write-file.ts';

const WAIT_MS = 10_000;
const PAUSE_MS = 25;
/** Between making the lock and signing it passes a moment; a lock that stays unsigned was left by a program that was killed. */
const UNSIGNED_MS = 2000;
/** Nothing is written for so long: its number is by now another program's, or the computer it ran on is gone. */
const LEFT_MS = 120_000;

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
      await writeFile(signature, `${process.pid} ${os.hostname()}`);
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
  if (held.has(lock)) return false;
  const [number = '', host = ''] = (await readFile(signature, 'utf8').catch(() => '')).split(' ');
  const pid = Number(number);
  const signed = Number.isSafeInteger(pid) && pid > 0;
  const here = signed && host === os.hostname();
  if (here && pid === process.pid) return true;
  if (here && !isRunning(pid)) return true;
  const made = await stat(lock).catch(() => null);
  // Either way: the clock of this computer may have been set back.
  return made !== null && Math.abs(Date.now() - made.mtimeMs) > (signed ? LEFT_MS : UNSIGNED_MS);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
