/** Explains what a server, a bounce message or a sign-in page said: words first, then codes, then at least the class. */
import type { TestMessage } from '../mail/test-document.ts';
import type { Text, Translate } from '../text.ts';
import { say } from '../text.ts';
import type { Entry } from './entry.ts';
import { EXCHANGE } from './entries/exchange.ts';
import { MESSAGE } from './entries/message.ts';
import { NETWORK } from './entries/network.ts';
import { PASSWORD } from './entries/password.ts';
import { RELAY } from './entries/relay.ts';
import { REPUTATION } from './entries/reputation.ts';
import { SIGN_IN } from './entries/sign-in.ts';
import type { Explanation } from './explanation.ts';

export const KNOWLEDGE: readonly Entry[] = [
  ...RELAY,
  ...PASSWORD,
  ...REPUTATION,
  ...MESSAGE,
  ...NETWORK,
  ...SIGN_IN,
  ...EXCHANGE,
];

export type Phase = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'message';

const MAX_LENGTH = 200_000;
// Control, escape and direction characters, soft hyphens and zero-width spaces say nothing and hide words.
const NOISE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Lower case, one space between words, so that wrapping and quoting do not matter. */
const normalised = (text: string): string =>
  text
    .slice(0, MAX_LENGTH)
    .replaceAll(/\u001b\[[0-9;]*[A-Za-z]/g, '')
    .replaceAll(NOISE, ' ')
    .replaceAll('’', "'")
    .replaceAll(/[\s>|"]+/g, ' ')
    .toLowerCase();

type Codes = { readonly enhanced: ReadonlySet<string>; readonly signIn: ReadonlySet<number> };

const codesIn = (text: string): Codes => ({
  enhanced: new Set(
    [...text.matchAll(/(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)/g)].map((match) => match[1] ?? ''),
  ),
  signIn: new Set([...text.matchAll(/aadsts(\d{3,8})/g)].map((match) => Number(match[1]))),
});

function hasCode(pattern: string, codes: ReadonlySet<string>): boolean {
  const range = /^(\d\.\d+\.)(\d+)-(\d+)$/.exec(pattern);
  if (!range) return codes.has(pattern);
  const [, start = '', from, to] = range;
  return [...codes].some(
    (code) =>
      code.startsWith(start) &&
      Number(code.slice(start.length)) >= Number(from) &&
      Number(code.slice(start.length)) <= Number(to),
  );
}

/** How well an entry fits; longer words are more telling, and a code alone less than any word. */
function score({ match }: Entry, text: string, codes: Codes): number {
  const words = (match.words ?? [])
    .map((part) => part.replaceAll(/[\s>|"]+/g, ' '))
    .filter((part) => text.includes(part));
  const longest = Math.max(0, ...words.map((part) => part.length));
  const byCode = (match.codes ?? []).some((pattern) => hasCode(pattern, codes.enhanced));
  const bySignIn = (match.signIn ?? []).some((number) => codes.signIn.has(number));
  return (bySignIn ? 1000 : 0) + (longest > 0 ? 100 + longest : 0) + (byCode ? 60 : 0);
}

const document = (
  entry: Omit<Entry, 'match' | 'example' | 'id' | 'source'> & {
    readonly id: string | null;
    readonly source: string | null;
  },
  t: Translate,
): Explanation => ({
  schema: 'relayready/explanation@1',
  id: entry.id,
  title: t(entry.title),
  cause: t(entry.cause),
  fix: entry.fix.map((text) => t(text)),
  who: entry.who,
  retry: entry.retry,
  source: entry.source,
});

/** @param text whatever was pasted. Offline, never throws. */
export function explain(text: string, t: Translate): Explanation {
  const plain = normalised(text);
  return (
    find(plain, t) ??
    byClass(/(?:^|[^\d.])([245]\d\d)[ -]/.exec(plain)?.[1]?.[0] ?? '', plain.includes('aadsts') ? 'sign-in' : null, t)
  );
}

/** @param phase how far the conversation had got */
export function explainReply(reply: NonNullable<TestMessage['reply']>, phase: Phase, t: Translate): Explanation {
  const plain = normalised(`${reply.code} ${reply.enhanced ?? ''} ${reply.text}`);
  return find(plain, t) ?? byClass(String(reply.code)[0] ?? '', phase, t);
}

function find(plain: string, t: Translate): Explanation | null {
  const codes = codesIn(plain);
  let best: Entry | null = null;
  let most = 0;
  for (const entry of KNOWLEDGE) {
    const fits = score(entry, plain, codes);
    if (fits > most) [best, most] = [entry, fits];
  }
  return best && document(best, t);
}

const STAGES: Readonly<Record<Phase | 'sign-in', Text>> = {
  connect: say('It happened while connecting.'),
  greeting: say('It happened at the greeting, before anything was sent.'),
  ehlo: say('It happened at the greeting, before anything was sent.'),
  starttls: say('It happened while starting encryption.'),
  mail: say('It happened when the sender was named, so the sender or this office is the matter.'),
  rcpt: say('It happened when the recipient was named: the recipient, or the right to send there, is the matter.'),
  data: say('It happened just before the message itself.'),
  message: say('It happened after the message: its content or its sender line is the matter.'),
  'sign-in': say('It happened while signing in.'),
};

/** RFC 5321 §4.2.1: 4 asks to come again, 5 says no. */
function byClass(first: string, phase: Phase | 'sign-in' | null, t: Translate): Explanation {
  const cause = phase === null ? say('RelayReady does not know this answer.') : STAGES[phase];
  const base = { id: null, source: null, cause };
  if (phase === 'sign-in')
    return document(
      {
        ...base,
        title: say('Microsoft refused the sign-in.'),
        fix: [
          say('Try again; if it stays like this, show the message to your administrator.'),
          say('Or give the script to your administrator; it needs no sign-in here.'),
        ],
        who: 'microsoft-admin',
        retry: 'later',
      },
      t,
    );
  if (first === '4')
    return document(
      {
        ...base,
        title: say('The server asks to try again later.'),
        fix: [
          say('Wait a quarter of an hour and try again.'),
          say('If it stays like this, show the whole answer to your Microsoft 365 administrator.'),
        ],
        who: 'nobody',
        retry: 'later',
      },
      t,
    );
  if (first === '5')
    return document(
      {
        ...base,
        title: say('The server refused it for good.'),
        fix: [
          say('Compare server name, sender and recipient with what RelayReady shows.'),
          say('If they are right, show the whole answer to your Microsoft 365 administrator.'),
        ],
        who: 'microsoft-admin',
        retry: 'after-fix',
      },
      t,
    );
  if (first === '2')
    return document(
      {
        ...base,
        cause: say('Numbers that begin with 2 mean that the server agreed.'),
        title: say('That is no refusal: the server accepted it.'),
        fix: [say('Nothing is to be done.')],
        who: 'nobody',
        retry: 'no',
      },
      t,
    );
  return document(
    {
      ...base,
      title: say('This answer is not known.'),
      fix: [
        say('Copy the whole answer, with its number (like 550 5.7.64), and try again.'),
        say('Run the checks; they show where it stops.'),
      ],
      who: 'you',
      retry: 'after-fix',
    },
    t,
  );
}
