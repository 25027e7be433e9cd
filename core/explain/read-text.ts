/** Reads pasted text: takes out what hides words, and finds the codes and the places where a server speaks. */

/** What is known of a text once it is read. */
export type Reading = {
  /** Everything, lower case, one space between words. */
  readonly words: string;
  /** Only what stands near a code; the same as `words` when there is no code. */
  readonly near: string;
  /** RFC 3463 codes, `5.7.64`. */
  readonly enhanced: ReadonlySet<string>;
  /** Plain reply codes, `550`. */
  readonly replies: ReadonlySet<string>;
  /** Sign-in numbers in the order of the text. */
  readonly signIn: readonly number[];
  /** First digit shared by all the codes, or null when they differ or there is none. */
  readonly replyClass: string | null;
};

const MAX_LENGTH = 200_000;
/** Characters read before and after a code: a bounce names the reply in one place and much else around it. */
const BEFORE = 160;
const AFTER = 500;

const ESCAPES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// These say nothing and stand inside words: NUL of a wide encoding, soft hyphens, zero-width and direction marks.
const INSIDE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// Quoted-printable breaks lines with `=` (RFC 2045 §6.7), and HTML writes quotes and spaces as names.
const SOFT_BREAK = /=\r?\n/g;
const ENTITIES: readonly (readonly [string, string])[] = [
  ['&nbsp;', ' '],
  ['&#39;', "'"],
  ['&apos;', "'"],
  ['&quot;', ' '],
  ['&lt;', ' '],
  ['&gt;', ' '],
];

/** Codes mail servers use (RFC 5321 §4.2.3, RFC 4954, RFC 7504); any other number is a port, a time or a size. */
const REPLY =
  /(?<![\d./-]|\d:)(2(?:11|14|20|21|35|50|51|52)|4(?:21|32|50|51|52|54|55)|5(?:00|01|02|03|04|21|30|34|35|38|5[0-7]))(?=[ :;,')\]-]|$)(?!-\d(?!\.\d))/g;
const ENHANCED = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/g;
// A bare “error code” counts only with the beginnings Microsoft uses; Windows numbers network errors 10013 and on.
const SIGN_IN = /(?:aadsts ?|error_codes ?: ?\[ ?|error code ?:? ?(?=16|5[034]|65|70|80|90))(\d{5,8})/g;
/** A code in the middle of a phrase: a reply of several lines repeats it at each (RFC 5321 §4.2.1). */
const REPEATED = /(?<![\d.])[245]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}(?![\d.])/g;

/** @param text whatever was pasted; linear in its length, at most 200 kB are read */
export function readText(text: string): Reading {
  let plain = text.slice(0, MAX_LENGTH).replaceAll(ESCAPES, '').replaceAll(INSIDE, '').replaceAll(SOFT_BREAK, '');
  for (const [name, character] of ENTITIES) plain = plain.replaceAll(name, character);
  plain = joinLines(plain)
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[\s\u0085>|"]+/g, ' ')
    .toLowerCase();
  const enhanced = [...plain.matchAll(ENHANCED)];
  const replies = [...plain.matchAll(REPLY)].filter(
    (match) => !plain.slice(Math.max(0, match.index - 5), match.index).endsWith('port '),
  );
  const signIn = [...plain.matchAll(SIGN_IN)];
  const classes = new Set([...enhanced, ...replies].map((match) => match[0][0]));
  return {
    words: phrases(plain),
    near: phrases(
      around(
        plain,
        [...enhanced, ...replies, ...signIn].map((match) => match.index),
      ),
    ),
    enhanced: new Set(enhanced.map((match) => match[0])),
    replies: new Set(replies.map((match) => match[0])),
    signIn: signIn.map((match) => Number(match[1])),
    replyClass: classes.size === 1 ? ([...classes][0] ?? null) : null,
  };
}

/** Makes phrases comparable: no codes in between, one space between words. */
export const phrases = (text: string): string => text.replaceAll(REPEATED, ' ').replaceAll(/[\s>|"]+/g, ' ');

/** Takes the code off the further lines of a reply: `550-a`, `550 b`. */
function joinLines(text: string): string {
  let code = '';
  const lines = text.split('\n').map((line) => {
    const [head = '', found, mark] = /^[\s>]{0,20}([245]\d\d)([ -])/.exec(line) ?? [];
    const further = found !== undefined && found === code && !/^[245]\./.test(line.slice(head.length));
    code = mark === '-' && found !== undefined ? found : '';
    return further ? line.slice(head.length) : line;
  });
  return lines.join('\n');
}

function around(text: string, places: readonly number[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const place of places.toSorted((one, other) => one - other)) {
    const from = Math.max(end, place - BEFORE);
    const to = Math.min(text.length, place + AFTER);
    if (to <= end) continue;
    parts.push(from > end ? ` ${text.slice(from, to)}` : text.slice(from, to));
    end = to;
  }
  return parts.length > 0 ? parts.join('') : text;
}
