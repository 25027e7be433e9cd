/** Programs, paths and schedules with whatever a path may hold on some system. */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Job } from '../../../core/schedule/schedule.ts';

const NASTY = [
  ' ',
  '"',
  "'",
  '\\',
  '%',
  '%%',
  '$',
  '$$',
  '${HOME}',
  '&',
  '&&',
  '<',
  '>',
  ';',
  '`',
  '=',
  '!',
  '#',
  '^',
  '-->',
  '--',
  ']]>',
  'ü',
  '漢',
  '😀',
  '\u00a0',
  '%h',
  '\\n',
  '\t',
  '\n',
  '\r',
  '\u0000',
  '\u001b',
  '\u2028',
  '\ud800',
];
export const word = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY) }, fc.string({ unit: 'grapheme', maxLength: 4 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
export const path = word.map((rest) => `/opt/${rest}`);
export const schedule = fc.record({
  every: fc.constantFrom('day' as const, 'week' as const),
  on: fc.constantFrom('monday' as const, 'saturday' as const, 'sunday' as const),
  at: fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':')),
  what: fc.oneof(
    fc.constant({ kind: 'clients' as const }),
    fc.record({ kind: fc.constant('set-up' as const), id: fc.uuid() }),
  ),
  place: fc.constantFrom('tell' as const, 'office' as const, 'away' as const),
  environmentFile: fc.option(word.filter((value) => value !== '')),
});
export const job = fc.record({
  program: fc.record({ file: path, args: fc.array(path, { maxLength: 2 }), packaged: fc.boolean() }),
  words: fc.array(word, { maxLength: 4 }),
});
export const all = ({ program, words }: Job): readonly string[] => [program.file, ...program.args, ...words];
// eslint-disable-next-line no-control-regex
export const untellable = (one: string): boolean =>
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff\p{Cs}]/u.test(one);
/** Null when it was refused by name. */
export function written<T>(write: () => T): T | null {
  try {
    return write();
  } catch (error) {
    expect(error).toMatchObject({ code: 'bad-option' });
    return null;
  }
}
