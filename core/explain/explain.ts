/** Explains what a server, a bounce message or a sign-in page said: words first, then codes, then at least the class. */
import type { TestMessage } from '../mail/test-document.ts';
import type { Translate } from '../text.ts';
import { byClass, type Phase, type Unknown, unknownSignIn } from './by-class.ts';
import type { Entry } from './entry.ts';
import type { Explanation } from './explanation.ts';
import { findEntry } from './find-entry.ts';
import { findPhase } from './find-phase.ts';
import { readText, type Reading } from './read-text.ts';

/** @param text whatever was pasted. Offline, never throws. */
export function explain(text: string, t: Translate): Explanation {
  const reading = readText(text);
  const entry = findEntry(reading);
  if (entry) return document(entry, entry, t);
  if (reading.signIn.length > 0 || reading.words.includes('aadsts')) return document(null, unknownSignIn, t);
  return document(null, byClass(firstDigit(reading), subject(reading), findPhase(reading.words)), t);
}

/** @param phase how far the conversation had got */
export function explainReply(reply: NonNullable<TestMessage['reply']>, phase: Phase, t: Translate): Explanation {
  const reading = readText(`${reply.code} ${reply.enhanced ?? ''} ${reply.text}`);
  const entry = findEntry(reading);
  return entry ? document(entry, entry, t) : document(null, byClass(String(reply.code)[0] ?? null, null, phase), t);
}

const document = (entry: Entry | null, { title, cause, fix, who, retry }: Unknown, t: Translate): Explanation => ({
  schema: 'relayready/explanation@1',
  id: entry?.id ?? null,
  title: t(title),
  cause: t(cause),
  fix: fix.map((text) => t(text)),
  who,
  retry,
  source: entry?.source ?? null,
});

/** A refusal counts more than what was accepted before it: transcripts hold both. */
const firstDigit = ({ replies, enhanced }: Reading): string | null => {
  const digits = [...replies, ...enhanced].map((code) => code[0]);
  return ['5', '4', '2'].find((digit) => digits.includes(digit)) ?? null;
};

const subject = ({ enhanced }: Reading): string | null =>
  [...enhanced].findLast((code) => !code.startsWith('2'))?.split('.')[1] ?? null;
