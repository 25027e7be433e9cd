/** When a fact speaks against letting the office's address send, and the other ways there are; pure. */
import type { Report } from '../core/report/report.ts';
import { say, type Text } from '../core/text.ts';
import { lineFacts } from './facts.ts';

export type Way = {
  readonly id: 'address' | 'certificate' | 'direct' | 'high-volume' | 'oauth' | 'elsewhere';
  readonly title: Text;
  readonly fits: Text;
  /** What it asks for, step by step. */
  readonly steps: readonly Text[];
};

/** Reasons, in plain words; none means that the usual way is right. */
export function reasonsAgainst(report: Report | null): readonly Text[] {
  const { kind, open } = lineFacts(report);
  return [
    ...(open === false ? [say('This line does not let mail out through port 25, the only way to this service.')] : []),
    ...(kind === 'dynamic-likely'
      ? [say('The office’s address probably changes from time to time; each change would stop the scanner.')]
      : []),
    ...(kind === 'shared'
      ? [
          say(
            'The office shares its address with other customers of the provider; whoever else uses it could send in your name.',
          ),
        ]
      : []),
  ];
}

/** Facts: learn.microsoft.com, “How to set up a multifunction device or application to send email using Microsoft 365”. */
export function waysFor(report: Report | null): readonly Way[] {
  const { open } = lineFacts(report);
  const through25: readonly Way[] = [
    {
      id: 'address',
      title: say('Ask the provider for a fixed address, then go on here'),
      fits: say('Best for most offices. Choose it also when you know better than the check.'),
      steps: [
        say('Ask your internet provider for a fixed public IPv4 address of your own.'),
        say('When you have it, check the line again and go on.'),
      ],
    },
    {
      id: 'certificate',
      title: say('Recognise the scanner by a certificate'),
      fits: say('For devices that can present their own certificate when they send. The address may then change.'),
      steps: [
        say(
          'The certificate has to be issued for a name in your domain by a public authority, with its intermediate certificate.',
        ),
        say('Install it on the device, and enter its name below.'),
      ],
    },
  ];
  const elsewhere: readonly Way[] = [
    {
      id: 'oauth',
      title: say('Let the scanner sign in (OAuth)'),
      fits: say('For newer devices whose menu offers Microsoft 365 sign-in. Works on any line, to anybody.'),
      steps: [
        say(
          'Look in the scanner’s mail settings for “OAuth 2.0”, “Microsoft 365” or “Modern authentication”; a firmware update may bring it.',
        ),
        say('Use a licensed mailbox made for the scanner. Server smtp.office365.com, port 587, STARTTLS.'),
      ],
    },
    {
      id: 'high-volume',
      title: say('High Volume Email'),
      fits: say('Mail to your own company only, on any line. Microsoft charges by the message.'),
      steps: [
        say(
          'Your Microsoft 365 administrator creates a High Volume Email account in the Exchange admin center under Mail flow.',
        ),
        say('Enter its server and sign-in on the scanner as shown there: port 587 with STARTTLS.'),
      ],
    },
  ];
  const direct: Way = {
    id: 'direct',
    title: say('Only to your own company (Direct Send)'),
    fits: say(
      'Needs nothing in Microsoft 365, but never reaches anybody outside, and companies may have switched it off.',
    ),
    steps: [
      say('Use the same server and port as below, and only recipients in your own domain.'),
      say('Publish the office’s address in the DNS record, or the messages are likely to end up as junk.'),
    ],
  };
  const unblock: Way = {
    id: 'elsewhere',
    title: say('Ask the provider to open port 25'),
    fits: say('Many providers do so for business lines when asked.'),
    steps: [
      say('Ask for outgoing TCP port 25 towards Microsoft 365. Look also at your own firewall.'),
      say('Then check the line again.'),
    ],
  };
  return open === false ? [unblock, ...elsewhere] : [...through25, ...elsewhere, direct];
}
