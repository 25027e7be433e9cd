/** Reads pasted text: finds the codes, the places where a server speaks, and what it says there. */
import { panelNumbers } from './panel-numbers.ts';
import { plainText } from './plain-text.ts';

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
  /** Numbers a scanner shows, `canon 839`; none where a server's code says more. */
  readonly panel: ReadonlySet<string>;
  /** First digit shared by all the codes, or null when they differ or there is none. */
  readonly replyClass: string | null;
};

/** Characters; a bounce with the returned scan inside is long. */
export const MAX_LENGTH = 1_000_000;
/** Characters read before and after a code: a bounce names the reply in one place and much else around it. */
const BEFORE = 160;
const AFTER = 500;

/** Codes mail servers use (RFC 5321 §4.2.3, RFC 4954, RFC 7504); any other number is a port, a time or a size. */
const REPLY =
  /(?<![\w./-]|\d:)(2(?:11|14|20|21|35|50|51|52)|4(?:21|32|50|51|52|54|55)|5(?:00|01|02|03|04|21|30|34|35|38|5[0-7]))(?=[ :;,')\]-]|$)(?!-\d(?!\.\d))/g;
const ENHANCED = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/g;
// A bare “error code” counts only with the beginnings Microsoft uses; Windows numbers network errors 10013 and on.
const SIGN_IN = /(?:aadsts ?|error_codes ?: ?\[ ?|error code ?:? ?(?=16|5[034]|65|70|80|90))(\d{5,8})/g;
/** A code in the middle of a phrase: a reply of several lines repeats it at each (RFC 5321 §4.2.1). */
const REPEATED = /(?<![\d.])[245]\d\d[ -]#?[245]\.\d{1,3}\.\d{1,3}(?![\d.])/g;

/** @param text whatever was pasted; linear in its length, at most 1 MB is read */
export function readText(text: string): Reading {
  const said = plainText(text.slice(0, MAX_LENGTH));
  const all = comparable(joinLines(said));
  // What was accepted says nothing of the refusal beside it.
  const refused = ANY_ACCEPTED.test(said) ? comparable(joinLines(withoutAccepted(said))) : all;
  const plain = refused.trim() === '' ? all : refused;
  let codes = codesIn(plain);
  const places = [...codes.enhanced, ...codes.replies, ...codes.signIn].map(({ index }) => index);
  const panel = codes.enhanced.length + codes.replies.length > 0 ? new Set<string>() : panelNumbers(plain);
  if (places.length === 0 && plain !== all) codes = codesIn(all);
  const classes = new Set([...codes.enhanced, ...codes.replies].map((match) => match[0][0]));
  const words = phrases(plain);
  return {
    words,
    near: places.length === 0 ? words : phrases(around(plain, places)),
    enhanced: new Set(codes.enhanced.map((match) => match[0])),
    replies: new Set(codes.replies.map((match) => match[0])),
    signIn: codes.signIn.map((match) => Number(match[1])),
    panel,
    replyClass: classes.size === 1 ? ([...classes][0] ?? null) : null,
  };
}

// Most blanks stand alone already; leaving them as they are halves the time.
const comparable = (text: string): string =>
  text.replaceAll(/[\s\u0085>|"]{2,}|[^\S ]|[\u0085>|"]/g, ' ').toLowerCase();

const codesIn = (plain: string) => ({
  enhanced: firstOf(plain.matchAll(ENHANCED)),
  replies: firstOf(plain.matchAll(REPLY)).filter(
    (match) => !plain.slice(Math.max(0, match.index - 5), match.index).endsWith('port '),
  ),
  signIn: firstOf(plain.matchAll(SIGN_IN)),
});

/** Whoever pastes a megabyte of codes is not helped by the last of them. */
const MOST_CODES = 2000;
function firstOf(matches: Iterable<RegExpExecArray>): readonly RegExpExecArray[] {
  const first: RegExpExecArray[] = [];
  for (const match of matches) if (first.push(match) === MOST_CODES) break;
  return first;
}

/** Makes phrases comparable: no codes in between, one space between words. */
export const phrases = (text: string): string =>
  text.replaceAll(REPEATED, ' ').replaceAll(/[\s>|"]{2,}|[^\S ]|[>|"]/g, ' ');

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

const ANY_ACCEPTED = /(?:^|[\n:=\->~*<] {0,4})2\d\d[ -]/;
/** `250 OK` as it stands in transcripts, also with a mark of who speaks; an answer made unreadable on the way is kept. */
const ACCEPTED = /^[\s>]{0,20}(?:<[-~*=]{1,3}|s:|server:|<<<?)?\s{0,4}2\d\d[ -](?!.{0,200}(?:\*{4}|x{4}))/i;

const withoutAccepted = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !ACCEPTED.test(line))
    .join('\n');

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
  return parts.join('');
}
