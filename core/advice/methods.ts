/** The ways a device can send through Microsoft 365: what each is, what it costs, and how it is set up (Microsoft Learn, “How to set up a multifunction device or application to send email using Microsoft 365”). */
import { say, type Text } from '../text.ts';

export type Method =
  'relay-by-address' | 'relay-by-certificate' | 'high-volume-email' | 'oauth' | 'direct-send' | 'password';

export type MethodText = {
  readonly title: Text;
  readonly cost: Text;
  readonly steps: readonly Text[];
};

export const METHODS: Readonly<Record<Method, MethodText>> = {
  'relay-by-address': {
    title: say('Recognise the office by its address'),
    cost: say('Costs nothing at Microsoft; the provider may charge for a fixed address.'),
    steps: [say('Check the line again, then go on here.')],
  },
  'relay-by-certificate': {
    title: say('Recognise the scanner by a certificate'),
    cost: say('Costs nothing at Microsoft; the certificate has to be renewed in time, often every few months.'),
    steps: [
      say(
        'The certificate has to be issued for a name in your domain by a public authority, with its intermediate certificate.',
      ),
      say('Install it on the device or on the mail server in the office, and enter its name below.'),
    ],
  },
  oauth: {
    title: say('Let the scanner sign in (OAuth)'),
    cost: say('Needs a licensed mailbox.'),
    steps: [
      say(
        'Look in the scanner’s mail settings for “OAuth 2.0”, “Microsoft 365” or “Modern authentication”; a firmware update may bring it.',
      ),
      say('Use a licensed mailbox made for the scanner. Server smtp.office365.com, port 587, STARTTLS.'),
    ],
  },
  'high-volume-email': {
    title: say('High Volume Email'),
    cost: say('Microsoft charges by the message.'),
    steps: [
      say(
        'Your Microsoft 365 administrator creates a High Volume Email account in the Exchange admin center under Mail flow.',
      ),
      say('Enter its server and sign-in on the scanner as shown there: port 587 with STARTTLS.'),
      say(
        'Where security defaults are on, a password is usually refused. Leave them on, and choose a device that can sign in with OAuth.',
      ),
    ],
  },
  'direct-send': {
    title: say('Only to your own company (Direct Send)'),
    cost: say('Costs nothing.'),
    steps: [
      say('Use the same server and port as for a relay, and only recipients in your own domain.'),
      say('Publish the office’s address in the DNS record, or the messages are likely to end up as junk.'),
    ],
  },
  password: {
    title: say('Go on with a mailbox password'),
    cost: say('Needs a licensed mailbox.'),
    steps: [
      say(
        'Leave the scanner as it is: server smtp.office365.com, port 587, STARTTLS, name and password of the mailbox.',
      ),
      say('Plan another way before Microsoft ends this one.'),
    ],
  },
};
