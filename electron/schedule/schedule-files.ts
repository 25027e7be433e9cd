/** The files a scheduler reads: whose they are, writing them, and taking away what is ours and nothing else. */
import { mkdir, readFile, rm, rmdir, lstat } from 'node:fs/promises';
import path from 'node:path';
import { readMarker, type Mark } from '../../core/schedule/marker.ts';
import { storageError, writeFileSafely } from '../storage/write-file.ts';
import type { Scheduler } from './schedulers.ts';

/** Null: there is no such file, so it is nobody's. */
export type Found = Mark & { readonly content: string | null };

const MOST_BYTES = 64 * 1024;
const BOM = '\ufeff';

/** A link, a folder or a file of another's hand is never ours. @throws AppError `storage` when it cannot be read */
export async function findFile(file: string, { encoding }: Scheduler): Promise<Found> {
  const none = { content: null, ours: false, schedule: null, program: [] };
  try {
    const info = await lstat(file);
    if (!info.isFile() || info.size > MOST_BYTES) return { ...none, content: '' };
    const content = (await readFile(file, encoding)).replace(BOM, '');
    return { content, ...readMarker(content) };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return none;
    throw storageError(error, file);
  }
}

/** @throws AppError `storage` */
export async function writeScheduleFile(file: string, content: string, { encoding }: Scheduler): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageError(error, file);
  });
  await writeFileSafely(file, encoding === 'utf8' ? content : Buffer.from(BOM + content, encoding));
}

/** With the folders that are empty then. @throws AppError `storage` */
export async function removeScheduleFiles({ paths, links, folders }: Scheduler): Promise<void> {
  for (const file of [...paths, ...links])
    await rm(file, { force: true }).catch((error: unknown) => {
      throw storageError(error, file);
    });
  // One that is not empty or not there stays as it is.
  for (const folder of folders) await rmdir(folder).catch(() => undefined);
}
