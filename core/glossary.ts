/** The expert's words that a page may use, each with one sentence for everybody; and which of them a text uses. */
import { say, type Text, type Translate } from './text.ts';

export type Term = {
  readonly id: string;
  readonly term: Text;
  /** One sentence, two at most. */
  readonly means: Text;
  /** Written the same in every language. */
  readonly marks?: readonly string[];
  /** Further words for it. */
  readonly words?: readonly Text[];
};

export const GLOSSARY: readonly Term[] = [
  {
    id: 'spf',
    term: say('SPF record'),
    marks: ['SPF', 'v=spf1'],
    means: say('A line of text in the public directory of your domain (DNS) that lists who may send mail in its name.'),
  },
  {
    id: 'dkim',
    term: say('DKIM'),
    marks: ['DKIM'],
    means: say('A signature that Microsoft puts under each message, so that others can see that it was not altered.'),
  },
  {
    id: 'dmarc',
    term: say('DMARC'),
    marks: ['DMARC'],
    means: say('A public note of your domain that tells others what to do with mail that fails SPF and DKIM.'),
  },
  {
    id: 'dns',
    term: say('DNS'),
    marks: ['DNS'],
    means: say('The public directory of the internet, in which each domain says where its mail and its pages are.'),
  },
  {
    id: 'txt',
    term: say('TXT record'),
    marks: ['TXT'],
    means: say('An entry in the DNS that holds a line of text.'),
  },
  {
    id: 'mx',
    term: say('MX record'),
    marks: ['MX'],
    means: say('The entry in the DNS that says which server takes the mail of a domain.'),
  },
  {
    id: 'name-server',
    term: say('Name server'),
    means: say('A server that answers questions to the DNS; each domain has its own.'),
  },
  {
    id: 'reverse-dns',
    term: say('Reverse name'),
    marks: ['PTR'],
    words: [say('reverse DNS')],
    means: say('The name that belongs to an IP address; your internet provider sets it.'),
  },
  {
    id: 'ip',
    term: say('Public IP address'),
    words: [say('public address')],
    means: say(
      'The number under which your whole office appears on the internet; Microsoft recognises your scanner by it.',
    ),
  },
  {
    id: 'port-25',
    term: say('Port 25'),
    means: say('The door through which mail servers pass mail to each other. Many internet providers keep it shut.'),
  },
  {
    id: 'smtp',
    term: say('SMTP'),
    marks: ['SMTP', 'EHLO', 'HELO'],
    means: say('The language in which scanners and mail servers hand over a message.'),
  },
  {
    id: 'starttls',
    term: say('Encryption (STARTTLS)'),
    marks: ['STARTTLS', 'TLS', 'TLSv1.2', 'TLSv1.3'],
    words: [say('Encryption')],
    means: say('Before the message is sent, both sides agree on encryption, so that nobody on the way can read it.'),
  },
  {
    id: 'certificate',
    term: say('Certificate'),
    means: say('A digital identity card by which a server or a scanner proves its name.'),
  },
  {
    id: 'block-list',
    term: say('Block list'),
    marks: ['Spamhaus'],
    means: say('A public list of addresses from which spam came; mail from a listed address is often refused.'),
  },
  {
    id: 'mail-from',
    term: say('Sender (MAIL FROM)'),
    marks: ['MAIL FROM'],
    means: say('The address with which the scanner introduces each message to the server.'),
  },
  {
    id: 'connector',
    term: say('Connector'),
    means: say('A note in your Microsoft 365 that says: mail arriving from this address is from our own office.'),
  },
  {
    id: 'accepted-domain',
    term: say('Accepted domain'),
    means: say('A domain that your Microsoft 365 knows as yours.'),
  },
  {
    id: 'exchange',
    term: say('Exchange'),
    marks: ['Exchange', 'Exchange Online'],
    means: say('The part of Microsoft 365 that handles mail.'),
  },
  {
    id: 'entra',
    term: say('Microsoft Entra'),
    marks: ['Entra'],
    means: say('The part of Microsoft 365 that knows its people and what they may do.'),
  },
  {
    id: 'powershell',
    term: say('PowerShell'),
    marks: ['PowerShell', 'cmdlet'],
    means: say('A window for commands, with which administrators work on Microsoft 365.'),
  },
  {
    id: 'direct-send',
    term: say('Direct Send'),
    marks: ['Direct Send'],
    means: say('Mail handed to Microsoft 365 without any set-up; it reaches only people inside.'),
  },
  {
    id: 'high-volume',
    term: say('High Volume Email'),
    marks: ['High Volume Email', 'HVE'],
    means: say('A paid service of Microsoft 365 for sending many messages.'),
  },
  {
    id: 'oauth',
    term: say('OAuth'),
    marks: ['OAuth'],
    means: say('A way to sign in without typing a password into the device.'),
  },
  {
    id: 'mfa',
    term: say('Second factor'),
    marks: ['MFA'],
    means: say('A confirmation on the phone after the password.'),
  },
  {
    id: 'vpn',
    term: say('VPN'),
    marks: ['VPN'],
    means: say('A tunnel through which a computer appears on the internet under another address than the office’s.'),
  },
  {
    id: 'mdns',
    term: say('mDNS and WS-Discovery'),
    marks: ['mDNS', 'WS-Discovery'],
    means: say('Two ways to ask everything on the office network for its name.'),
  },
  {
    id: 'snmp',
    term: say('SNMP'),
    marks: ['SNMP'],
    means: say('A way to ask a device for its make and model.'),
  },
  {
    id: 'firewall',
    term: say('Firewall'),
    means: say('A device or program that decides which traffic may leave or enter the office network.'),
  },
  {
    id: 'trace',
    term: say('Message trace'),
    means: say('Microsoft’s own record of what it did with a message.'),
  },
];

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

const patterns = new Map<string, RegExp>();

/** Marks as whole words; words of a language also with an ending or as part of a longer one. */
function patternOf({ id, term, marks = [], words = [] }: Term, t: Translate): RegExp {
  const key = `${t.language} ${id}`;
  const known = patterns.get(key);
  if (known) return known;
  const whole = marks.map((mark) => String.raw`(?<![\p{L}\p{N}])${escaped(mark)}(?![\p{L}\p{N}])`);
  // Two letters of a word would be found in many others.
  const begun = [term, ...words].map((word) => escaped(t(word))).filter((word) => word.length > 3);
  const pattern = new RegExp(
    [...whole, ...begun.map((word) => String.raw`(?<![\p{L}\p{N}])(?:${word})`)].join('|'),
    'iu',
  );
  patterns.set(key, pattern);
  return pattern;
}

/** The expert's words a text uses, in the order of the list. */
export const termsIn = (text: string, t: Translate): readonly Term[] =>
  GLOSSARY.filter((term) => patternOf(term, t).test(text));
