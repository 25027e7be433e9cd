/** Saved set-ups on disk, one file each by id; the last good generation is kept beside it. */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { SetUp, type SetUpSummary, type UnreadableSetUp } from '../../core/set-up.ts';
import { say } from '../../core/text.ts';
import { storageError, writeFileSafely } from './write-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const FILE = /^[0-9a-f-]{36}\.json$/;
const DAMAGED = /^([0-9a-f-]{36})\.json\.damaged-(\d{1,16})$/;
/** Damaged files somebody has taken note of. */
const ASIDE = 'damaged';

export type SetUps = {
  /** Newest first. Damaged files are set aside and left out. */
  readonly list: () => Promise<SetUpSummary[]>;
  /** @throws AppError `not-found` | `storage` */
  readonly load: (id: string) => Promise<SetUp>;
  readonly save: (setUp: SetUp) => Promise<void>;
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

  const read = async (file: string): Promise<SetUp | null> => {
    if (((await stat(file).catch(() => null))?.size ?? Infinity) > MAX_BYTES) return null;
    try {
      return SetUp.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return null;
    }
  };
  /** The file, else the generation before it; what is damaged is set aside, never deleted. */
  const recover = async (id: string): Promise<SetUp | null> => {
    const current = await read(fileOf(id));
    if (current) return current;
    if (await stat(fileOf(id)).catch(() => null))
      await rename(fileOf(id), `${fileOf(id)}.damaged-${Date.now()}`).catch(() => undefined);
    return read(`${fileOf(id)}.before`);
  };

  /** @throws AppError `storage`: a folder that may not be read is not an empty one */
  const filesIn = (): Promise<readonly string[]> =>
    readdir(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw storageError(error, place);
    });

  return {
    list: async () => {
      const names = await filesIn();
      const ids = new Set(
        names.filter((name) => FILE.test(name.replace(/\.before$/, ''))).map((name) => name.slice(0, 36)),
      );
      const loaded = await Promise.all([...ids].map(recover));
      return loaded
        .filter((setUp): setUp is SetUp => setUp !== null)
        .map(({ id, environment, step, savedAt, profile, atStart }) => ({
          id,
          environment,
          step,
          savedAt,
          ...(atStart === true ? { atStart } : {}),
          name: profile.name || profile.domain,
          domain: profile.domain,
        }))
        .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
    },
    load: async (id) => {
      const setUp = await recover(id);
      if (setUp) return setUp;
      throw new AppError('not-found', say('This saved set-up is not here any more, or is damaged.'), {
        remedy: say('Start a new one; the damaged file was kept in {folder}.', { folder: place }),
      });
    },
    save: async (setUp) => {
      const file = fileOf(setUp.id);
      try {
        await mkdir(place, { recursive: true, mode: 0o700 });
        await copyFile(file, `${file}.before`).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        });
      } catch (error) {
        throw storageError(error, file);
      }
      await writeFileSafely(file, JSON.stringify(setUp, null, 1));
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
          name: nameIn(await readFile(path.join(place, file), 'utf8').catch(() => '')),
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

/** What the damaged text still says of whose it was. */
function nameIn(text: string): string | null {
  const [, name, domain] =
    /profile@1",\s*"name":\s*"([^"\\]{0,100})",\s*"domain":\s*"([^"\\]{0,253})"/.exec(text) ?? [];
  return name || domain || null;
}
