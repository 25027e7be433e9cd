/** Histories of clients on disk, one file each, and what follows from them, kept so that a thousand need not be read to show a list. */
import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Change, foldHistory, Look, type Folded } from '../../core/clients/history.ts';
import { FactValue } from '../../core/clients/facts.ts';
import { MOST_LOOKS, thinHistory } from '../../core/clients/thin-history.ts';
import { appendJsonLine, readJsonLines } from './json-lines.ts';
import { storageError, unreadableError, writeFileSafely } from './write-file.ts';

/** Room for some uneventful looks before a file is thinned out. */
const SLACK = 300;
/** Kept beside the histories; a list shows no more. */
const MOST_CHANGES = 200;
/** So many histories had to be read: worth keeping what follows from them. */
const WORTH = 20;

/** What follows from a history, as long as its file has this size. */
const Kept = z.object({
  id: z.string(),
  size: z.number(),
  lines: z.number(),
  known: z.array(z.tuple([z.string(), z.object({ value: FactValue, since: z.string(), last: z.string() })])),
  sites: z.array(z.tuple([z.string(), Look.pick({ at: true, place: true, verdict: true, needs: true })])),
  changes: z.array(Change),
});

type Fold = { readonly size: number; readonly lines: number; readonly folded: Folded };

export type ClientHistories = {
  /** Oldest first. */
  readonly looks: (id: string) => Promise<readonly Look[]>;
  readonly folded: (id: string) => Promise<Folded>;
  readonly add: (id: string, look: Look) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  /** Keeps what follows from the histories for the next start, when there is enough of it. */
  readonly keep: (always?: boolean) => Promise<void>;
};

/** @throws AppError `storage`: a history that cannot be looked at is not an empty one */
const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw unreadableError(error, file);
  }
};

/** @param place folder of the clients */
export function openClientHistories(place: string): ClientHistories {
  const fileOf = (id: string) => path.join(place, 'history', `${id}.jsonl`);
  const keptFile = path.join(place, 'states.jsonl');
  const folds = new Map<string, Fold>();
  let fresh = 0;
  let loading: Promise<void> | null = null;
  /** A kept one whose history has grown since, or that cannot be read, is worked out anew. */
  const load = async (): Promise<void> => {
    for (const { id, size, lines, known, sites, changes } of await readJsonLines(
      keptFile,
      (value) => Kept.safeParse(value).data ?? null,
    ))
      folds.set(id, { size, lines, folded: { known: new Map(known), sites: new Map(sites), changes } });
  };
  const looks: ClientHistories['looks'] = (id) =>
    readJsonLines(fileOf(id), (value) => Look.safeParse(value).data ?? null);
  const foldOf = async (id: string): Promise<Fold> => {
    loading ??= load().catch(() => undefined);
    await loading;
    const size = await sizeOf(fileOf(id));
    const before = folds.get(id);
    if (before?.size === size) return before;
    const lines = size === 0 ? [] : await looks(id);
    const fold = { size, folded: foldHistory(lines), lines: lines.length };
    folds.set(id, fold);
    if (size > 0) fresh += 1;
    return fold;
  };
  return {
    looks,
    folded: async (id) => (await foldOf(id)).folded,
    add: async (id, look) => {
      const before = await foldOf(id);
      await mkdir(path.dirname(fileOf(id)), { recursive: true, mode: 0o700 }).catch((error: unknown) => {
        throw storageError(error, fileOf(id));
      });
      await appendJsonLine(fileOf(id), look);
      fresh += 1;
      if (before.lines > MOST_LOOKS + SLACK) {
        const kept = thinHistory(await looks(id), look.at);
        await writeFileSafely(fileOf(id), kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
        folds.delete(id);
        return;
      }
      // Saved is saved; a size that cannot be told only means folding it anew.
      const size = await sizeOf(fileOf(id)).catch(() => null);
      if (size === null) folds.delete(id);
      else folds.set(id, { size, lines: before.lines + 1, folded: foldHistory([look], before.folded) });
    },
    remove: async (id) => {
      folds.delete(id);
      await rm(fileOf(id), { force: true });
    },
    keep: async (always = false) => {
      if (fresh === 0 || (!always && fresh < WORTH)) return;
      fresh = 0;
      const lines = [...folds].map(
        ([
          id,
          {
            size,
            lines: count,
            folded: { known, sites, changes },
          },
        ]) =>
          JSON.stringify({
            id,
            size,
            lines: count,
            known: [...known],
            sites: [...sites],
            changes: changes.slice(-MOST_CHANGES),
          }),
      );
      await mkdir(place, { recursive: true, mode: 0o700 });
      await writeFileSafely(keptFile, lines.map((line) => `${line}\n`).join(''));
    },
  };
}
