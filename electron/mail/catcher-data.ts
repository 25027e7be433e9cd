/** Reads a message after DATA to its end, however the device ends its lines; keeps its head, counts the rest. */

/** Longer messages are not read to their end. */
export const MOST_BYTES = 50 * 1024 * 1024;
/** Only the head of a message is kept. */
const HEAD_BYTES = 256 * 1024;
/** RFC 5321 §4.5.3.1.6, without the line's end. */
const LONGEST_LINE = 998;
const LF = 10;
const CR = 13;
const DOT = 46;

export type Data = {
  readonly head: Buffer;
  readonly bytes: number;
  readonly complete: boolean;
  readonly tooLong: boolean;
  readonly bareLineFeeds: boolean;
  readonly longLines: boolean;
  /** The dot at the end was not between two proper line ends. */
  readonly oddEnd: boolean;
};

export type DataReader = {
  /** @returns what came after the message, or null while it goes on */
  readonly read: (chunk: Buffer) => Buffer | null;
  readonly soFar: () => Data;
};

type Ending = 'crlf' | 'lf' | 'cr';

export function createDataReader(): DataReader {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bytes = 0;
  let length = 0;
  let onlyDot = false;
  let afterCr = false;
  let before: Ending = 'crlf';
  let complete = false;
  let bareLineFeeds = false;
  let longLines = false;
  let oddEnd = false;

  /** @returns whether that was the line with the dot */
  const endLine = (ending: Ending): boolean => {
    longLines ||= length > LONGEST_LINE;
    const last = length === 1 && onlyDot;
    if (last) oddEnd = before !== 'crlf' || ending !== 'crlf';
    before = ending;
    length = 0;
    onlyDot = false;
    return last;
  };
  const keep = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (keptBytes >= HEAD_BYTES) return;
    // A copy: the chunk may be a small view of a large piece of memory.
    const part = Buffer.from(chunk.subarray(0, HEAD_BYTES - keptBytes));
    kept.push(part);
    keptBytes += part.length;
  };
  const finish = (chunk: Buffer, end: number): Buffer => {
    complete = true;
    keep(chunk.subarray(0, end));
    return chunk.subarray(end);
  };

  return {
    read: (chunk) => {
      for (let at = 0; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte === LF) {
          const ending = afterCr ? 'crlf' : 'lf';
          afterCr = false;
          if (endLine(ending)) {
            bareLineFeeds ||= oddEnd;
            return finish(chunk, at + 1);
          }
          bareLineFeeds ||= ending === 'lf';
          continue;
        }
        // A return without a feed after it ended a line, too.
        if (afterCr) endLine('cr');
        afterCr = byte === CR;
        if (afterCr) continue;
        length += 1;
        onlyDot = length === 1 && byte === DOT;
      }
      // Old systems end lines with a return alone; the end of such a message is seen only when nothing follows it.
      if (afterCr && before === 'cr' && length === 1 && onlyDot) {
        endLine('cr');
        return finish(chunk, chunk.length);
      }
      keep(chunk);
      return null;
    },
    soFar: () => ({
      head: Buffer.concat(kept),
      bytes,
      complete,
      tooLong: bytes > MOST_BYTES,
      bareLineFeeds,
      longLines: longLines || length > LONGEST_LINE,
      oddEnd,
    }),
  };
}
