/** Properties of the quoting: whatever a person types stays one literal of pure ASCII with its own value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { psComment, psString, psValue } from '../../../core/script/quote.ts';
import { foldStrings, shapeOf, stringsOf, tokenize } from '../../helpers/powershell-tokens.ts';

/** Weighted towards what has broken other generators: quotes, dashes, characters whose bytes turn into quotes in a code page. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', '`', '$', '(', ')', ';', '|', '&', '#', '@', '{', '}', '\r', '\n', '\0', '\u001b', ' '),
    fc.constantFrom('\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', '\u201e', '\u2013', '\u2014', '\u2015'),
    fc.constantFrom('\u00d1', '\u0451', '\u00a0', '\u0085', '\u2028', '\u2029', '\u202e', '\ud83d', '\ufeff', '\u0391'),
    fc.constantFrom("'@", "@'", '$(', '<#', '#>', '--%', "''", '\u2019\u2019', '[char]0x27', " + '", "') + ("),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 24,
});

/** Controls and line ends have no place in a name; runs of them become one space. */
const expected = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

describe('psString', () => {
  it('keeps 100 000 hostile strings inside one ASCII literal of the same value', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const literal = psString(text);
        expect(literal).toMatch(/^[\u0020-\u007e]+$/);
        const tokens = foldStrings(tokenize(`$a = ${literal};`));
        expect(stringsOf(tokens)).toEqual([expected(text)]);
        expect(shapeOf(tokens)).toBe('variable $a\noperator =\nstring\noperator ;');
      }),
      { numRuns: 100_000 },
    );
  }, 120_000);

  it('is readable where it can be', () => {
    expect(psString('Relay - Office 1')).toBe("'Relay - Office 1'");
    expect(psString("it's")).toBe("'it''s'");
    expect(psString('')).toBe("''");
    expect(psString('Büro')).toBe("('B' + [char]0x00FC + 'ro')");
    expect(psString('Ñ')).toBe("('' + [char]0x00D1)");
  });
});

describe('psValue', () => {
  it('writes the plain kinds', () => {
    expect(psValue([true, false, null, 5, 'a'])).toBe("@($true, $false, $null, 5, 'a')");
  });
  it('refuses anything else', () => {
    expect(() => psValue({ a: 1 })).toThrow(TypeError);
    expect(() => psValue(0.5)).toThrow(TypeError);
  });
});

describe('psComment', () => {
  it('is one line of ASCII', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(psComment(text)).toMatch(/^# ?[\u0020-\u007e]*$/);
      }),
    );
  });
});
