/** What each line of a conversation with a mail server means, for somebody who has never seen one (RFC 5321 §4). */
import { say, type Text } from '../text.ts';
import type { TranscriptLine } from './test-document.ts';

type Verb = 'EHLO' | 'HELO' | 'STARTTLS' | 'MAIL' | 'RCPT' | 'DATA' | 'QUIT';

const ASKED: Readonly<Record<Verb, Text>> = {
  EHLO: say('We introduce ourselves and ask what the server can do.'),
  HELO: say('We introduce ourselves the old way.'),
  STARTTLS: say('We ask to go on encrypted.'),
  MAIL: say('We name the sender.'),
  RCPT: say('We name the recipient.'),
  DATA: say('We ask to hand the message over.'),
  QUIT: say('We say goodbye.'),
};

const AGREED: Readonly<Record<Verb, Text>> = {
  EHLO: say('The server greets and lists what it can do.'),
  HELO: say('The server greets.'),
  STARTTLS: say('Yes: from here on everything is encrypted.'),
  MAIL: say('The sender may write.'),
  RCPT: say('The recipient is taken.'),
  DATA: say('Go ahead with the message.'),
  QUIT: say('The server says goodbye.'),
};

const OPENED = say('The server picks up and says who it is.');
const TAKEN = say('The message is accepted. Whether it arrived, the mailbox tells.');
const LATER = say('Not now: try again later.');
const NEVER = say('No. Trying again unchanged does not help.');
const HANDED = say('The whole message was handed over.');

const verbOf = (line: string): Verb | null => {
  const word = (line.split(/[ :]/)[0] ?? '').toUpperCase();
  return word in ASKED ? (word as Verb) : null;
};

/** One text for each line, or null where the line says it itself or its answer goes on. */
export function lineMeanings(lines: readonly TranscriptLine[]): readonly (Text | null)[] {
  let asked: Verb | 'greeting' | 'message' = 'greeting';
  let message = false;
  return lines.map(({ from, line }) => {
    if (from === 'client') {
      const verb = verbOf(line);
      asked = verb ?? asked;
      return verb === null ? null : ASKED[verb];
    }
    if (from === 'note') {
      if (asked !== 'DATA' || message) return null;
      // Our own note between DATA and the last answer: the message left.
      message = true;
      asked = 'message';
      return HANDED;
    }
    if (line[3] === '-') return null;
    if (line.startsWith('4')) return LATER;
    if (line.startsWith('5')) return NEVER;
    if (asked === 'greeting') return OPENED;
    return asked === 'message' ? TAKEN : AGREED[asked];
  });
}
