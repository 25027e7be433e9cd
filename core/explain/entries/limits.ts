/** Too much, too fast, too many at once. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const WAIT = say('Wait a quarter of an hour and try again.');

export const LIMITS: readonly Entry[] = [
  {
    id: 'too-many-connections',
    match: {
      words: [
        'concurrent connections',
        'too many connections',
        'too many concurrent',
        'connection limit exceeded',
        'too many simultaneous',
        'concurrent server connections',
        'number of concurrent',
        'maximum number of connections',
      ],
    },
    title: say('Too many devices send at the same moment.'),
    cause: say('The server takes a few connections from one address at a time.'),
    fix: [WAIT, say('If it comes back, let devices send one after another.')],
    who: 'you',
    retry: 'later',
    source: 'Microsoft, Exchange Online limits',
    example: '421 4.7.0 Too many concurrent SMTP connections from this IP address',
  },
  {
    id: 'sending-too-fast',
    match: {
      words: [
        'submission rate',
        'message rate limit',
        'rate limit exceeded',
        'sending too fast',
        'too many messages',
        'sending rate exceeded',
        'unusual rate of unsolicited mail',
      ],
      codes: ['4.7.28', '5.7.28'],
    },
    title: say('Too much mail in a short time.'),
    cause: say('The receiver limits how much it takes per minute or hour; a device may be repeating an alert.'),
    fix: [say('Find the device that sends so much.'), say('Wait an hour and try again.')],
    who: 'you',
    retry: 'later',
    source: 'Microsoft, Exchange Online limits; Google, Gmail SMTP errors and codes',
    example: '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
  },
  {
    id: 'server-storage-full',
    match: {
      words: ['insufficient system storage', 'insufficient disk', 'out of disk', 'no space left'],
      vague: ['452'],
    },
    title: say('The server has no room left for now.'),
    cause: say('Its disk is full; your scan is not the matter.'),
    fix: [WAIT],
    who: 'nobody',
    retry: 'later',
    source: 'RFC 5321 §4.2.3',
    example: '452 4.3.1 Insufficient system storage',
  },
  {
    id: 'temporary-rule',
    match: {
      words: ['temporarily deferred', 'temporarily rejected', 'temporarily blocked', 'deferred due to'],
      codes: ['4.7.0', '4.7.1'],
    },
    title: say('The server puts this mail off for a security reason.'),
    cause: say('Likely it does not know your address yet, or had trouble with encryption; often it passes.'),
    fix: [WAIT, say('If it stays, look for newer firmware of the scanner and run the checks again.')],
    who: 'nobody',
    retry: 'later',
    source: 'RFC 3463 §3.8',
    example: '421 4.7.0 [TSS04] Messages from 203.0.113.7 temporarily deferred',
  },
  {
    id: 'tenant-blocked',
    match: { codes: ['5.7.700-749'] },
    title: say('Microsoft has stopped this organisation’s mail.'),
    cause: say('Usually because of much unwanted mail, or because the organisation is new.'),
    fix: [
      say('Find and stop the source of unwanted mail.'),
      say('Let your administrator ask Microsoft’s support, with the whole answer.'),
    ],
    who: 'microsoft',
    retry: 'after-fix',
    source: 'Microsoft, Fix NDR errors 5.7.700 through 5.7.750',
    example: '550 5.7.704 Service unavailable. Access denied',
  },
  {
    id: 'other-block-list',
    match: {
      words: [
        'blocked using',
        'dnsbl',
        'listed by rbl',
        'listed at rbl',
        'realtime block list',
        'barracudacentral',
        'spamcop',
        'blacklisted',
        'is on a block list',
        'on our blocklist',
        'on our blacklist',
      ],
    },
    title: say('Your public address is on a block list.'),
    cause: say('The receiver asks such a list; the answer usually names it.'),
    fix: [
      say('Have the computers in the office checked for malware; one of them may send junk.'),
      say('Open the page named in the answer; it says how to get off the list.'),
      say('Ask your internet provider for a fixed business address.'),
    ],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 5782',
    example: '554 5.7.1 Service unavailable; Client host [203.0.113.7] blocked using bl.spamcop.net',
  },
];
