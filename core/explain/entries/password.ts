/** Answers of the service that asks for a password: the wrong server for a relay. */
import { say, type Text } from '../../text.ts';
import type { Entry } from '../entry.ts';

const RELAY: readonly Text[] = [
  say('On the scanner enter Microsoft’s server of your domain (it ends in mail.protection.outlook.com), port 25.'),
  say('Switch authentication off; the relay needs no user name and no password.'),
];
const PRINTERS = 'Microsoft, Fix issues with printers, scanners, and LOB applications';

const BASIC = 'Microsoft, Deprecation of Basic authentication in Exchange Online';

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
        'smtpclientauthentication is disabled for the tenant',
        'smtpclientauthentication is disabled',
        'basic authentication is disabled',
      ],
      codes: ['5.7.139'],
    },
    title: say('Signing in with a password is switched off.'),
    cause: say('Microsoft is ending password mail sending; your organisation or Microsoft has switched it off.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: BASIC,
    example: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
  },
  {
    id: 'password-login-off-mailbox',
    match: { words: ['smtpclientauthentication is disabled for the mailbox'], codes: ['5.7.139'] },
    title: say('This mailbox may not send with a password.'),
    cause: say('Sending by password is switched off for this one account, as it is for most.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: BASIC,
    example: '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
  },
  {
    id: 'password-login-ended',
    match: {
      words: ['basic authentication is not supported for client submission', 'basic authentication is not supported'],
      codes: ['5.7.30'],
    },
    title: say('Microsoft takes no passwords for sending any more.'),
    cause: say('It has likely ended this way of sending for your organisation.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: BASIC,
    example: '550 5.7.30 Basic authentication is not supported for Client Submission.',
  },
  {
    id: 'password-login-blocked',
    match: {
      words: [
        'security defaults policy',
        'did not meet the criteria to be authenticated successfully',
        'does not meet the criteria to be authenticated successfully',
        'blocked by conditional access',
      ],
      codes: ['5.7.139'],
    },
    title: say('Your organisation’s sign-in protection stopped the scanner.'),
    cause: say(
      'A scanner cannot confirm on a phone, so a password alone is refused. That protection is right and should stay.',
    ),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example:
      "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.",
  },
  {
    id: 'password-wrong',
    match: {
      words: ['user credentials were incorrect', 'username and password not accepted', 'incorrect authentication data'],
      codes: ['5.7.139'],
    },
    title: say('The scanner’s user name or password was not accepted.'),
    cause: say('It is wrong or has been changed; often passwords alone are no longer taken at all.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: PRINTERS,
    example: '535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.',
  },
  {
    id: 'login-failed',
    match: {
      words: [
        'authentication unsuccessful',
        'authentication failed',
        'invalid login',
        'missing credentials for',
        'eauth',
      ],
      codes: ['5.7.3', '5.7.8'],
      vague: ['535'],
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
  {
    id: 'app-password-asked',
    match: {
      words: ['application-specific password required', 'web login required', 'log in via your web browser'],
      codes: ['5.7.9', '5.7.14'],
      vague: ['534'],
    },
    title: say('This server is another provider’s and does not take the account’s password.'),
    cause: say('Gmail and others ask for more than a password; the scanner is not using the Microsoft relay.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: 'Google, Gmail SMTP errors and codes',
    example:
      '534-5.7.9 Application-specific password required. 534 5.7.9 For more information, go to support.google.com',
  },
  {
    id: 'sign-in-kind-unknown',
    match: {
      words: [
        'unrecognized authentication type',
        'authentication mechanism not supported',
        'authentication type not supported',
        'auth not available',
        'authentication not enabled',
        'auth command not recognized',
        'no supported authentication',
      ],
      codes: ['5.7.4'],
    },
    title: say('This server takes no sign-in of that kind.'),
    cause: say('The scanner wants to sign in where no sign-in is offered; Microsoft’s relay has none.'),
    fix: [say('Switch authentication off on the scanner, and empty user name and password.')],
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 4954 §4',
    example: '504 5.7.4 Unrecognized authentication type [AM0PR0001.eurprd01.prod.outlook.com]',
  },
  {
    id: 'sign-in-passing-fault',
    match: { words: ['temporary authentication failure', 'authentication temporarily'] },
    title: say('The server could not check the password just now.'),
    cause: say('A passing fault on its side.'),
    fix: [say('Wait a quarter of an hour and try again.'), ...RELAY],
    who: 'nobody',
    retry: 'later',
    source: 'RFC 4954 §6',
    example: '454 4.7.0 Temporary authentication failure',
  },
  {
    id: 'sign-in-asked',
    match: {
      words: ['authentication required', 'authentication is required', 'must authenticate', 'auth first'],
      vague: ['530'],
    },
    title: say('This server wants a sign-in; it is probably not the relay.'),
    cause: say('Microsoft’s relay knows the office by its address and asks for no password.'),
    fix: RELAY,
    who: 'you',
    retry: 'after-fix',
    source: 'RFC 4954 §6',
    example: '530 5.7.0 Authentication required',
  },
];
