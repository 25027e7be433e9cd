/** Every language is whole: each text of the product once, nothing left over, the same places, in the syntax of messages. */
import { writeFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { closestLanguage, LANGUAGES } from '../../../core/i18n/languages.ts';
import { PSEUDO_TAG } from '../../../core/i18n/pseudo.ts';
import { languageFor, readLanguage } from '../../../electron/storage/languages.ts';
import { sourceTexts } from '../../helpers/source-texts.ts';

const texts = await sourceTexts();

/** Plain text between the places. */
const LITERAL = 0;
type Ast = ReturnType<IntlMessageFormat['getAst']>;
const parse = (message: string, tag: string): Ast =>
  new IntlMessageFormat(message, tag, undefined, { ignoreTag: true }).getAst();

/** Places with their kind, sorted; those inside the branches of a plural too. */
function places(ast: Ast, found = new Set<string>()): readonly string[] {
  for (const part of ast) {
    const kind: number = part.type;
    if ('value' in part && kind !== LITERAL) found.add(`${kind}:${part.value}`);
    if ('options' in part) for (const { value } of Object.values(part.options)) places(value, found);
  }
  return [...found].sort();
}

/** Names, codes, commands and marks, which are the same in every language; and words that happen to be. */
const MAY_STAY = /^[^\p{Ll}]*$|^[\w.@:/<>{}=,+’-]+$/u;

describe('the texts of the product', () => {
  it('are found, each in the syntax of messages', () => {
    expect(texts.length).toBeGreaterThan(2000);
    for (const { text } of texts) expect(() => parse(text, 'en'), text).not.toThrow();
  });
});

describe.each(LANGUAGES.filter(({ tag }) => tag !== 'en'))('$name', ({ tag }) => {
  it('has every text, and none that nobody shows', async () => {
    const { texts: translated } = await readLanguage(tag);
    const missing = texts.filter(({ text }) => !Object.hasOwn(translated, text));
    const known = new Set(texts.map(({ text }) => text));
    const unused = Object.keys(translated).filter((text) => !known.has(text));
    console.log(`${tag}: ${texts.length} texts, ${missing.length} missing, ${unused.length} unused`);
    // For translators: what is missing, as a file to fill in.
    const wanted = process.env['MISSING_TEXTS'];
    if (wanted !== undefined)
      writeFileSync(
        `${wanted}/${tag}.json`,
        JSON.stringify(Object.fromEntries(missing.map(({ text }) => [text, ''])), null, 1),
      );
    expect({ missing, unused }).toEqual({ missing: [], unused: [] });
  });

  it('keeps the places of each text and their kind', async () => {
    const { texts: translated } = await readLanguage(tag);
    const wrong = Object.entries(translated).filter(
      ([text, own]) => places(parse(text, 'en')).join() !== places(parse(own, tag)).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves nothing in English', async () => {
    const { texts: translated } = await readLanguage(tag);
    const english = Object.entries(translated).filter(
      ([text, own]) => own === text && !MAY_STAY.test(text) && text.split(/\s+/).length > 4,
    );
    expect(english).toEqual([]);
  });
});

describe('the language that is meant', () => {
  it.each([
    ['de', 'de'],
    ['de-AT', 'de'],
    ['de_CH.UTF-8', 'de'],
    ['fr_CA', 'fr'],
    ['ES', 'es'],
    ['en-GB', 'en'],
    ['C', 'en'],
    ['C.UTF-8', 'en'],
    ['nl', 'en'],
    ['', 'en'],
    [PSEUDO_TAG, PSEUDO_TAG],
    ['../../etc', 'en'],
  ])('%s: %s', (tag, expected) => {
    expect(closestLanguage(tag)).toBe(expected);
  });
  it('is spoken after it was read', async () => {
    expect((await languageFor('de_DE.UTF-8')).language).toBe('de');
    expect((await languageFor('xx')).language).toBe('en');
  });
});
