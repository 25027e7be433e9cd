/** Files of JSON lines that are only ever appended to: a line a crash cut short is passed over and never glued to the next. */
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { storageError, syncFolder } from './write-file.ts';

/** @returns what `read` makes of each line; what is no JSON, or what it returns null for, is left out */
export async function readJsonLines<T>(file: string, read: (value: unknown) => T | null): Promise<T[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw storageError(error, file);
  });
  const found: T[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      const value = read(JSON.parse(line));
      if (value !== null) found.push(value);
    } catch {
      // Cut short by a crash or damaged: it never counted.
    }
  }
  return found;
}

/** One write and one flush, mode 0600. @throws AppError `storage` */
export async function appendJsonLine(file: string, value: unknown): Promise<void> {
  try {
    const handle = await open(file, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const glue = size > 0 && last[0] !== 0x0a ? '\n' : '';
      await handle.writeFile(`${glue}${JSON.stringify(value)}\n`);
      await handle.datasync();
      // The name of a new file is not in its folder for good until that is flushed, too.
      if (size === 0) await syncFolder(path.dirname(file));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw storageError(error, file);
  }
}
