/** Saved set-ups on disk, one file each by id; the last good generation is kept beside it. */
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import type { SetUp, SetUpSummary, UnreadableSetUp } from '../../core/set-up.ts';
import { say } from '../../core/text.ts';
import { adoptCopies } from './adopt-copies.ts';
import { withFileLock } from './file-lock.ts';
import { readSetUp, type ReadSetUp } from './read-set-up.ts';
import { storageError, writeFileSafely } from './write-file.ts';

const FILE = /^[0-9a-f-]{36}\.json$/;
const DAMAGED = /^([0-9a-f-]{36})\.json\.damaged-(\d{1,16})$/;
/** Damaged files somebody has taken note of. */
const ASIDE = 'damaged';
const BEGINNING_BYTES = 64 * 1024;

export type SetUps = {
  /** Newest first. Damaged files are set aside and left out. */
  readonly list: () => Promise<SetUpSummary[]>;
  /** @throws AppError `not-found` | `storage` when it cannot be read just now, or a newer version saved it */
  readonly load: (id: string) => Promise<SetUp>;
  /**
   * @param replaces `savedAt` of the generations it may take the place of; without it, of any
   * @throws AppError `changed-meanwhile` when another one is there, `storage`
   */
  readonly save: (setUp: SetUp, replaces?: readonly string[]) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Damaged files that were set aside and not yet taken note of, newest first. */
  readonly unreadable: () => Promise<UnreadableSetUp[]>;
  /** Moves a damaged file out of the way; it is kept. @throws AppError `not-found` | `storage` */
  readonly takeNote: (file: string) => Promise<void>;
};

/** @param folder the data folder */
export function openSetUps(folder: string): SetUps {
  const place = path.join(folder, 'set-ups');
  const fileOf = (id: string) => path.join(place, `${id}.json`);

  /** Kept beside, never deleted and never written over. */
  const setAside = async (file: string): Promise<void> => {
    let at = Date.now();
    while (await stat(`${file}.damaged-${at}`).catch(() => null)) at += 1;
    await rename(file, `${file}.damaged-${at}`).catch(() => undefined);
  };
  /** The file, else the generation before it; what is damaged is set aside. */
  const recover = async (id: string): Promise<ReadSetUp> => {
    const current = await readSetUp(fileOf(id));
    if (current.state === 'damaged') await setAside(fileOf(id));
    return current.state === 'damaged' || current.state === 'none' ? readSetUp(`${fileOf(id)}.before`) : current;
  };

  /** @throws AppError `storage`: a folder that may not be read is not an empty one */
  const filesIn = (): Promise<readonly string[]> =>
    readdir(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw storageError(error, place);
    });

  return {
    list: async () => {
      const found = await filesIn();
      const copies = await adoptCopies(place, found, path.join(place, ASIDE));
      const names = [...found, ...copies.map((id) => `${id}.json`)];
      const ids = new Set(
        names.filter((name) => FILE.test(name.replace(/\.before$/, ''))).map((name) => name.slice(0, 36)),
      );
      const loaded = await Promise.all([...ids].map(async (id) => summaryOf(id, await recover(id))));
      return loaded
        .filter((summary): summary is SetUpSummary => summary !== null)
        .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
    },
    load: async (id) => {
      const read = await recover(id);
      if (read.state === 'good') return read.setUp;
      if (read.state === 'unreadable') throw read.error;
      if (read.state === 'newer') throw newerError();
      throw new AppError('not-found', say('This saved set-up is not here any more, or is damaged.'), {
        remedy: say('Start a new one; the damaged file was kept in {folder}.', { folder: place }),
      });
    },
    save: async (setUp, replaces) => {
      const file = fileOf(setUp.id);
      await mkdir(place, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw storageError(error, file);
      });
      await withFileLock(file, async () => {
        const current = await readSetUp(file);
        if (current.state === 'unreadable') throw current.error;
        if (current.state === 'newer') throw newerError();
        if (current.state === 'good') {
          if (replaces !== undefined && !replaces.includes(current.setUp.savedAt)) throw meanwhileError();
          await copyFile(file, `${file}.before`).catch((error: unknown) => {
            throw storageError(error, file);
          });
          // The generation before stays the good one.
        } else if (current.state === 'damaged') await setAside(file);
        const more = current.state === 'good' ? current.more : {};
        await writeFileSafely(file, JSON.stringify({ ...more, ...setUp }, null, 1));
      });
    },
    remove: async (id) => {
      await rm(fileOf(id), { force: true });
      await rm(`${fileOf(id)}.before`, { force: true });
    },
    unreadable: async () => {
      const names = await filesIn();
      const damaged = names.flatMap((file) => {
        const [, id = '', at = ''] = DAMAGED.exec(file) ?? [];
        return id === '' ? [] : [{ file, id, at: Number(at) }];
      });
      const told = await Promise.all(
        damaged.map(async ({ file, id, at }) => ({
          file,
          folder: place,
          name: nameIn(await beginningOf(path.join(place, file)).catch(() => '')),
          at: new Date(at).toISOString(),
          recovered: names.some((name) => name === `${id}.json` || name === `${id}.json.before`),
        })),
      );
      return told.sort((a, b) => b.at.localeCompare(a.at));
    },
    takeNote: async (file) => {
      if (!DAMAGED.test(file)) throw new AppError('not-found', say('This file is not one of the damaged set-ups.'));
      const aside = path.join(place, ASIDE);
      try {
        await mkdir(aside, { recursive: true, mode: 0o700 });
        await rename(path.join(place, file), path.join(aside, file));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError(error, file);
      }
    },
  };
}

const newerError = (): AppError =>
  new AppError('storage', say('This set-up was saved by a newer version of RelayReady, and is left as it is.'), {
    remedy: say('Open it with the newer version, or begin a new one here.'),
  });

const meanwhileError = (): AppError =>
  new AppError('changed-meanwhile', say('This set-up was changed in another window meanwhile.'), {
    remedy: say('Open it again to see what the other window saved.'),
  });

/** One that cannot be read just now is in the list all the same; opening it says why. */
function summaryOf(id: string, read: ReadSetUp): SetUpSummary | null {
  if (read.state === 'good') {
    const { environment, step, savedAt, profile, atStart } = read.setUp;
    const name = profile.name || profile.domain;
    return { id, environment, step, savedAt, ...(atStart === true ? { atStart } : {}), name, domain: profile.domain };
  }
  if (read.state === 'newer') return { id, step: '', ...read.told };
  if (read.state === 'unreadable')
    return { id, step: '', name: `${id}.json`, domain: '', environment: '', savedAt: '' };
  return null;
}

/** Damage may be of any size. */
async function beginningOf(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await handle.close();
  }
}

/** What the damaged text still says of whose it was. */
function nameIn(text: string): string | null {
  const [, name, domain] =
    /profile@1",\s*"name":\s*"([^"\\]{0,100})",\s*"domain":\s*"([^"\\]{0,253})"/.exec(text) ?? [];
  return name || domain || null;
}
