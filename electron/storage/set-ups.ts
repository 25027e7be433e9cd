/** Saved set-ups on disk, one file each by id; the last good generation is kept beside it. */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../core/errors.ts';
import { SetUp, type SetUpSummary } from '../../core/set-up.ts';
import { say } from '../../core/text.ts';
import { storageError, writeFileSafely } from './write-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const FILE = /^[0-9a-f-]{36}\.json$/;

export type SetUps = {
  /** Newest first. Damaged files are set aside and left out. */
  readonly list: () => Promise<SetUpSummary[]>;
  /** @throws AppError `not-found` | `storage` */
  readonly load: (id: string) => Promise<SetUp>;
  readonly save: (setUp: SetUp) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
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

  return {
    list: async () => {
      const names = await readdir(place).catch(() => []);
      const ids = new Set(
        names.filter((name) => FILE.test(name.replace(/\.before$/, ''))).map((name) => name.slice(0, 36)),
      );
      const loaded = await Promise.all([...ids].map(recover));
      return loaded
        .filter((setUp): setUp is SetUp => setUp !== null)
        .map(({ id, environment, step, savedAt, profile }) => ({
          id,
          environment,
          step,
          savedAt,
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
  };
}
