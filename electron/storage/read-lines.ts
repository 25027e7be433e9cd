/** Lines of a text of any size: a few kilobytes in memory at a time, whatever the line ends, and every unreadable line named. */
import { say, type Text } from '../../core/text.ts';

export type Line = {
  /** From 1, as an editor counts. */
  readonly number: number;
  /** Null when the line cannot be used; `problem` says why. */
  readonly text: string | null;
  readonly problem: Text | null;
};

/** Longer ones are passed over without being kept. */
export const MOST_LINE_BYTES = 1024 * 1024;

const CR = 0x0d;
const LF = 0x0a;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const UTF16 = say('This file is saved as UTF-16 (“Unicode text”), which cannot be read.');
export const SAVE_AS_UTF8 = say('Save it again as UTF-8; in Excel: “CSV UTF-8”.');

function lineOf(number: number, bytes: Buffer, tooLong: boolean): Line {
  const bad = (problem: Text): Line => ({ number, text: null, problem });
  if (tooLong) return bad(say('This line is longer than {most, number} bytes.', { most: MOST_LINE_BYTES }));
  if (bytes.includes(0)) return bad(say('This line holds a NUL character.'));
  try {
    return { number, text: decoder.decode(bytes), problem: null };
  } catch {
    return bad(say('This line is not UTF-8.'));
  }
}

/** @param onBytes told of everything read, to recognise the same content later */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: Buffer) => void = () => undefined,
): AsyncGenerator<Line> {
  let number = 1;
  let parts: Buffer[] = [];
  let size = 0;
  let first = true;
  let afterCr = false;
  const take = (part: Buffer): void => {
    size += part.length;
    if (size <= MOST_LINE_BYTES) parts.push(part);
    else parts = [];
  };
  const end = (): Line => {
    const line = lineOf(number, Buffer.concat(parts), size > MOST_LINE_BYTES);
    number += 1;
    parts = [];
    size = 0;
    return line;
  };
  for await (const chunk of source) {
    onBytes(chunk);
    let bytes = chunk;
    if (first && bytes.length > 0) {
      first = false;
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
        yield { number, text: null, problem: UTF16 };
        return;
      }
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte !== CR && byte !== LF) {
        afterCr = false;
        continue;
      }
      // CR LF is one line end, though it may lie across two chunks.
      if (byte === LF && afterCr) {
        from = at + 1;
        afterCr = false;
        continue;
      }
      take(bytes.subarray(from, at));
      from = at + 1;
      afterCr = byte === CR;
      yield end();
    }
    if (from < bytes.length) take(bytes.subarray(from));
  }
  if (size > 0) yield end();
}
