/** Whose greeting it is: by the host name it opens with (RFC 5321 §4.2), or by what a refusal says instead of one. */
import { hasSuffix } from './mail-filters.ts';

const HOST = /^[a-z0-9*-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/i;
/** RFC 3463; a refusal has it before its text. */
const ENHANCED = /^[245]\.\d{1,3}\.\d{1,3}\s+/;

/** `outlook.com` for `mail.protection.outlook.com`: refusals name hosts anywhere below it. */
const families = (suffixes: readonly string[]): readonly string[] =>
  suffixes.map((suffix) => suffix.split('.').slice(-2).join('.'));

/**
 * @param banner first line of the greeting, without its reply code
 * @param known a refusal's text is one that Microsoft is known for
 */
export function isMicrosoftGreeting(
  banner: string,
  { hostSuffixes, refused, known }: { hostSuffixes: readonly string[]; refused: boolean; known: boolean },
): boolean {
  const words = banner.replace(ENHANCED, '').split(/[\s[\](),;]+/);
  const first = words[0] ?? '';
  if (!refused) return hasSuffix(first.toLowerCase(), hostSuffixes);
  const ours = (word: string) => hasSuffix(word.toLowerCase(), families(hostSuffixes));
  return HOST.test(first) ? ours(first) : known || words.some(ours);
}
