/** What Exchange administration says when it refuses a command. */
import { say } from '../../text.ts';
import type { Entry } from '../entry.ts';

const SOURCE = 'Microsoft, New-InboundConnector';

export const EXCHANGE: readonly Entry[] = [
  {
    id: 'connector-prohibited',
    match: {
      words: [
        'organizationinboundconnectorprohibited',
        "can't enable an inbound connector",
        'created in disabled state',
        'contact support to enable',
      ],
    },
    title: say('Microsoft keeps the connector switched off.'),
    cause: say('It usually does so in new organisations until its support has agreed.'),
    fix: [say('Let your administrator open a support request; RelayReady prepares the text.')],
    who: 'microsoft',
    retry: 'after-fix',
    source: 'Microsoft, Inbound connector FAQ',
    example:
      "|Microsoft.Exchange.Management.Tasks.OrganizationInboundConnectorProhibitedException|For this service offering, you can't enable an inbound connector.",
  },
  {
    id: 'role-missing',
    match: {
      words: [
        "isn't within your current",
        'is not recognized as a name of a cmdlet',
        'is not recognized as the name of a cmdlet',
        "the user isn't assigned to any management roles",
        'unable to initialize the authorization context',
        'access is denied',
      ],
    },
    title: say('This account may not do that in Exchange.'),
    cause: say('It lacks the role Exchange Administrator.'),
    fix: [say('Sign in as an Exchange Administrator, or give the script to one.')],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: 'Microsoft, Permissions in Exchange Online',
    example: "The term 'New-InboundConnector' is not recognized as the name of a cmdlet",
  },
  {
    id: 'object-exists',
    match: { words: ['managementobjectalreadyexists', 'already exists'] },
    title: say('Something of that name is there already.'),
    cause: say('A connector of this name exists.'),
    fix: [say('Make the plan again; it takes what is there into account.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example:
      '|Microsoft.Exchange.Configuration.Tasks.ManagementObjectAlreadyExistsException|The connector "RelayReady" already exists.',
  },
  {
    id: 'object-not-found',
    match: { words: ['managementobjectnotfound', "couldn't be found on"] },
    title: say('It is not there any more.'),
    cause: say('Somebody has removed it meanwhile.'),
    fix: [say('Make the plan again.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example:
      "|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'RelayReady' couldn't be found.",
  },
  {
    id: 'address-not-allowed',
    match: { words: ['invalidsenderipaddress', 'reserved, private', 'is not a valid ip', 'iprange'] },
    title: say('Exchange does not take this address.'),
    cause: say('A connector takes public IPv4 addresses only, one by one or in ranges up to 256.'),
    fix: [say('Enter the office’s public address as the checks show it.')],
    who: 'you',
    retry: 'after-fix',
    source: SOURCE,
    example:
      '|Microsoft.Exchange.Management.Tasks.InvalidSenderIPAddressException|The IP address "192.168.1.1" is not valid: it is reserved, private or too wide.',
  },
  {
    id: 'exchange-busy',
    match: {
      words: ['maximum number of concurrent requests', 'toomanyrequests', 'too many requests', 'server too busy'],
    },
    title: say('Exchange is busy.'),
    cause: say('It takes a limited number of questions at a time.'),
    fix: [say('Wait some minutes and try again.')],
    who: 'nobody',
    retry: 'later',
    source: 'Microsoft, Exchange Online throttling',
    example: 'Resulting in the maximum number of concurrent requests per tenant being exceeded',
  },
  {
    id: 'organization-customization',
    match: { words: ['enable-organizationcustomization', 'isdehydrated', 'dehydrated'] },
    title: say('This organisation’s settings have to be opened for changes once.'),
    cause: say('Nobody has changed its Exchange settings before.'),
    fix: [say('Let your administrator run Enable-OrganizationCustomization once, wait a few minutes and try again.')],
    who: 'microsoft-admin',
    retry: 'after-fix',
    source: 'Microsoft, Enable-OrganizationCustomization',
    example:
      'The command you tried to run is not currently allowed in your organization. To run this command, you first need to run the command: Enable-OrganizationCustomization.',
  },
];
