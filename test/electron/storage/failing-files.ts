/** Files that fail: the k-th call to the disk is refused, or the program dies there; a power cut takes what was not flushed. */
import { existsSync, linkSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import type * as Files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export type Way =
  | 'EIO'
  | 'ENOSPC'
  | 'EACCES'
  | 'EROFS'
  | 'EMFILE'
  | 'dies before'
  | 'dies after'
  | 'dies half-way'
  /** The directory had reached the disk by then, flushed or not. */
  | 'power cut'
  /** New names and renames that were not flushed never happened. */
  | 'power cut, names lost';

/** What the disk does from now on; calls are counted from 1, and `at` 0 lets all of them pass. */
export const disk = { at: 0, way: 'EIO' as Way, calls: 0, dead: false };
/** Inode → size that would survive a power cut. */
const unflushed = new Map<number, number>();
/** New names and renames of a folder that was not flushed since, oldest first, and how each is undone. */
let names: { readonly folder: string; readonly undo: () => void }[] = [];
/** What a rename wrote over, kept for undoing it. */
let stash = '';
let stashed = 0;

export function heal(): void {
  Object.assign(disk, { at: 0, calls: 0, dead: false });
  unflushed.clear();
  names = [];
  if (stash !== '') rmSync(stash, { recursive: true, force: true });
  stash = '';
}

function made(file: string): void {
  names.push({ folder: path.dirname(file), undo: () => rmSync(file, { force: true }) });
}

/** Before it is done. */
function renamed(from: string, to: string): void {
  const over = existsSync(to);
  if (stash === '') stash = mkdtempSync(path.join(tmpdir(), 'relayready-stash-'));
  stashed += 1;
  const kept = path.join(stash, String(stashed));
  if (over) linkSync(to, kept);
  names.push({
    folder: path.dirname(to),
    undo: () => {
      if (existsSync(to)) renameSync(to, from);
      if (over) linkSync(kept, to);
    },
  });
}

/** What a power cut leaves: of what was never flushed, nothing. */
export function cutPower(folder: string): void {
  if (disk.way === 'power cut, names lost') for (const { undo } of names.reverse()) undo();
  if (stash !== '') rmSync(stash, { recursive: true, force: true });
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    const { ino } = statSync(file);
    const size = unflushed.get(ino);
    if (size !== undefined) truncateSync(file, size);
  }
}

const failure = (code: string): Error => Object.assign(new Error(`${code}: made to fail`), { code });

/** @param half does the first half of the work, where there is one */
async function pass<T>(work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
  // A program that has died does nothing any more, cleaning up included.
  if (disk.dead) throw failure('DEAD');
  disk.calls += 1;
  if (disk.calls !== disk.at) return work();
  if (!disk.way.startsWith('dies') && !disk.way.startsWith('power cut')) {
    if (disk.way === 'ENOSPC') await half?.();
    throw failure(disk.way);
  }
  if (disk.way === 'dies half-way') await half?.();
  if (disk.way === 'dies after' || disk.way.startsWith('power cut')) await work();
  disk.dead = true;
  throw failure('DEAD');
}

function handleOf(handle: Files.FileHandle, file: string): Files.FileHandle {
  const write = async (content: string | Uint8Array, part: number): Promise<void> => {
    const { ino, size } = await handle.stat();
    if (!unflushed.has(ino)) unflushed.set(ino, size);
    const bytes = Buffer.from(content as string);
    await handle.writeFile(bytes.subarray(0, Math.floor(bytes.length * part)));
  };
  const flush = async (): Promise<void> => {
    const { ino } = await handle.stat();
    await handle.sync();
    unflushed.delete(ino);
    names = names.filter(({ folder }) => folder !== file);
  };
  const own: Partial<Record<string, unknown>> = {
    writeFile: (content: string) =>
      pass(
        () => write(content, 1),
        () => write(content, 0.5),
      ),
    stat: () => pass(() => handle.stat()),
    read: (...given: Parameters<typeof handle.read>) => pass(() => handle.read(...given)),
    sync: () => pass(flush),
    datasync: () => pass(flush),
    // The system closes what a dead program had open.
    close: () => (disk.dead ? handle.close() : pass(() => handle.close())),
  };
  return new Proxy(handle, {
    get: (target, name: string) => {
      const value = own[name] ?? (Reflect.get(target, name) as unknown);
      return typeof value === 'function' && own[name] === undefined ? (value as () => unknown).bind(target) : value;
    },
  });
}

/** The same functions, each of whose calls may be the one that fails. */
export function failing(real: typeof Files): typeof Files {
  const through =
    <A extends unknown[], R>(work: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> =>
      pass(() => work(...given));
  return {
    ...real,
    open: (...given: Parameters<typeof real.open>) =>
      pass(async () => {
        const file = String(given[0]);
        if (!existsSync(file)) made(file);
        return handleOf(await real.open(...given), file);
      }),
    copyFile: (from, to) =>
      pass(async () => {
        if (!existsSync(String(to))) made(String(to));
        await real.copyFile(from, to);
        unflushed.set((await real.stat(to)).ino, 0);
      }),
    rename: (from, to) =>
      pass(() => {
        if (existsSync(String(from))) renamed(String(from), String(to));
        return real.rename(from, to);
      }),
    mkdir: through(real.mkdir) as typeof real.mkdir,
    rm: through(real.rm),
    writeFile: through(real.writeFile),
    readFile: through(real.readFile) as typeof real.readFile,
    readdir: through(real.readdir) as typeof real.readdir,
    stat: through(real.stat) as typeof real.stat,
  };
}
