/** Explains what no entry knows: by how far the conversation had got and by the class of the code. */
import { say, type Text } from '../text.ts';
import type { Entry } from './entry.ts';

export type Phase = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'message';
export type Unknown = Pick<Entry, 'title' | 'cause' | 'fix' | 'who' | 'retry'>;

const SHOW = say('If it stays like this, show the whole answer to your Microsoft 365 administrator.');
const CHECKS = say('Run the checks; they show where it stops.');
const NETWORK: readonly Text[] = [
  say('Check the server name on the scanner against the one RelayReady shows.'),
  say('Ask whoever looks after your firewall whether it lets mail through untouched.'),
  CHECKS,
];

type Stage = { readonly cause: Text; readonly fix: readonly Text[]; readonly who: Entry['who'] };
const STAGES: Readonly<Record<Phase, Stage>> = {
  connect: { cause: say('It happened while connecting.'), fix: NETWORK, who: 'you' },
  greeting: {
    cause: say(
      'It happened at the greeting, before anything was sent: usually this office’s public address is the matter.',
    ),
    fix: NETWORK,
    who: 'you',
  },
  ehlo: {
    cause: say(
      'It happened while the scanner introduced itself: the name it gives, or this office’s address, is the matter.',
    ),
    fix: [say('Check the host name and domain entered on the scanner.'), CHECKS],
    who: 'you',
  },
  starttls: {
    cause: say('It happened while starting encryption.'),
    fix: [
      say('Look for newer firmware of the scanner.'),
      say('Ask whoever looks after your firewall whether it opens encrypted mail.'),
    ],
    who: 'you',
  },
  mail: {
    cause: say('It happened when the sender was named, so the sender or this office is the matter.'),
    fix: [say('Check that the scanner’s sender address is in one of your Microsoft 365 domains.'), CHECKS, SHOW],
    who: 'you',
  },
  rcpt: {
    cause: say('It happened when the recipient was named: the recipient, or the right to send there, is the matter.'),
    fix: [
      say('Check the spelling of the recipient.'),
      say('Send to an inside and to an outside recipient; when only inside works, the connector does not match.'),
      SHOW,
    ],
    who: 'microsoft-admin',
  },
  data: {
    cause: say('It happened just before the message itself.'),
    fix: [say('Try one recipient and one page.'), SHOW],
    who: 'microsoft-admin',
  },
  message: {
    cause: say('It happened after the message: its content or its sender line is the matter.'),
    fix: [
      say('Try a scan of one page as PDF.'),
      say('Enter a plain sender name and a sender address of your own domain on the scanner.'),
      SHOW,
    ],
    who: 'microsoft-admin',
  },
};

/** The middle part of a code says what the matter is (RFC 3463 §3). */
const SUBJECTS: Readonly<Record<string, Stage>> = {
  '1': {
    cause: say('By its code an address is the matter: the recipient’s or the sender’s.'),
    fix: [say('Check the spelling of both on the scanner.'), SHOW],
    who: 'you',
  },
  '2': {
    cause: say('By its code the recipient’s mailbox is the matter.'),
    fix: [say('Try another recipient, and ask this one whether mail from others arrives.'), SHOW],
    who: 'you',
  },
  '3': {
    cause: say('By its code the recipient’s mail system is the matter.'),
    fix: [say('Try another recipient.'), SHOW],
    who: 'microsoft-admin',
  },
  '4': {
    cause: say('By its code the way to the recipient’s server is the matter.'),
    fix: [say('Check the server name and the recipient’s domain.'), SHOW],
    who: 'microsoft-admin',
  },
  '5': {
    cause: say('By its code the two sides did not understand each other.'),
    fix: [say('Update the scanner’s firmware, and check its host name and sender address.'), SHOW],
    who: 'device-supplier',
  },
  '6': {
    cause: say('By its code the form or content of the message is the matter.'),
    fix: [say('Try a scan of one page as PDF, with a plain file name.'), SHOW],
    who: 'you',
  },
  '7': {
    cause: say('By its code a security rule is the matter.'),
    fix: [
      CHECKS,
      say(
        'Show the whole answer to your Microsoft 365 administrator; the rule is in your or the recipient’s organisation.',
      ),
    ],
    who: 'microsoft-admin',
  },
};

export const unknownSignIn: Unknown = {
  title: say('Microsoft refused the sign-in.'),
  cause: say('It happened while signing in, and RelayReady does not know this number.'),
  fix: [
    say('Try again; if it stays like this, show the message to your administrator.'),
    say('Or give the script to your administrator; it needs no sign-in here.'),
  ],
  who: 'microsoft-admin',
  retry: 'later',
};

/**
 * @param first first digit of the code (RFC 5321 §4.2.1): 4 asks to come again, 5 says no; null without a code
 * @param subject middle part of the RFC 3463 code, or null
 */
export function byClass(first: string | null, subject: string | null, phase: Phase | null): Unknown {
  const stage = (phase && STAGES[phase]) ?? (subject === null ? undefined : SUBJECTS[subject]);
  if (first === '2')
    return {
      title: say('That is no refusal: the server accepted it.'),
      cause: say('Numbers that begin with 2 mean that the server agreed.'),
      fix: [say('Nothing is to be done.')],
      who: 'nobody',
      retry: 'no',
    };
  if (first === '4')
    return {
      title: say('The server asks to try again later.'),
      cause: stage?.cause ?? say('RelayReady does not know this answer.'),
      fix: [say('Wait a quarter of an hour and try again.'), ...(stage?.fix ?? [SHOW])],
      who: 'nobody',
      retry: 'later',
    };
  if (first === '5')
    return {
      title: say('The server refused it for good.'),
      cause: stage?.cause ?? say('RelayReady does not know this answer.'),
      fix: stage?.fix ?? [say('Compare server name, sender and recipient with what RelayReady shows.'), SHOW],
      who: stage?.who ?? 'microsoft-admin',
      retry: 'after-fix',
    };
  return {
    title: say('This answer is not known.'),
    cause: stage?.cause ?? say('RelayReady does not know this answer.'),
    fix: [say('Copy the whole answer, with its number (like 550 5.7.64), and try again.'), ...(stage?.fix ?? [CHECKS])],
    who: 'you',
    retry: 'after-fix',
  };
}
