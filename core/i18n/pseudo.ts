/** A made-up language for tests: every text is accented and longer, so that hard-coded English and clipped text show. */
import type { Catalogue } from '../text.ts';

export const PSEUDO_TAG = 'en-XA';

const PLAIN = 'abcdeghiklnorstuyzACDEGHIKLNORSTUYZ';
const ACCENTED = 'áƀćđéğĥíķľñóŕšťúýžÁĆĐÉĞĤÍĶĽÑÓŔŠŤÚÝŽ';

/**
 * Braces nest as text → argument → text inside plural and select branches, so every even depth is text (ICU message syntax).
 * A quoted part ('{…') stays as it is.
 */
export function pseudoMessage(message: string): string {
  let depth = 0;
  let quoted = false;
  let written = '';
  for (const [index, character] of message.split('').entries()) {
    if (character === "'" && (quoted || message[index + 1] === '{')) quoted = !quoted;
    else if (character === '{' && !quoted) depth += 1;
    else if (character === '}' && !quoted) depth -= 1;
    const place = depth % 2 === 0 && !quoted ? PLAIN.indexOf(character) : -1;
    written += place < 0 ? character : (ACCENTED[place] ?? character);
  }
  return `[${written}${' ·'.repeat(Math.ceil(message.length / 12))}]`;
}

export const pseudo: Catalogue = new Proxy(
  {},
  { get: (_, message) => (typeof message === 'string' ? pseudoMessage(message) : undefined) },
);
