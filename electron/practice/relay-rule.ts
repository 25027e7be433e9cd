/** Whom the relay host lets send to whom, and what becomes of what it took. */
import { domainOf } from '../../core/address.ts';
import { readConnector, relaysForAddress } from '../../core/plan/inbound-connector.ts';
import type { SpfVerdict } from './spf-verdict.ts';
import type { Delivery, Tenant } from './tenant.ts';

export const RELAY_NAME = 'AM1PEPF00012345.mail.protection.outlook.com';
/** From one of the ranges Microsoft sends from, which its SPF include names. */
const MICROSOFT_SENDS_FROM = '40.107.0.25';

export type Sending = {
  /** Envelope sender; empty for a bounce. */
  readonly from: string;
  readonly encrypted: boolean;
  /** Address the relay host sees. */
  readonly seen: string;
};

/**
 * To the tenant's own people: always (Direct Send), unless that is switched off. To others: only with an accepted
 * sender domain and an enabled OnPremises connector that covers the address (Microsoft, since 2023-11).
 * @returns the reply to RCPT TO
 */
export function judgeRecipient(tenant: Tenant, { from, encrypted, seen }: Sending, to: string): string {
  const domain = from === '' ? '' : domainOf(from);
  const ours = tenant.acceptedDomains.includes(domain);
  const matches = tenant.connectors
    .map(readConnector)
    .some((connector) => relaysForAddress(connector, seen, domain) && (!connector.requireTls || encrypted));
  if (!tenant.acceptedDomains.includes(domainOf(to)))
    return ours && matches
      ? '250 2.1.5 Recipient OK'
      : `550 5.7.64 TenantAttribution; Relay Access Denied [${RELAY_NAME}]`;
  if (tenant.rejectDirectSend && ours && !matches)
    return `550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from unauthorized sources [${RELAY_NAME}]`;
  return tenant.mailboxes.includes(to.toLowerCase())
    ? '250 2.1.5 Recipient OK'
    : `550 5.4.1 Recipient address rejected: Access denied. [${RELAY_NAME}]`;
}

/**
 * A connector does not spare mail the junk filter: at home the office's own address counts. Others see Microsoft's
 * address; one that takes SPF at its word refuses (550 5.7.23).
 */
export function deliver(tenant: Tenant, spf: SpfVerdict, { from, seen }: Sending, recipient: string): Delivery {
  const inside = tenant.acceptedDomains.includes(domainOf(recipient));
  if (inside) return { recipient, inside, status: spf(seen, from) === 'pass' ? 'Delivered' : 'FilteredAsSpam' };
  return { recipient, inside, status: spf(MICROSOFT_SENDS_FROM, from) === 'fail' ? 'Failed' : 'Delivered' };
}
