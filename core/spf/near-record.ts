/** Texts that were meant as an SPF record but that no receiver takes for one, and the clean-up every broken record gets first. */
import { isSpfRecord } from './parse-record.ts';

/** What a person or a web form may have put before or between the words. */
const QUOTES = /["'`´«»‘’‚‛“”„‟‹›\u2032\u2033]/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/gu;
const TILDES = /[\u02dc\u223c\u301c\uff5e]/gu;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const OTHER_SPACE = /[\0-\x1f\x7f-\x9f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/gu;
/** What a web form makes of a hyphen or a quotation mark. */
const ENTITY = /&#(\d{2,4});/g;

/** `v=spf1` with its usual slips. Not `v=spf10`, which is another version, nor `spf2.0` (Sender ID). */
const HEADER = /^v\s*[=:]?\s*spf\s*[=:]?\s*[1l](?![0-9.])(?:\s*[;:,.=]+)*\s*/i;

export type Tidied = {
  /** Everything after the version, in plain characters. */
  readonly body: string;
  readonly quotes: boolean;
  readonly invisible: boolean;
  readonly header: boolean;
};

/** The text in plain characters, or null when it never was meant as SPF. */
export function tidyRecord(text: string): Tidied | null {
  // A record pasted as two quoted strings is one text: nothing stands between the strings (RFC 7208 §3.3).
  const decoded = text.replaceAll(ENTITY, (_, digits: string) => String.fromCodePoint(Number(digits)));
  const unquoted = decoded
    .replaceAll('&quot;', '"')
    .replaceAll(/\\(?=["';])/g, '')
    .replaceAll(/"\s*"/g, '')
    .replaceAll(QUOTES, '');
  const plain = unquoted.replaceAll(INVISIBLE, '').replaceAll(DASHES, '-').replaceAll(TILDES, '~');
  const spaced = plain.replaceAll(OTHER_SPACE, ' ').replaceAll('：', ':').trim();
  const header = HEADER.exec(spaced);
  if (header === null) return null;
  return {
    body: spaced.slice(header[0].length),
    quotes: unquoted !== decoded,
    invisible: decoded !== text || plain !== unquoted || plain.replaceAll(OTHER_SPACE, ' ') !== plain,
    header: !isSpfRecord(spaced),
  };
}

/** Meant as SPF, but not an SPF record. */
export const isNearRecord = (text: string): boolean => !isSpfRecord(text) && tidyRecord(text) !== null;
