/** What a run over many profiles has finished, so that an interrupted one goes on: a result is written down before it is printed. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { readLines } from './read-lines.ts';
import { storageError } from './write-file.ts';

type Line =
  | { readonly done: string; readonly verdict: string; readonly text: string }
  /** It stands on standard output. */
  | { readonly printed: string };

export type Finished = {
  readonly verdict: string;
  /** What is still to be printed; null when it was. */
  readonly text: string | null;
};

export type FleetProgress = {
  /** Of earlier, interrupted runs; by key. */
  readonly finished: ReadonlyMap<string, Finished>;
  readonly done: (key: string, verdict: string, text: string) => void;
  readonly printed: (key: string) => void;
  /** @param whole everything is done: there is nothing to go on with */
  readonly close: (whole: boolean) => void;
};

export type ProgressOptions = {
  readonly dataFolder: string;
  /** What makes two runs the same: path, environment, which checks, from where. */
  readonly run: readonly unknown[];
  readonly resume: boolean;
};

/** Synchronous on purpose: between the writing and the printing nothing else may happen. @throws AppError `storage` */
export async function openFleetProgress({ dataFolder, run, resume }: ProgressOptions): Promise<FleetProgress> {
  const folder = path.join(dataFolder, 'fleet');
  const name = createHash('sha256').update(JSON.stringify(run)).digest('hex').slice(0, 32);
  const file = path.join(folder, `${name}.jsonl`);
  const finished = resume ? await readFinished(file) : new Map<string, Finished>();
  let descriptor: number;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    descriptor = openSync(file, resume ? 'a+' : 'w+', 0o600);
    // A line the interruption cut short must not swallow the next one.
    const { size } = fstatSync(descriptor);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) writeSync(descriptor, '\n');
  } catch (error) {
    throw storageError(error, file);
  }
  const write = (line: Line): void => {
    try {
      // Not writeSync: on a nearly full disk that writes a part and says so in a number nobody reads.
      writeFileSync(descriptor, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw storageError(error, file);
    }
  };
  return {
    finished,
    done: (key, verdict, text) => write({ done: key, verdict, text }),
    printed: (key) => write({ printed: key }),
    close: (whole) => {
      closeSync(descriptor);
      if (whole) rmSync(file, { force: true });
    },
  };
}

async function readFinished(file: string): Promise<Map<string, Finished>> {
  const finished = new Map<string, Finished>();
  try {
    for await (const { text } of readLines(createReadStream(file))) {
      const line = lineIn(text ?? '');
      if (line === null) continue;
      if ('printed' in line) {
        const known = finished.get(line.printed);
        if (known) finished.set(line.printed, { ...known, text: null });
      } else finished.set(line.done, { verdict: line.verdict, text: line.text });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError(error, file);
  }
  return finished;
}

function lineIn(text: string): Line | null {
  try {
    const value = JSON.parse(text) as Partial<Record<'done' | 'verdict' | 'text' | 'printed', unknown>> | null;
    if (typeof value?.printed === 'string') return { printed: value.printed };
    if (typeof value?.done === 'string' && typeof value.verdict === 'string' && typeof value.text === 'string')
      return { done: value.done, verdict: value.verdict, text: value.text };
  } catch {
    // Cut short.
  }
  return null;
}

/** Numbers equal profiles through, so that each keeps its own line. */
export function rowKeys(): (row: unknown) => string {
  const seen = new Map<string, number>();
  return (row) => {
    const digest = createHash('sha256').update(JSON.stringify(row)).digest('hex').slice(0, 32);
    const count = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, count);
    return `${digest}.${count}`;
  };
}
