/** Writes a file whole or not at all: beside it first, flushed, then renamed over it. */
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

/** A virus scanner may hold a file for a moment (Windows). */
const TRIES = 5;

/** Mode 0600. @throws AppError `storage` */
export async function writeFileSafely(file: string, content: string | Uint8Array): Promise<void> {
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(beside, 'wx', 0o600);
    try {
      await handle.writeFile(content, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(beside, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw storageError(error, file);
  }
}

async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await rename(from, to);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (attempt === TRIES || !['EBUSY', 'EPERM', 'EACCES'].includes(code ?? '') || process.platform !== 'win32')
        throw error;
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt));
    }
}

/** Makes a rename survive a power cut; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch {
    // Some file systems cannot flush a folder; the file itself is safe.
  } finally {
    await handle.close();
  }
}

/** A file-system error in plain words. */
export function storageError(error: unknown, file: string): AppError {
  const { code } = error as NodeJS.ErrnoException;
  const parts = { detail: `${code ?? ''} ${file}`.trim(), cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('storage', say('The disk is full; nothing that was saved before is lost.'), {
        ...parts,
        remedy: say('Free some space and try again.'),
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('storage', say('{file} may not be written.', { file }), {
        ...parts,
        remedy: say('Choose another folder, or ask for the right to write there.'),
      });
    default:
      return new AppError('storage', say('{file} could not be written ({code}).', { file, code: code ?? '?' }), {
        ...parts,
        remedy: say('Try again, or choose another folder.'),
      });
  }
}

/** What is in the file may be whole; it must be neither written over nor called missing. */
export function unreadableError(error: unknown, file: string): AppError {
  const { code } = error as NodeJS.ErrnoException;
  return new AppError('storage', say('{file} cannot be read ({code}).', { file, code: code ?? '?' }), {
    remedy: say(
      'The file is left as it is. Check your right to read it, and whether its disk is there; then try again.',
    ),
    detail: `${code ?? ''} ${file}`.trim(),
    cause: error,
  });
}
