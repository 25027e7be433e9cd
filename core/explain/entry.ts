/** One piece of knowledge: how to recognise what a server said, what it means and what to do. */
import type { Who } from '../result.ts';
import type { Text } from '../text.ts';

export type Match = {
  /** Parts of the text, lower case; one is enough. Codes are reused, words are not, so words count more. */
  readonly words?: readonly string[];
  /** Said by a program or device of this office: where a server gives a code, the words are its own and count less. */
  readonly here?: true;
  /** Enhanced status codes (RFC 3463): `5.7.64`, or a range of the last part: `5.7.606-649`. */
  readonly codes?: readonly string[];
  /** Codes that say little (`5.7.1`) and plain reply codes (`535`): only when nothing else fits. */
  readonly vague?: readonly string[];
  /** Numbers of Microsoft's sign-in errors, without `AADSTS`. */
  readonly signIn?: readonly number[];
  /** Numbers on a scanner's panel, with the brand that uses them: `canon 802`; only when no server's words fit. */
  readonly panel?: readonly string[];
};

export type Entry = {
  readonly id: string;
  readonly match: Match;
  readonly title: Text;
  readonly cause: Text;
  readonly fix: readonly Text[];
  readonly who: Who;
  readonly retry: 'after-fix' | 'later' | 'no';
  readonly source: string;
  /** A text it has to explain. */
  readonly example: string;
};
