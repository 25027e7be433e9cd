/** Writes a file a person named on the command line; refuses odd endings and folders that are not there. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { storageError, writeFileSafely } from './write-file.ts';

/** @throws AppError `bad-option` (field `--out`) | `storage` */
export async function writeOutput(
  file: string,
  content: string | Uint8Array,
  endings: readonly string[],
): Promise<void> {
  checkOutput(file, endings);
  const folder = path.dirname(path.resolve(file));
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw storageError(error, folder);
  });
  if (!found?.isDirectory())
    throw new AppError('bad-option', say('There is no folder {folder}.', { folder }), {
      field: '--out',
      remedy: say('Make the folder first, or name another.'),
    });
  await writeFileSafely(path.resolve(file), content);
}

/** @throws AppError `bad-option` */
export function checkOutput(file: string, endings: readonly string[]): void {
  if (!endings.includes(path.extname(file).toLowerCase()))
    throw new AppError(
      'bad-option',
      say('“{file}” does not end in {endings}.', { file, endings: endings.join(', ') }),
      {
        field: '--out',
        remedy: say('Give the file one of these endings.'),
      },
    );
}
