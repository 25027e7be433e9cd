/** What was read of a tenant for planning; a part that may not be read is null, which is not the same as empty. */
import { flag, text, type ExchangeObject, type InboundConnector } from './inbound-connector.ts';

export type AcceptedDomain = {
  readonly name: string;
  readonly isDefault: boolean;
  /** Subdomains count as well. */
  readonly matchSubdomains: boolean;
};

export type TenantFacts = {
  readonly acceptedDomains: readonly AcceptedDomain[] | null;
  readonly connectors: readonly InboundConnector[] | null;
  readonly organization: {
    readonly name: string | null;
    /** Mail without sign-in that claims to come from inside is refused unless a connector matches (550 5.7.68). */
    readonly rejectDirectSend: boolean;
    /** Settings are not yet the tenant's own; some changes need `Enable-OrganizationCustomization` first. */
    readonly dehydrated: boolean;
  } | null;
  /** Ids or names of connectors Microsoft has blocked for suspicious mail (550 5.7.711). */
  readonly blockedConnectors: readonly string[] | null;
  /** Cmdlets the signed-in account may run; null or absent when that could not be told. */
  readonly permitted?: readonly string[] | null;
};

export const readAcceptedDomain = (object: ExchangeObject): AcceptedDomain => ({
  name: (text(object['DomainName']) || text(object['Name'])).toLowerCase(),
  isDefault: flag(object['Default']),
  matchSubdomains: flag(object['MatchSubDomains']),
});

export const readOrganization = (object: ExchangeObject): NonNullable<TenantFacts['organization']> => ({
  name: text(object['DisplayName']) || text(object['Name']) || null,
  rejectDirectSend: flag(object['RejectDirectSend']),
  dehydrated: flag(object['IsDehydrated']),
});

export const accepts = (domains: readonly AcceptedDomain[], domain: string): boolean =>
  domains.some(({ name, matchSubdomains }) => name === domain || (matchSubdomains && domain.endsWith(`.${name}`)));

/** The tenant's first name, e.g. contoso.onmicrosoft.com. */
export const initialDomainOf = (domains: readonly AcceptedDomain[]): string | null =>
  domains.find(({ name }) => /^[^.]+\.(onmicrosoft\.(com|us)|partner\.onmschina\.cn)$/.test(name))?.name ?? null;
