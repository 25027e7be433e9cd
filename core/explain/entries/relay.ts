/** Refusals around the relay itself: connector, sender, organisation. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const NDR = 'Microsoft, Email non-delivery reports in Exchange Online';
const COMPARE = say('Compare the public address Microsoft sees with the one in the connector (run the checks again).');

export const RELAY: readonly Entry[] = [
  {
    id: 'unable-to-relay',
    match: { words: ['unable to relay', 'relay access denied', 'relaying denied', 'relay not permitted'] },
    title: say('This server does not pass mail on to the outside.'),
    cause: say('It is often not Microsoft’s server, or not the one of your organisation.'),
    fix: [say('Check the server name in the scanner against the one RelayReady shows.')],
    who: 'you',
    retry: 'after-fix',
    source: NDR,
    example: '550 5.7.1 Unable to relay',
  },
  {
    id: 'relay-denied',
    match: {
      words: ['tenantattribution; relay access denied', 'relay access denied', 'tenantattribution', 'attr36'],
      codes: ['5.7.64'],
    },
    title: say('Microsoft does not recognise this office as yours.'),
    cause: say(
      'The connector is missing, switched off, or holds another address; or the sender is not in one of your domains. After a change it can take up to an hour.',
    ),
    fix: [
      COMPARE,
      say('Check that the scanner’s sender address is in one of your Microsoft 365 domains.'),
      say('If you have just changed something, wait an hour and test again.'),
    ],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: NDR,
    example: '550 5.7.64 TenantAttribution; Relay Access Denied [AM1PEPF0001.mail.protection.outlook.com]',
  },
  {
    id: 'wrong-region',
    match: { words: ['wrong office 365 region', 'attr35'], codes: ['4.4.62', '5.4.62'] },
    title: say('The mail went to the wrong Microsoft server.'),
    cause: say(
      'An old server name or a bare address was entered, or Microsoft cannot tell which company the mail belongs to.',
    ),
    fix: [
      say(
        'Enter the server name from the Microsoft 365 admin center (Settings, Domains, MX), never an address in numbers.',
      ),
    ],
    who: 'you',
    retry: 'after-fix',
    source: NDR,
    example: '451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35',
  },
  {
    id: 'direct-send-rejected',
    match: { words: ['direct send not allowed'], codes: ['5.7.68'] },
    title: say('Your organisation takes no mail without a connector.'),
    cause: say('“Direct Send” is switched off there, and no connector matched this office.'),
    fix: [say('Make the connector for this office, or correct the address in it.'), COMPARE],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: 'Microsoft, Introducing more control over Direct Send in Exchange Online',
    example:
      '550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources',
  },
  {
    id: 'partner-connector-restricts',
    match: {
      words: [
        'there is a partner connector configured',
        'restrictdomainstoipaddresses',
        'restrictdomainstocertificate',
      ],
      codes: ['5.7.51'],
    },
    title: say('Another connector turns the scanner away.'),
    cause: say('A partner connector lets in mail only from certain servers, usually a mail filter.'),
    fix: [
      say(
        'Let your administrator make a connector of the type “Your organization’s email server” for this office, and look at the partner connector.',
      ),
    ],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: NDR,
    example:
      "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the message's recipient domain.",
  },
  {
    id: 'bad-inbound-connector',
    match: { words: ['bad inbound connector', 'as(2204)'], codes: ['5.7.711'] },
    title: say('Microsoft has blocked the connector.'),
    cause: say('Suspicious mail came through it.'),
    fix: [
      say('Find the device that sent it and stop it.'),
      say('Then unblock the connector at security.microsoft.com/restrictedentities; it takes up to an hour.'),
    ],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: 'Microsoft, Remove blocked connectors from the Restricted entities page',
    example: '550 5.7.711 Access denied, bad inbound connector. AS(2204).',
  },
  {
    id: 'unregistered-domain',
    match: { words: ['unregistered domain'], codes: ['5.7.750'] },
    title: say('The sender’s domain is not in your Microsoft 365.'),
    cause: say('The scanner sends from a domain that was never added there.'),
    fix: [say('Use a sender address in one of your domains, or let your administrator add the domain.')],
    who: 'you',
    retry: 'after-fix',
    source: NDR,
    example: '550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.',
  },
  {
    id: 'traffic-not-accepted',
    match: { words: ['traffic not accepted from this ip', 'as(830)'], codes: ['5.7.708'] },
    title: say('Microsoft does not trust this organisation’s mail yet.'),
    cause: say('That is usual for new or trial organisations.'),
    fix: [say('Let your administrator ask Microsoft’s support for an exception, and use a paid licence.')],
    who: 'microsoft',
    retry: 'after-fix',
    source: 'Microsoft, Fix NDR errors 5.7.700 through 5.7.750',
    example: '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. AS(830)',
  },
  {
    id: 'tenant-threshold',
    match: { words: ['tenant has exceeded threshold'], codes: ['5.7.705'] },
    title: say('Your organisation has sent too much suspicious mail.'),
    cause: say('Microsoft has stopped its outgoing mail.'),
    fix: [say('Find and stop the source, then let your administrator ask Microsoft’s support.')],
    who: 'microsoft',
    retry: 'after-fix',
    source: NDR,
    example: '550 5.7.705 Access denied, tenant has exceeded threshold',
  },
  {
    id: 'tenant-recipient-limit',
    match: { words: ['tenant external recipient'], codes: ['5.7.233', '5.7.232'] },
    title: say('Your organisation has reached its daily limit of outside recipients.'),
    cause: say('Microsoft counts all mail to the outside in 24 hours; trial organisations get less.'),
    fix: [
      say('Wait a day, or send to fewer outside recipients.'),
      say('A trial organisation most likely gets more with a paid licence.'),
    ],
    who: 'nobody',
    retry: 'later',
    source: 'Microsoft, Exchange Online to introduce Tenant External Recipient Rate Limit',
    example:
      '550 5.7.233 Your message cannot be sent because your tenant exceeded its daily limit for tenant external recipients',
  },
  {
    id: 'onmicrosoft-limit',
    match: {
      words: ['onmicrosoft.com address', 'onmicrosoft.com sender', 'onmicrosoft.com limit'],
      codes: ['5.7.236'],
    },
    title: say('Addresses ending in onmicrosoft.com may write to few outside recipients.'),
    cause: say('The limit is likely 100 a day.'),
    fix: [say('Use a sender address in your own domain.')],
    who: 'you',
    retry: 'after-fix',
    source: 'Microsoft, Limiting onmicrosoft domain usage for sending emails',
    example: '550 5.7.236 exceeded the limit for onmicrosoft.com senders',
  },
  {
    id: 'no-mail-subscription',
    match: { words: ['no mail-enabled subscriptions', 'attr5 '], codes: ['4.4.4'] },
    title: say('Your organisation has no mailbox licence.'),
    cause: say('Microsoft knows the domain, but most likely nobody there has Exchange.'),
    fix: [say('Let your administrator assign a licence with Exchange Online.')],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: NDR,
    example: '550 4.4.4 The mail destination is in a hosted tenant which has no mail-enabled subscriptions. ATTR5',
  },
  {
    id: 'sender-not-permitted',
    match: { words: ['does not have permissions to send as this sender', 'sendasdenied'], codes: ['5.7.60'] },
    title: say('The account may not send with this address.'),
    cause: say('The scanner signs in as one account and sends as another. The relay needs no sign-in.'),
    fix: [say('Enter the relay server name and switch authentication off on the scanner.')],
    who: 'you',
    retry: 'after-fix',
    source: 'Microsoft, Fix issues with printers, scanners, and LOB applications',
    example: '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
  },
];
