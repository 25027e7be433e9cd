/** Refusals because nothing vouches for the sender: SPF, DKIM, DMARC, the name of the line. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const NDR = 'Microsoft, Email non-delivery reports in Exchange Online';
const GMAIL = 'Google, Email sender guidelines';
const SPF = say('Put the SPF record right (step “DNS record”).');
const DKIM = say('Let your administrator switch on DKIM for the domain.');

export const SENDER_PROOF: readonly Entry[] = [
  {
    id: 'spf-failed',
    match: {
      words: [
        'sender policy framework',
        'spf check failed',
        'is not allowed to send mail from',
        'per spf policy',
        'spf fail',
        'rejected by spf',
        'does not designate',
        'did not pass spf',
      ],
      codes: ['5.7.23'],
    },
    title: say('Your SPF record does not let this mail through.'),
    cause: say('The record of your domain does not name the server that sent it.'),
    fix: [say('Publish the record RelayReady proposes in the step “DNS record”, and wait until it is live.')],
    who: 'dns-host',
    retry: 'after-fix',
    source: 'RFC 7208 §8.4; ' + NDR,
    example: '550 5.7.23 The message was rejected because of Sender Policy Framework violation',
  },
  {
    id: 'dmarc-failed',
    match: {
      words: [
        'pass dmarc',
        'dmarc verification',
        'dmarc policy',
        "domain's dmarc policy",
        'failed dmarc',
        'fails dmarc',
        'dmarc check',
        'dmarc evaluation',
        'dmarc reject',
      ],
      codes: ['5.7.509'],
    },
    title: say('Your own DMARC policy makes receivers refuse this mail.'),
    cause: say('Neither SPF nor DKIM vouches for the sender’s domain.'),
    fix: [
      say('Put the SPF record right (step “DNS record”).'),
      say('Let your administrator switch on DKIM for the domain.'),
    ],
    who: 'dns-host',
    retry: 'after-fix',
    source: NDR,
    example:
      '550 5.7.509 Access denied, sending domain contoso.com does not pass DMARC verification and has a DMARC policy of reject',
  },
  {
    id: 'authentication-level',
    match: { words: ['required authentication level'], codes: ['5.7.515'] },
    title: say('Outlook.com wants more proof of who sends.'),
    cause: say('It likely asks for SPF, DKIM and DMARC from domains that send much.'),
    fix: [say('Put SPF right, let your administrator switch on DKIM, and publish a DMARC record.')],
    who: 'dns-host',
    retry: 'after-fix',
    source: 'Microsoft, Strengthening email ecosystem: Outlook’s new requirements for high-volume senders',
    example: '550 5.7.515 Access denied, sending domain contoso.com does not meet the required authentication level',
  },
  {
    id: 'sender-unauthenticated',
    match: {
      words: [
        'sender is unauthenticated',
        'requires all senders to authenticate',
        'to authenticate with either spf or dkim',
        'multiple authentication checks failed',
      ],
      codes: ['5.7.26'],
    },
    title: say('Nothing vouches for the sender of this mail.'),
    cause: say('The receiver, usually Gmail, asks for SPF or DKIM of the sender’s domain and found neither.'),
    fix: [SPF, DKIM],
    who: 'dns-host',
    retry: 'after-fix',
    source: GMAIL,
    example: '550-5.7.26 This mail has been blocked because the sender is unauthenticated.',
  },
  {
    id: 'spf-record-broken',
    match: {
      words: [
        'spf permerror',
        'permerror',
        'spf validation error',
        'error in processing the spf',
        'spf record is invalid',
      ],
      codes: ['5.7.24', '4.7.24'],
    },
    title: say('Your SPF record holds a mistake.'),
    cause: say('It cannot be read, there are two of them, or it needs more than ten look-ups.'),
    fix: [say('Publish the record RelayReady proposes in the step “DNS record”; it mends what is there.')],
    who: 'dns-host',
    retry: 'after-fix',
    source: 'RFC 7208 §8.7; RFC 7372 §3.2',
    example: '550 5.7.24 SPF validation error: permerror',
  },
  {
    id: 'dkim-failed',
    match: {
      words: ['dkim signature', 'dkim verification', 'dkim check', 'dkim did not pass', 'no passing dkim'],
      codes: ['5.7.20-22'],
    },
    title: say('The signature of your domain (DKIM) is missing or not right.'),
    cause: say('Microsoft 365 signs with your own domain only when that is switched on.'),
    fix: [DKIM, SPF],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: 'RFC 7372 §3.1',
    example: '550 5.7.20 No passing DKIM signature found',
  },
  {
    id: 'gmail-alignment',
    match: {
      words: ["from: header isn't aligned", 'is not aligned with', 'not aligned with either'],
      codes: ['4.7.32', '5.7.32'],
    },
    title: say('The visible sender is of another domain than the one vouched for.'),
    cause: say('SPF or DKIM holds for one domain, the sender line names another.'),
    fix: [say('Enter one and the same address of your domain everywhere on the scanner.'), DKIM],
    who: 'you',
    retry: 'after-fix',
    source: GMAIL,
    example: "421 4.7.32 Your email has been rate limited because the From: header isn't aligned with SPF or DKIM",
  },
  {
    id: 'gmail-spf',
    match: {
      words: ['spf did not pass', 'spf authentication didn', 'spf authentication did not pass'],
      codes: ['4.7.27', '5.7.27'],
    },
    title: say('Gmail asks for an SPF record that fits.'),
    cause: say('The SPF record of the sender’s domain does not name the server the mail came from.'),
    fix: [say('Publish the record RelayReady proposes in the step “DNS record”, and wait until it is live.')],
    who: 'dns-host',
    retry: 'after-fix',
    source: GMAIL,
    example: "421 4.7.27 Your email has been rate limited because SPF authentication didn't pass for this message.",
  },
  {
    id: 'reverse-name-missing',
    match: {
      words: [
        'reverse dns',
        'cannot find your hostname',
        'cannot find your reverse hostname',
        'ptr record',
        'no ptr',
        'reverse hostname',
      ],
    },
    title: say('Your public address has no name.'),
    cause: say('The receiver asks for a reverse entry (PTR) of the address, and there is none that fits.'),
    fix: [
      say('Ask your internet provider to set the reverse name of your fixed address.'),
      say('Or send through Microsoft’s server, not directly to the receiver.'),
    ],
    who: 'internet-provider',
    retry: 'after-fix',
    source: 'RFC 1912 §2.1',
    example: '450 4.7.1 Client host rejected: cannot find your reverse hostname, [203.0.113.7]',
  },
];
