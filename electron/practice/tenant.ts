/** The tenant behind sign-in, Exchange and relay: its domains, connectors and the mail it took. */
import { randomUUID } from 'node:crypto';
import type { ExchangeObject } from '../../core/plan/inbound-connector.ts';
import { DOMAIN, type Scenario } from './scenario.ts';

/** What became of a message for one recipient, in the words of the message trace. */
export type Delivery = {
  readonly recipient: string;
  /** In the tenant itself. */
  readonly inside: boolean;
  readonly status: 'Delivered' | 'FilteredAsSpam' | 'Failed';
};

export type PracticeMessage = {
  readonly from: string;
  readonly recipients: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  /** Address the relay host saw. */
  readonly seenAddress: string;
  readonly encrypted: boolean;
  readonly deliveredTo: 'internal' | 'external';
  readonly deliveries: readonly Delivery[];
  /** ISO 8601, UTC. */
  readonly receivedAt: string;
};

export type Tenant = {
  readonly id: string;
  readonly clientId: string;
  readonly account: string;
  readonly acceptedDomains: readonly string[];
  readonly mailboxes: readonly string[];
  readonly rejectDirectSend: boolean;
  readonly mayManage: boolean;
  readonly connectorsAllowed: Scenario['tenant']['connectorsAllowed'];
  connectors: readonly ExchangeObject[];
  messages: readonly PracticeMessage[];
  busyCalls: number;
};

/** @returns a tenant of its own with fresh ids */
export const createTenant = ({ tenant }: Scenario): Tenant => ({
  id: randomUUID(),
  clientId: randomUUID(),
  account: `admin@${DOMAIN}`,
  acceptedDomains: [DOMAIN, 'contoso.onmicrosoft.com'],
  mailboxes: [`admin@${DOMAIN}`, `office@${DOMAIN}`, `scanner@${DOMAIN}`],
  rejectDirectSend: tenant.rejectDirectSend,
  mayManage: tenant.mayManage,
  connectorsAllowed: tenant.connectorsAllowed,
  connectors: tenant.connectors,
  messages: [],
  busyCalls: tenant.busyCalls,
});
