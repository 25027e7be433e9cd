/** Turns a published record, however broken, into terms that can be read, and says what was put right. */
import { say, type Text } from '../text.ts';
import { isSuspicious, mendTerm } from './mend-term.ts';
import { tidyRecord } from './near-record.ts';

export type Mended = {
  /** The terms of each record in the text; more than one when a second `v=spf1` stands inside. */
  readonly records: readonly (readonly string[])[];
  readonly notes: readonly Text[];
};

export function mendRecord(text: string): Mended {
  const notes: Text[] = [];
  const words = wordsOf(text, notes);
  const records: string[][] = [[]];
  const put = (...terms: readonly string[]) => records.at(-1)?.push(...terms);
  for (const word of joinWords(words, notes)) {
    if (/^v=spf1$/i.test(word)) {
      if (records.at(-1)?.length !== 0) records.push([]);
      notes.push(say('“v=spf1” stood inside the record once more; it may open it only.'));
    } else if (!isSuspicious(word)) put(word);
    else {
      const mended = mendTerm(word);
      if (mended === null)
        notes.push(
          say('“{term}” was left out: SPF has no such word, and receivers drop a whole record for one of these.', {
            term: word,
          }),
        );
      else {
        put(...mended);
        notes.push(say('“{before}” was put right: “{after}”.', { before: word, after: mended.join(' ') }));
      }
    }
  }
  return { records, notes };
}

function wordsOf(text: string, notes: Text[]): readonly string[] {
  const tidied = tidyRecord(text);
  if (tidied === null) return text.split(/ +/).slice(1);
  if (tidied.quotes) notes.push(say('Quotation marks were taken out; they do not belong into the record.'));
  if (tidied.invisible)
    notes.push(say('Characters that look like a space, a hyphen or nothing at all were replaced by plain ones.'));
  if (tidied.header && !tidied.quotes)
    notes.push(say('A record has to begin with “v=spf1” and a space; otherwise receivers do not see it.'));
  return tidied.body.split(/\s+/).filter((word) => word !== '');
}

/** Puts words together that a stray space has parted: `include: name`, `ip4 :192.0.2.1`, `- all`. */
function joinWords(words: readonly string[], notes: Text[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const together = before === undefined ? null : joinPair(before, word);
    if (together === null) joined.push(word);
    else {
      joined[joined.length - 1] = together;
      notes.push(say('The space inside “{before} {after}” was taken out.', { before: before ?? '', after: word }));
    }
  }
  return joined;
}

function joinPair(before: string, word: string): string | null {
  if (/^[+?~-]$/.test(before) && /^[a-z]/i.test(word)) return before + word;
  if (/^[:=]/.test(word)) return before + word;
  // “include:” is never complete by itself; “include name” neither, when a name follows that is no term of its own.
  if (/[:=]$/.test(before)) return before + word;
  const open = /^[+?~-]?(?:include|exists|ip4|ip6)$/i.test(before);
  return open && isSuspicious(word) && /^[^:=]+\.[^:=]+$|^[0-9a-f:./]+$/i.test(word) ? `${before}:${word}` : null;
}
