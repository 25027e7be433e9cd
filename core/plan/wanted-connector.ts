/** The connector a profile asks for, as the parameters that make it; plan, script and click path all read it here. */
import type { Profile } from '../profile.ts';
import {
  coversAddress,
  coversDomain,
  relaysForAddress,
  relaysForCertificate,
  sameName,
  type InboundConnector,
} from './inbound-connector.ts';
import type { CmdletParameters } from './plan.ts';

/** Begins the comment of every connector RelayReady makes. Stored in the tenant and matched there, hence never translated. */
export const COMMENT_MARKER = 'Made by RelayReady';

export type WantedConnector = {
  readonly name: string;
  readonly domain: string;
  /** Empty when a certificate decides. */
  readonly ips: readonly string[];
  readonly certificateName: string | null;
  readonly requireTls: boolean;
  readonly comment: string;
};

export function wantedConnector(profile: Profile, addresses: readonly string[]): WantedConnector {
  const byCertificate = profile.connector.authentication === 'certificate';
  return {
    name: profile.connector.name.trim(),
    domain: profile.domain,
    ips: byCertificate ? [] : [...new Set(addresses)],
    certificateName: byCertificate ? profile.connector.certificateName : null,
    // A certificate only shows inside TLS; a scanner without TLS is welcome when its address decides.
    requireTls: byCertificate || profile.connector.requireTls,
    comment: `${COMMENT_MARKER}: lets the scanners of ${profile.domain} send mail.`,
  };
}

/**
 * Everything a new connector gets, and nothing else: `RestrictDomainsTo…`, `TreatMessagesAsInternal`, `CloudServicesMailEnabled`,
 * `EFSkip…` and `ConnectorSource` are left alone on purpose (Microsoft, New-InboundConnector).
 */
export const creationParameters = (wanted: WantedConnector): CmdletParameters => ({
  Name: wanted.name,
  Comment: wanted.comment,
  ConnectorType: 'OnPremises',
  SenderDomains: ['*'],
  ...(wanted.certificateName === null
    ? { SenderIPAddresses: [...wanted.ips] }
    : { TlsSenderCertificateName: wanted.certificateName }),
  // Set on purpose: Microsoft's own texts disagree about the default.
  RequireTls: wanted.requireTls,
  Enabled: true,
});

export type Changes = { readonly set: CmdletParameters; readonly before: CmdletParameters };

/** What differs between a connector and what is wanted; addresses are added to those already there, but for those taken away. */
export function changesTo(
  connector: InboundConnector,
  wanted: WantedConnector,
  missing: readonly string[],
  takeAway: readonly string[] = [],
): Changes {
  const set: CmdletParameters = {};
  const before: CmdletParameters = {};
  const change = (name: string, differs: boolean, from: unknown, to: unknown): void => {
    if (!differs) return;
    set[name] = to;
    before[name] = from;
  };
  const byCertificate = wanted.certificateName !== null;
  const isNew = (address: string): boolean => !connector.ips.some((stored) => coversAddress(stored, address));
  const kept = connector.ips.filter((stored) => !takeAway.includes(stored));
  const ips = byCertificate ? [] : [...kept, ...missing.filter(isNew)];
  const narrow = { ...connector, acceptedDomains: [] };
  const limited = { ...connector, senderDomains: [] };
  change('ConnectorType', connector.type.toLowerCase() !== 'onpremises', connector.type, 'OnPremises');
  change('SenderDomains', !coversDomain(narrow, wanted.domain), [...connector.senderDomains], ['*']);
  change('SenderIPAddresses', ips.join() !== connector.ips.join(), [...connector.ips], ips);
  change(
    'TlsSenderCertificateName',
    (connector.certificateName ?? '').toLowerCase() !== (wanted.certificateName ?? '').toLowerCase(),
    connector.certificateName,
    wanted.certificateName,
  );
  change('AssociatedAcceptedDomains', !coversDomain(limited, wanted.domain), [...connector.acceptedDomains], []);
  // A field that is not shown cannot be told to be wrong; setting it would never end.
  const shown = 'RequireTls' in connector.object;
  change('RequireTls', shown && connector.requireTls !== wanted.requireTls, connector.requireTls, wanted.requireTls);
  change('Enabled', !connector.enabled, false, true);
  return { set, before };
}

/** The connector that does the job: the one of that name before any other that relays. */
export function connectorInPlace(
  wanted: WantedConnector,
  connectors: readonly InboundConnector[],
): InboundConnector | null {
  const relays = connectors.filter((connector) =>
    wanted.certificateName === null
      ? wanted.ips.some((address) => relaysForAddress(connector, address, wanted.domain))
      : relaysForCertificate(connector, wanted.certificateName, wanted.domain),
  );
  return relays.find(({ name }) => sameName(name, wanted.name)) ?? relays[0] ?? null;
}
