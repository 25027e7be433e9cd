/** A colleague who works in the same tenant at the same time: makes, changes and removes connectors of their own. */
import { sameName, text, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { Tenant } from './tenant.ts';

const copier = (what: number): ExchangeObject => ({
  Guid: `copier-${what}`,
  Name: `Copier ${what % 4}`,
  Enabled: what % 2 === 0,
  ConnectorType: 'OnPremises',
  SenderDomains: ['smtp:contoso.com;1'],
  SenderIPAddresses: [`198.51.100.${what % 250}`],
  RequireTls: false,
  TlsSenderCertificateName: null,
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  CloudServicesMailEnabled: false,
  AssociatedAcceptedDomains: [],
  Comment: 'Made by hand',
});

/** One piece of work on a list of connectors; says what it comes to, so that it can be told from other people's changes. */
export function worked(connectors: readonly ExchangeObject[], what: number): readonly ExchangeObject[] {
  const theirs = copier(what);
  const there = connectors.find((one) => sameName(text(one['Name']), text(theirs['Name'])));
  if (!there) return [...connectors, theirs];
  return what % 3 === 0
    ? connectors.filter((one) => one !== there)
    : connectors.map((one) => (one === there ? { ...there, Comment: `Changed by hand ${what}` } : one));
}

export function colleagueWorks(tenant: Tenant, what: number | null): void {
  if (what === null) return;
  tenant.colleague.push(what);
  tenant.connectors = worked(tenant.connectors, what);
}
