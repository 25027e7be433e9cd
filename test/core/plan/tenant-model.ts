/** A tenant reduced to what commands do to it, for tests that apply a plan and plan again. */
import type { Command, Tenant } from '../../../core/plan/plan.ts';
import { readConnector, type ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { readAcceptedDomain, type TenantFacts } from '../../../core/plan/tenant-facts.ts';
import { Profile } from '../../../core/profile.ts';

export const TENANT: Tenant = {
  id: '11111111-2222-3333-4444-555555555555',
  name: 'Contoso',
  initialDomain: 'contoso.onmicrosoft.com',
};

export const profileWith = (part: Record<string, unknown> = {}): Profile =>
  Profile.parse({ domain: 'contoso.com', sender: 'scanner@contoso.com', ...part });

/** A connector as Exchange stores it. */
export const stored = (part: ExchangeObject = {}): ExchangeObject => ({
  Guid: `guid-of-${String(part['Name'] ?? 'RelayReady')}`,
  Name: 'RelayReady',
  Enabled: true,
  ConnectorType: 'OnPremises',
  SenderDomains: ['smtp:*;1'],
  SenderIPAddresses: ['203.0.113.7'],
  RequireTls: false,
  TlsSenderCertificateName: null,
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  AssociatedAcceptedDomains: [],
  CloudServicesMailEnabled: false,
  ConnectorSource: 'AdminUI',
  Comment: '',
  ...part,
});

export const ours = (part: ExchangeObject = {}): ExchangeObject =>
  stored({ Comment: 'Made by RelayReady: lets the scanners of contoso.com send mail.', ...part });

export const factsOf = (connectors: readonly ExchangeObject[], part: Partial<TenantFacts> = {}): TenantFacts => ({
  acceptedDomains: [
    { DomainName: 'contoso.com', Default: true },
    { DomainName: 'contoso.onmicrosoft.com', Default: false },
  ].map(readAcceptedDomain),
  connectors: connectors.map(readConnector),
  organization: { name: 'Contoso', rejectDirectSend: false, dehydrated: false },
  blockedConnectors: [],
  ...part,
});

const same = (one: unknown, other: unknown): boolean => String(one).toLowerCase() === String(other).toLowerCase();

/** What Exchange does with a command, storing sender domains in its own way. */
export function perform(connectors: readonly ExchangeObject[], { cmdlet, parameters }: Command): ExchangeObject[] {
  const { Identity, Confirm: _, ...rest } = parameters;
  const domains = rest['SenderDomains'];
  const values = Array.isArray(domains)
    ? { ...rest, SenderDomains: domains.map((domain) => `smtp:${String(domain)};1`) }
    : rest;
  const find = connectors.find((connector) => same(connector['Name'], Identity ?? values['Name']));
  switch (cmdlet) {
    case 'New-InboundConnector':
      if (find) throw new Error('already exists');
      return [...connectors, stored({ SenderIPAddresses: [], SenderDomains: [], ...values })];
    case 'Set-InboundConnector':
      if (!find) throw new Error('not found');
      return connectors.map((connector) => (connector === find ? { ...connector, ...values } : connector));
    case 'Remove-InboundConnector':
      if (!find) throw new Error('not found');
      return connectors.filter((connector) => connector !== find);
    default:
      throw new Error(`no such cmdlet: ${cmdlet}`);
  }
}
