/** Shape shared by all sign-in numbers: the script is always a way on. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const SOURCE = 'Microsoft, Microsoft Entra authentication and authorization error codes';
const SCRIPT = say('Or give the script to your administrator; it needs no sign-in here.');

/** @param signIn numbers without `AADSTS`; the first one is the example */
export const signInEntry = (
  id: string,
  signIn: readonly number[],
  title: Entry['title'],
  cause: Entry['cause'],
  fix: Entry['fix'],
  who: Entry['who'] = 'you',
  retry: Entry['retry'] = 'after-fix',
  words: readonly string[] = [],
): Entry => ({
  id,
  match: { signIn, words },
  title,
  cause,
  fix: [...fix, SCRIPT],
  who,
  retry,
  source: SOURCE,
  example: `AADSTS${signIn[0]}: refused.`,
});
