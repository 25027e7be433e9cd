/** Finds the entry that fits a text best: words the server used, then its codes, then what its number alone may mean. */
import type { Entry } from './entry.ts';
import { KNOWLEDGE } from './knowledge.ts';
import { phrases, type Reading } from './read-text.ts';

const WORDS_NEAR = 100;
const EXACT_CODE = 60;
const CODE_RANGE = 55;
/** Below a code: the headers of a returned message speak of much that is not the matter. */
const WORDS_ELSEWHERE = 40;
const VAGUE = 20;
/** What a scanner shows: brands reuse such numbers, so any word counts more. */
const PANEL = 30;
/** An entry that passes by itself, for a reply that says so with a 4. */
const TEMPORARY = 30;

const prepared = KNOWLEDGE.map((entry) => ({ entry, words: (entry.match.words ?? []).map(phrases) }));

/** @returns null when nothing is known of it */
export function findEntry(reading: Reading): Entry | null {
  const [number] = reading.signIn;
  const known = KNOWLEDGE.find(({ match }) => number !== undefined && match.signIn?.includes(number));
  if (known) return known;
  let best: Entry | null = null;
  let most = 0;
  for (const { entry, words } of prepared) {
    const fits = score(entry, words, reading);
    if (fits > most) [best, most] = [entry, fits];
  }
  return best;
}

function score({ match, retry }: Entry, words: readonly string[], reading: Reading): number {
  const serverSpoke = [...reading.enhanced].some((code) => !code.startsWith('2'));
  const near = match.here && serverSpoke ? 0 : longest(words, reading.near);
  const elsewhere = near > 0 || (reading.near === reading.words && !match.here) ? 0 : longest(words, reading.words);
  const codes = Math.max(0, ...(match.codes ?? []).map((pattern) => codeFits(pattern, reading.enhanced)));
  const vague = (match.vague ?? []).some((code) => reading.enhanced.has(code) || reading.replies.has(code));
  const sum =
    (near > 0 ? WORDS_NEAR + near : 0) +
    // Longer words are more telling, yet never as much as a code.
    (elsewhere > 0 ? WORDS_ELSEWHERE + Math.min(elsewhere, 100) / 10 : 0) +
    codes;
  if (sum === 0 && (match.panel ?? []).some((number) => reading.panel.has(number))) return PANEL;
  if (sum === 0) return vague ? VAGUE : 0;
  return retry === 'later' && reading.replyClass === '4' ? sum + TEMPORARY : sum;
}

const longest = (words: readonly string[], text: string): number =>
  words.reduce((most, part) => (part.length > most && text.includes(part) ? part.length : most), 0);

function codeFits(pattern: string, codes: ReadonlySet<string>): number {
  const range = /^(\d\.\d+\.)(\d+)-(\d+)$/.exec(pattern);
  if (!range) return codes.has(pattern) ? EXACT_CODE : 0;
  const [, start = '', from, to] = range;
  for (const code of codes) {
    const last = Number(code.slice(start.length));
    if (code.startsWith(start) && last >= Number(from) && last <= Number(to)) return CODE_RANGE;
  }
  return 0;
}
