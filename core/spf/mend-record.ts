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
  const records: string[][] = [[]];
  const put = (...terms: readonly string[]) => records.at(-1)?.push(...terms);
  let out: string[] = [];
  const sayLeftOut = () => {
    if (out.length > 0)
      notes.push(
        say('“{term}” was left out: it is nothing SPF knows, and receivers drop a whole record for that.', {
          term: out.join(' '),
        }),
      );
    out = [];
  };
  for (const word of joinWords(wordsOf(text, notes), notes)) {
    const mended = isSuspicious(word) ? mendTerm(word) : [word];
    if (mended === null) {
      out.push(word);
      continue;
    }
    sayLeftOut();
    if (/^v=spf1$/i.test(word)) {
      if (records.at(-1)?.length !== 0) records.push([]);
      notes.push(say('“v=spf1” stood inside the record once more; it may open it only.'));
      continue;
    }
    put(...mended);
    if (mended.join(' ') !== word)
      notes.push(say('“{before}” was put right: “{after}”.', { before: word, after: mended.join(' ') }));
  }
  sayLeftOut();
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
  const [body = '', comment] = tidied.body.split(/\s(?=#)/, 2);
  if (comment !== undefined)
    notes.push(
      say('“{term}” was left out: a record holds no comments, and receivers drop a whole record for one.', {
        term: tidied.body.slice(body.length + 1),
      }),
    );
  return body.split(/\s+/).filter((word) => word !== '');
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
