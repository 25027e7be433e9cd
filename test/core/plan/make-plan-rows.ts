/** The table of the plan: what is there, what is wanted, what would be done and said. */
import { expect } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import type { TenantFacts } from '../../../core/plan/tenant-facts.ts';
import { ours, stored } from './tenant-model.ts';

export const IP = '203.0.113.7';
const OTHER = '198.51.100.9';

export type Row = {
  readonly title: string;
  readonly there: readonly ExchangeObject[];
  readonly profile?: Record<string, unknown>;
  readonly addresses?: readonly string[];
  readonly facts?: Partial<TenantFacts>;
  /** Cmdlet and the parameters beside its name; null for no step. */
  readonly step: readonly [string, Record<string, unknown>] | null;
  /** Parts of finding texts, with their severity. */
  readonly says?: readonly (readonly ['info' | 'warning' | 'blocker', string])[];
};

const CREATED = {
  Name: 'RelayReady',
  Comment: 'Made by RelayReady: lets the scanners of contoso.com send mail.',
  ConnectorType: 'OnPremises',
  SenderDomains: ['*'],
  SenderIPAddresses: [IP],
  RequireTls: false,
  Enabled: true,
};
const byCertificate = {
  connector: { name: 'RelayReady', authentication: 'certificate', certificateName: 'scanner.contoso.com' },
};

export const ROWS: readonly Row[] = [
  { title: 'nothing there: create', there: [], step: ['New-InboundConnector', CREATED] },
  {
    title: 'TLS asked for: required',
    there: [],
    profile: { connector: { requireTls: true } },
    step: ['New-InboundConnector', { ...CREATED, RequireTls: true }],
  },
  {
    title: 'two addresses, one twice: both once',
    there: [],
    addresses: [IP, OTHER, IP],
    step: ['New-InboundConnector', { ...CREATED, SenderIPAddresses: [IP, OTHER] }],
  },
  { title: 'ours with the address: nothing', there: [ours()], step: null, says: [['info', 'already lets']] },
  {
    title: 'ours as /32: nothing',
    there: [ours({ SenderIPAddresses: [`${IP}/32`] })],
    step: null,
  },
  {
    title: 'ours with a range around it: nothing',
    there: [ours({ SenderIPAddresses: ['203.0.113.0/24'] })],
    step: null,
  },
  {
    title: 'ours with another address: added, the other stays',
    there: [ours({ SenderIPAddresses: [OTHER] })],
    step: ['Set-InboundConnector', { Identity: 'RelayReady', SenderIPAddresses: [OTHER, IP] }],
  },
  {
    title: 'ours by name in other letters',
    there: [ours({ Name: 'relayREADY', SenderIPAddresses: [OTHER] })],
    step: ['Set-InboundConnector', { Identity: 'relayREADY', SenderIPAddresses: [OTHER, IP] }],
  },
  {
    title: 'ours switched off: switched on, with a warning',
    there: [ours({ Enabled: false })],
    step: ['Set-InboundConnector', { Identity: 'RelayReady', Enabled: true }],
    says: [['warning', 'switched off']],
  },
  {
    title: 'ours with other settings: only those set back',
    there: [ours({ ConnectorType: 'Partner', RequireTls: true, SenderDomains: ['smtp:fabrikam.com;1'] })],
    step: [
      'Set-InboundConnector',
      { Identity: 'RelayReady', ConnectorType: 'OnPremises', SenderDomains: ['*'], RequireTls: false },
    ],
  },
  {
    title: 'ours limited to our own domain: left so',
    there: [ours({ SenderDomains: ['smtp:contoso.com;1'], AssociatedAcceptedDomains: ['contoso.com'] })],
    step: null,
  },
  {
    title: 'ours limited to another accepted domain: widened',
    there: [ours({ AssociatedAcceptedDomains: ['fabrikam.com'] })],
    step: ['Set-InboundConnector', { Identity: 'RelayReady', AssociatedAcceptedDomains: [] }],
  },
  {
    title: 'of our name, set up the same way by hand: the address is added',
    there: [stored({ SenderIPAddresses: [OTHER] })],
    step: ['Set-InboundConnector', { Identity: 'RelayReady', SenderIPAddresses: [OTHER, IP] }],
  },
  {
    title: 'of our name but somebody else’s: not touched',
    there: [stored({ SenderIPAddresses: [OTHER], RequireTls: true })],
    step: null,
    says: [['blocker', 'did not make']],
  },
  {
    title: 'of our name, somebody else’s, but the job is done elsewhere: nothing',
    there: [stored({ RequireTls: true, SenderIPAddresses: [OTHER] }), stored({ Name: 'Copier' })],
    step: null,
    says: [['info', '“Copier” already lets']],
  },
  {
    title: 'another connector relays for it: nothing',
    there: [stored({ Name: 'Copier', SenderIPAddresses: ['203.0.113.0/28'] })],
    step: null,
    says: [['info', '“Copier” already lets']],
  },
  {
    title: 'another relays for one of two: only the other is created',
    there: [stored({ Name: 'Copier' })],
    addresses: [IP, OTHER],
    step: ['New-InboundConnector', { ...CREATED, SenderIPAddresses: [OTHER] }],
  },
  {
    title: 'another’s, switched off: mentioned, ours created',
    there: [stored({ Name: 'Old copier', Enabled: false })],
    step: ['New-InboundConnector', CREATED],
    says: [['info', 'switched-off connector “Old copier”']],
  },
  {
    title: 'a partner connector with the address grants nothing',
    there: [stored({ Name: 'Gateway', ConnectorType: 'Partner' })],
    step: ['New-InboundConnector', CREATED],
    says: [['warning', 'does not let it send to the outside']],
  },
  {
    title: 'a partner connector that restricts: warned of',
    there: [
      stored({
        Name: 'Gateway',
        ConnectorType: 'Partner',
        RestrictDomainsToIPAddresses: true,
        SenderIPAddresses: ['198.51.100.0/24'],
      }),
    ],
    step: ['New-InboundConnector', CREATED],
    says: [['warning', '5.7.51']],
  },
  {
    title: 'one that goes by certificate does not go by address',
    there: [stored({ Name: 'Hybrid', TlsSenderCertificateName: 'mail.contoso.com', CloudServicesMailEnabled: true })],
    step: ['New-InboundConnector', CREATED],
    says: [['info', 'hybrid']],
  },
  {
    title: 'one for another domain only',
    there: [stored({ Name: 'Copier', SenderDomains: ['smtp:fabrikam.com;1'] })],
    step: ['New-InboundConnector', CREATED],
    says: [['warning', 'holds the same address']],
  },
  {
    title: 'certificate: created without addresses, TLS required',
    there: [],
    profile: byCertificate,
    addresses: [],
    step: [
      'New-InboundConnector',
      {
        Name: 'RelayReady',
        Comment: CREATED.Comment,
        ConnectorType: 'OnPremises',
        SenderDomains: ['*'],
        TlsSenderCertificateName: 'scanner.contoso.com',
        RequireTls: true,
        Enabled: true,
      },
    ],
  },
  {
    title: 'certificate: another’s wildcard covers it',
    there: [
      stored({ Name: 'TLS', TlsSenderCertificateName: '*.contoso.com', RequireTls: true, SenderIPAddresses: [] }),
    ],
    profile: byCertificate,
    step: null,
    says: [['info', '“TLS” already lets']],
  },
  {
    title: 'certificate: ours went by address before',
    there: [ours()],
    profile: byCertificate,
    step: [
      'Set-InboundConnector',
      {
        Identity: 'RelayReady',
        SenderIPAddresses: [],
        TlsSenderCertificateName: 'scanner.contoso.com',
        RequireTls: true,
      },
    ],
  },
  {
    title: 'certificate name of somebody else: warned of',
    there: [],
    profile: { connector: { ...byCertificate.connector, certificateName: 'scanner.fabrikam.com' } },
    step: ['New-InboundConnector', expect.objectContaining({ TlsSenderCertificateName: 'scanner.fabrikam.com' })],
    says: [['warning', 'scanner.fabrikam.com']],
  },
  {
    title: 'certificate without a name',
    there: [],
    profile: { connector: { authentication: 'certificate' } },
    step: null,
    says: [['blocker', 'certificate’s name is missing']],
  },
  { title: 'no address known', there: [], addresses: [], step: null, says: [['blocker', 'not known']] },
  {
    title: 'a private address',
    there: [],
    addresses: ['192.168.1.5'],
    step: null,
    says: [['blocker', '192.168.1.5 is not a public IPv4 address']],
  },
  {
    title: 'a shared address (RFC 6598)',
    there: [],
    addresses: ['100.64.1.1'],
    step: null,
    says: [['blocker', '100.64.1.1']],
  },
  { title: 'an IPv6 address', there: [], addresses: ['2001:db8::7'], step: null, says: [['blocker', '2001:db8::7']] },
  { title: 'a whole range', there: [], addresses: ['203.0.0.0/8'], step: null, says: [['blocker', '203.0.0.0/8']] },
  {
    title: 'sender in a domain of somebody else',
    there: [],
    profile: { sender: 'scanner@fabrikam.com' },
    step: null,
    says: [['blocker', 'fabrikam.com is not one of the domains of Contoso']],
  },
  {
    title: 'sender in a subdomain that counts',
    there: [],
    profile: { sender: 'scanner@print.contoso.com' },
    facts: { acceptedDomains: [{ name: 'contoso.com', isDefault: true, matchSubdomains: true }] },
    step: ['New-InboundConnector', CREATED],
  },
  {
    title: 'onmicrosoft.com sender: warned of',
    there: [],
    profile: { sender: 'scanner@contoso.onmicrosoft.com' },
    step: ['New-InboundConnector', CREATED],
    says: [['warning', '100 outside recipients']],
  },
  {
    title: 'Direct Send refused: said',
    there: [],
    facts: { organization: { name: null, rejectDirectSend: true, dehydrated: false } },
    step: ['New-InboundConnector', CREATED],
    says: [['info', 'makes the scanner an exception']],
  },
  {
    title: 'never customised: said',
    there: [],
    facts: { organization: { name: null, rejectDirectSend: false, dehydrated: true } },
    step: ['New-InboundConnector', CREATED],
    says: [['info', 'one preparation']],
  },
  {
    title: 'blocked by Microsoft',
    there: [ours()],
    facts: { blockedConnectors: ['guid-of-RelayReady'] },
    step: null,
    says: [['blocker', 'suspicious mail']],
  },
  {
    title: 'connectors may not be read: no plan',
    there: [],
    facts: { connectors: null },
    step: null,
    says: [['blocker', 'may not be read']],
  },
  {
    title: 'domains may not be read: doubt is said, the plan stands',
    there: [],
    facts: { acceptedDomains: null },
    step: ['New-InboundConnector', CREATED],
    says: [['warning', 'Could not tell']],
  },
];
