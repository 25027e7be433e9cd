/** Numbers scanners show on their panel or in their job list; what the server said tells more when it is there. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const FIRMWARE = say('Update the scanner’s firmware; ask its supplier.');
const LOOK = say('Let RelayReady catch one scan (step “Scanner”); it shows what the scanner really does.');
const SOURCE = 'Brand manuals and support pages; see the brand cards';

export const DEVICES: readonly Entry[] = [
  {
    id: 'device-sign-in',
    match: { panel: ['kyocera 1102', 'canon 804', 'canon 806', 'canon 839', 'xerox 027-779'] },
    title: say('The scanner tried to sign in and was refused.'),
    cause: say('Most likely a user name and password are still entered; the relay needs none.'),
    fix: [
      say('Switch authentication off on the scanner, and empty user name and password.'),
      say('Check the server name: it ends in mail.protection.outlook.com or mx.microsoft, port 25.'),
    ],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'Send error 1102',
  },
  {
    id: 'device-server-name',
    match: { panel: ['kyocera 1101', 'canon 802'] },
    title: say('The scanner did not reach the mail server.'),
    cause: say('Most likely the server name is missing or misspelt, or no DNS server is entered.'),
    fix: [
      say('Enter the server name RelayReady shows, letter by letter.'),
      say('On the scanner, check that a DNS server is entered.'),
    ],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'TX result: NG #802',
  },
  {
    id: 'device-sender-missing',
    match: { panel: ['kyocera 1106'] },
    title: say('The scanner has no sender address.'),
    cause: say('Most likely that field is empty.'),
    fix: [say('Enter a sender address in one of your Microsoft 365 domains.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'Send error 1106',
  },
  {
    id: 'device-recipient-missing',
    match: { panel: ['kyocera 1104'] },
    title: say('The scanner has no recipient.'),
    cause: say('Most likely none was chosen, or the entry in its address book is empty.'),
    fix: [say('Choose a recipient anew, or type the address.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'Send error 1104',
  },
  {
    id: 'device-mail-off',
    match: { panel: ['kyocera 1105'] },
    title: say('Sending mail is switched off on the scanner.'),
    cause: say('Most likely the protocol SMTP is off in its network settings.'),
    fix: [say('Switch on SMTP (E-mail TX) under Network Settings, Protocol.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'Send error 1105',
  },
  {
    id: 'device-encryption',
    match: { panel: ['kyocera 1131', 'kyocera 1132', 'canon 831', 'canon 841', 'canon 842', 'canon 843'] },
    title: say('The scanner could not start encryption.'),
    cause: say(
      'Most likely it knows only old kinds (before TLS 1.2), its clock is wrong, or it trusts too few issuers.',
    ),
    fix: [say('Check date and time on the scanner.'), FIRMWARE, LOOK],
    who: 'device-supplier',
    retry: 'after-fix',
    source: SOURCE,
    example: 'TX result: NG #841',
  },
  {
    id: 'device-connection',
    match: { panel: ['kyocera 2101', 'kyocera 2103', 'kyocera 2204', 'canon 801'] },
    title: say('The conversation with the mail server failed.'),
    cause: say('Most likely port 25 is blocked, the line is too slow, or the server refused the scan.'),
    fix: [say('Run the checks; they show where it stops.'), say('Try again with one page.'), LOOK],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example: 'Send error 2101',
  },
  {
    id: 'device-stopped',
    match: { panel: ['canon 852', 'canon 995'] },
    title: say('The scan was stopped before it was sent.'),
    cause: say('Most likely somebody cancelled it, or the scanner lost power.'),
    fix: [say('Scan again.')],
    who: 'you',
    retry: 'later',
    source: SOURCE,
    example: 'TX result: NG #995',
  },
];
