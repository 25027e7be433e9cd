/** Words for each trouble of a test message: what happened, why most likely, what to do next, and who does it. */
import type { Phase } from '../explain/by-class.ts';
import type { Explanation } from '../explain/explanation.ts';
import { say, type Text, type Translate } from '../text.ts';
import type { Trouble } from './trouble.ts';

type Words = {
  readonly title: Text;
  readonly cause: Text;
  readonly fix: readonly Text[];
  readonly who: Explanation['who'];
  readonly retry: Explanation['retry'];
  readonly source: string | null;
};

const AGAIN = say('Then send the test again; nothing was sent yet.');
const LATER = say('Send the test again in a few minutes; nothing was sent yet.');
const FIREWALL = say(
  'Look for mail scanning or “SMTP inspection” in the firewall, router or virus scanner, and switch it off for mail to Microsoft.',
);
const CHECKS = say('Run the checks; they show where it stops.');
const ANOTHER = say('Try once from another network, for example over a phone, to see whether the answer is the same.');

const WORDS: Readonly<Record<Trouble, Words>> = {
  'no-connection': {
    title: say('No connection to Microsoft’s mail server.'),
    cause: say('Most likely the firewall or the internet provider blocks mail connections (port 25).'),
    fix: [CHECKS, say('Ask your internet provider to open port 25 outwards.'), AGAIN],
    who: 'internet-provider',
    retry: 'after-fix',
    source: null,
  },
  'not-on-the-internet': {
    title: say('The mail server’s name leads to an address inside a network, not to Microsoft.'),
    cause: say('A DNS server of this office, or a filter, answers for Microsoft’s name with an address of its own.'),
    fix: [say('Ask whoever looks after your network why this name has an inside address.'), AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: null,
  },
  silent: {
    title: say('The mail server stopped answering.'),
    cause: say('No answer came within the time a mail server may take. It is overloaded, or a firewall swallows it.'),
    fix: [LATER, CHECKS],
    who: 'you',
    retry: 'later',
    source: 'RFC 5321 §4.5.3.2',
  },
  dripping: {
    title: say('The mail server began an answer and did not end it.'),
    cause: say('It answers so slowly that the time was over. Something on the way most likely slows it on purpose.'),
    fix: [FIREWALL, LATER],
    who: 'you',
    retry: 'later',
    source: 'RFC 5321 §4.5.3.2',
  },
  closed: {
    title: say('The connection was cut before the message was handed over.'),
    cause: say('The mail server, a firewall or the internet connection ended it in the middle.'),
    fix: [LATER, FIREWALL],
    who: 'you',
    retry: 'later',
    source: 'RFC 5321 §4.1.1.10',
  },
  flood: {
    title: say('The mail server sent far more than an answer.'),
    cause: say(
      'An answer is a few lines long. What came was so long that no mail server of Microsoft can have sent it.',
    ),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5321 §4.5.3.1.5',
  },
  garbled: {
    title: say('What came back is no answer of a mail server.'),
    cause: say('It breaks the rules of mail; something in between most likely changes what passes through.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5321 §4.2',
  },
  'web-server': {
    title: say('A web server answers where the mail server should be.'),
    cause: say('A proxy or sign-in page of the network stands in between.'),
    fix: [say('Ask whoever looks after your network to let port 25 to Microsoft through untouched.'), AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: null,
  },
  'tls-record': {
    title: say('The mail server begins with encryption at once; this port begins in clear.'),
    cause: say('The connection ends at another service or port than Microsoft’s port 25.'),
    fix: [say('Look for a rule in the firewall that leads port 25 elsewhere.'), AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 3207',
  },
  'out-of-turn': {
    title: say('The mail server answered what nobody had asked.'),
    cause: say('Answers no longer belong to questions, so none of them can be trusted. Nothing was sent.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5321 §4.2',
  },
  'other-greeting': {
    title: say('Something else answers in Microsoft’s place.'),
    cause: say(
      'The greeting does not carry Microsoft’s name, and encryption is not offered. The message was held back.',
    ),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: null,
  },
  'no-encryption': {
    title: say('Encryption is not offered, so nothing was sent.'),
    cause: say('Microsoft always offers it. Most likely a firewall or virus scanner takes the offer out.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 3207 §6',
  },
  'encryption-refused': {
    title: say('The mail server offered encryption and then refused it, so nothing was sent.'),
    cause: say('It may be so for a moment only; if it stays, something in between spoils the encryption.'),
    fix: [LATER, FIREWALL],
    who: 'you',
    retry: 'later',
    source: 'RFC 3207 §4',
  },
  injected: {
    title: say('Something between this office and Microsoft meddles with the connection.'),
    cause: say('Unencrypted text was slipped in at the moment the encryption began, so nothing was sent.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 3207 §6',
  },
  handshake: {
    title: say('The encryption could not be agreed on.'),
    cause: say('The connection broke while encryption began. Often a firewall that looks into mail is the matter.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 8446',
  },
  'old-encryption': {
    title: say('Only outdated encryption was offered, so nothing was sent.'),
    cause: say('Microsoft speaks TLS 1.2 and newer. Something older stands in between.'),
    fix: [say('Look for a firewall, proxy or mail gateway with old firmware on the way.'), AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 8996',
  },
  'certificate-name': {
    title: say('The certificate belongs to somebody else, so nothing was sent.'),
    cause: say('It does not name Microsoft’s mail server. A firewall that opens encrypted mail shows its own.'),
    fix: [FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 9525',
  },
  'certificate-date': {
    title: say('The certificate is not valid today, so nothing was sent.'),
    cause: say('Either the clock of this computer is wrong, or something in between shows an old certificate.'),
    fix: [say('Look at the date and time of this computer.'), FIREWALL, AGAIN],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5280 §4.1.2.5',
  },
  'certificate-untrusted': {
    title: say('The certificate comes from nobody this computer trusts, so nothing was sent.'),
    cause: say('A firewall or virus scanner most likely shows a certificate of its own making.'),
    fix: [FIREWALL, ANOTHER],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5280 §6',
  },
  'too-large': {
    title: say('The message is larger than the mail server takes.'),
    cause: say('The server said its limit before; the message was not sent.'),
    fix: [
      say('Send the test without its attachment.'),
      say('Scan with a lower resolution, or fewer pages in one message.'),
    ],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 1870',
  },
};

/** Where the conversation was, in words. */
const PLACES: Readonly<Record<Phase, Text>> = {
  connect: say('It happened while connecting.'),
  greeting: say('It happened before the server’s greeting was complete.'),
  ehlo: say('It happened while this computer introduced itself.'),
  starttls: say('It happened while encryption began.'),
  mail: say('It happened when the sender was named.'),
  rcpt: say('It happened when the recipient was named.'),
  data: say('It happened before the message was complete.'),
  message: say('It happened after the whole message was sent.'),
};

/** For a message that did not leave. */
export function explainTrouble(trouble: Trouble, phase: Phase, t: Translate): Explanation {
  const { title, cause, fix, who, retry, source } = WORDS[trouble];
  return {
    schema: 'relayready/explanation@1',
    id: trouble === 'injected' ? 'starttls-injected' : `trouble-${trouble}`,
    title: t(title),
    cause: `${t(cause)} ${t(PLACES[phase])}`,
    fix: fix.map((text) => t(text)),
    who,
    retry,
    source,
  };
}

/** Why nobody knows what became of a message that had left. */
const UNKNOWN: Partial<Readonly<Record<Trouble, Text>>> = {
  silent: say('The whole message was sent, and no answer came in time.'),
  dripping: say('The whole message was sent; the answer began and did not end in time.'),
  flood: say('The whole message was sent; what came back was too long to be an answer.'),
  garbled: say('The whole message was sent; what came back is no answer of a mail server.'),
  'web-server': say('The whole message was sent; what came back is no answer of a mail server.'),
};

/** For a message whose fate nobody knows. */
export const explainUnknown = (trouble: Trouble | null, t: Translate): Explanation => ({
  schema: 'relayready/explanation@1',
  id: 'outcome-unknown',
  title: t('We do not know whether the message was taken.'),
  cause: t(
    (trouble && UNKNOWN[trouble]) ??
      say('The connection ended after the whole message was sent and before Microsoft answered.'),
  ),
  fix: [
    t('Look into the recipient’s mailbox, or let Microsoft’s trace tell.'),
    t('Only if it did not arrive: send the test again.'),
  ],
  who: 'you',
  retry: 'no',
  source: 'RFC 5321 §6.1',
});
