/** What no scheduler could be told exactly is refused before anything is written. */
import { AppError } from '../errors.ts';
import { say, type Text } from '../text.ts';
import type { Job } from './schedule.ts';

export const cannotSay = (word: string, text: Text): AppError =>
  new AppError('bad-option', text, {
    field: visible(word),
    remedy: say('Put the program or the data folder where the path has no such sign.'),
  });

// eslint-disable-next-line no-control-regex
const visible = (word: string): string =>
  word.slice(0, 200).replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cs}]/gu, '?');

/** @returns file and arguments in their order. @throws AppError `bad-option` for a line end, a control character or half a character */
export function wordsOf({ program, words }: Job): readonly string[] {
  const all = [program.file, ...program.args, ...words];
  for (const word of all)
    // eslint-disable-next-line no-control-regex
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff\p{Cs}]/u.test(word))
      throw cannotSay(
        word,
        say('“{word}” holds a line end or another sign that a scheduler cannot be told.', { word: visible(word) }),
      );
  return all;
}
