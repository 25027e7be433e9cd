/** A file that results are added to line by line, and that tells afterwards which of them it really holds. */
import { closeSync, createReadStream, ftruncateSync, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readLines } from './read-lines.ts';
import { checkOutput } from './write-output.ts';
import { storageError } from './write-file.ts';

export type LineFile = {
  readonly add: (line: string) => void;
  /** Which of these it holds already. */
  readonly holds: (lines: ReadonlySet<string>) => Promise<ReadonlySet<string>>;
  readonly close: () => void;
};

/** @param keep go on behind what is there. @throws AppError `bad-option` for an odd ending, `storage` */
export function openLineFile(file: string, keep: boolean): LineFile {
  checkOutput(file, ['.jsonl', '.ndjson', '.txt']);
  const place = path.resolve(file);
  let descriptor: number;
  try {
    descriptor = openSync(place, keep ? 'a+' : 'w+', 0o600);
    if (keep) dropTornLine(descriptor);
  } catch (error) {
    throw storageError(error, place);
  }
  return {
    add: (line) => {
      try {
        // Not writeSync: on a nearly full disk that writes a part and says so in a number nobody reads.
        writeFileSync(descriptor, `${line}\n`);
      } catch (error) {
        throw storageError(error, place);
      }
    },
    holds: async (lines) => {
      const found = new Set<string>();
      for await (const { text } of readLines(createReadStream(place)))
        if (text !== null && lines.has(text)) found.add(text);
      return found;
    },
    close: () => closeSync(descriptor),
  };
}

/** What an interruption cut short is written anew. */
function dropTornLine(descriptor: number): void {
  let { size: end } = fstatSync(descriptor);
  const part = Buffer.alloc(64 * 1024);
  while (end > 0) {
    const from = Math.max(0, end - part.length);
    const read = readSync(descriptor, part, 0, end - from, from);
    const at = part.subarray(0, read).lastIndexOf(0x0a);
    if (at >= 0) return ftruncateSync(descriptor, from + at + 1);
    end = from;
  }
  ftruncateSync(descriptor, 0);
}
