/** Files that a person opens with the program: by double click, or dropped on its icon. Only documents of ours, and only plain files. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError } from '../core/errors.ts';
import type { Profile } from '../core/profile.ts';
import { MOST_BYTES } from '../core/report/limits.ts';
import { say } from '../core/text.ts';
import { readProfile, readTextFile } from './storage/read-document.ts';

export type Opened = {
  readonly name: string;
  readonly text: string;
  /** Set when the file is a profile; anything else is for `review.open`. */
  readonly profile: Profile | null;
};

export type OpenedFiles = {
  /** @param words a command line, without the program's own name @param folder where it was typed */
  readonly offer: (words: readonly string[], folder: string) => void;
  /** The file offered last, once. @throws AppError `bad-input` | `bad-option` | `bad-profile` */
  readonly take: () => Promise<Opened | null>;
};

/** The file a command line names, or null: the last word with one of our endings. */
export function fileIn(words: readonly string[], folder: string): string | null {
  const word = words.findLast((word) => !word.startsWith('-') && /\.(relayready|json)$/i.test(word));
  if (word === undefined || word.length > 4096 || word.includes('\0')) return null;
  try {
    // Desktops of Linux hand over addresses.
    return /^file:/i.test(word) ? fileURLToPath(word) : path.resolve(folder, word);
  } catch {
    return null;
  }
}

/** @param onOffer told when there is something to take */
export function openedFiles(onOffer: () => void): OpenedFiles {
  let waiting: string | null = null;
  return {
    offer: (words, folder) => {
      const file = fileIn(words, folder);
      if (file === null) return;
      waiting = file;
      onOffer();
    },
    take: async () => {
      const file = waiting;
      waiting = null;
      return file === null ? null : read(file);
    },
  };
}

async function read(file: string): Promise<Opened> {
  const name = path.basename(file);
  // Reading a pipe or a device waits for ever; a folder has no text; a server named in a path would be signed in to by Windows.
  const plain = !/^[\\/]{2}/.test(file) && (await stat(file).catch(() => null))?.isFile() === true;
  if (!plain)
    throw new AppError('bad-input', say('{name} is not a file that can be opened.', { name }), {
      field: 'file',
      remedy: say('Choose a file on this computer that was saved with RelayReady.'),
      who: 'you',
    });
  const text = await readTextFile(file, { maxBytes: MOST_BYTES, what: 'report' });
  const profile = /"schema"\s*:\s*"relayready\/profile@/.test(text.slice(0, 4096)) ? await readProfile(file) : null;
  return { name, text, profile };
}
