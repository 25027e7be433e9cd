/** Tenants, wishes and addresses of all kinds, for properties of the plan and of the script. */
import fc from 'fast-check';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { ours, profileWith, stored } from './tenant-model.ts';

export const anyAddress = fc.constantFrom('203.0.113.7', '203.0.113.200', '198.51.100.9');
const kept = fc.constantFrom('203.0.113.7', '203.0.113.0/24', '203.0.113.200/32', '198.51.100.9', '198.51.100.0/30');

const connector = fc
  .record({
    Name: fc.constantFrom('RelayReady', 'relayready', 'Copier', 'Gateway', 'Hybrid'),
    mine: fc.boolean(),
    Enabled: fc.boolean(),
    ConnectorType: fc.constantFrom('OnPremises', 'OnPremises', 'Partner'),
    SenderDomains: fc.constantFrom(['smtp:*;1'], ['*'], ['smtp:contoso.com;1'], ['smtp:*.fabrikam.com;1'], []),
    SenderIPAddresses: fc.uniqueArray(kept, { maxLength: 3 }),
    RequireTls: fc.boolean(),
    TlsSenderCertificateName: fc.constantFrom(null, null, '', '*.contoso.com', 'mail.fabrikam.com'),
    RestrictDomainsToIPAddresses: fc.boolean(),
    AssociatedAcceptedDomains: fc.constantFrom([], [], ['contoso.com'], ['fabrikam.com']),
  })
  .map(({ mine, ...part }): ExchangeObject => (mine ? ours(part) : stored(part)));

export const anyTenant = fc.uniqueArray(connector, {
  maxLength: 4,
  selector: (object) => String(object['Name']).toLowerCase(),
});
export const anyProfile = fc
  .record({
    authentication: fc.constantFrom('ip', 'ip', 'certificate'),
    certificateName: fc.constantFrom('scanner.contoso.com', '*.contoso.com', null),
    requireTls: fc.boolean(),
  })
  .map((choice) => profileWith({ connector: { name: 'RelayReady', ...choice } }));
