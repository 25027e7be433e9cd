/** Answers of the service that asks for a password: the wrong server for a relay. */
import { say, type Text } from '../../text.ts';
import type { Entry } from '../entry.ts';

const RELAY: readonly Text[] = [
  say('On the scanner enter Microsoft’s server of your domain (it ends in mail.protection.outlook.com), port 25.'),
  say('Switch authentication off; the relay needs no user name and no password.'),
];
const PRINTERS = 'Microsoft, Fix issues with printers, scanners, and LOB applications';

export const PASSWORD: readonly Entry[] = [
  {
    id: 'not-authenticated',
    match: { words: ['not authenticated to send anonymous mail', 'client was not authenticated'], codes: ['5.7.57'] },
    title: say('This server wants a sign-in; it is not the relay.'),
    cause: say('smtp.office365.com was entered. The relay has another name and needs no sign-in.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example: '530 5.7.57 Client not authenticated to send anonymous mail during MAIL FROM',
  },
  {
    id: 'password-login-off',
    match: {
      words: [
        'smtpclientauthentication is disabled',
        'basic authentication is disabled',
        'basic authentication is not supported',
        'security defaults policy',
        'user credentials were incorrect',
      ],
      codes: ['5.7.139', '5.7.30'],
    },
    title: say('Signing in with a password is switched off.'),
    cause: say('Microsoft is ending password mail sending; your organisation or Microsoft has switched it off.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: 'Microsoft, Deprecation of Basic authentication in Exchange Online',
    example: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
  },
  {
    id: 'login-failed',
    match: {
      words: ['authentication unsuccessful', 'authentication failed', 'invalid login'],
      codes: ['5.7.3', '5.7.8'],
    },
    title: say('The user name or password was not accepted.'),
    cause: say('It is wrong, or passwords alone are no longer accepted.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example: '535 5.7.3 Authentication unsuccessful [AM0PR0001.eurprd01.prod.outlook.com]',
  },
  {
    id: 'starttls-required',
    match: { words: ['starttls is required', 'must issue a starttls command'] },
    title: say('This server takes mail only encrypted.'),
    cause: say('The scanner did not switch to encryption (STARTTLS).'),
    fix: [say('Switch on STARTTLS (also called TLS) on the scanner.'), ...RELAY],
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example: '451 5.7.3 STARTTLS is required to send mail',
  },
];
