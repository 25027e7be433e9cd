/** The tenant behind sign-in, Exchange and relay: its domains, connectors and the mail it took. */
import { randomUUID } from 'node:crypto';
import type { ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { Language } from './languages.ts';
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
  readonly role: Role;
  readonly language: Language;
  connectorsAllowed: Scenario['tenant']['connectorsAllowed'];
  /** As they are. Setting them is remembered, because reads may show an older picture. */
  connectors: readonly ExchangeObject[];
  /** As a read shows them. */
  readonly seenConnectors: () => readonly ExchangeObject[];
  /** Exchange refuses a second connector of a name; without that, whoever makes one twice is found out. */
  namesAreUnique: boolean;
  /** Age of the picture the present read shows, in milliseconds. */
  staleMs: number;
  /** Milliseconds; any clock that only grows. */
  readonly now: () => number;
  readonly log: Logged[];
  /** Codes and tokens the sign-in gave out; nobody may write them down. */
  readonly secrets: string[];
  /** What a colleague did meanwhile; see `worked`. */
  readonly colleague: number[];
  messages: readonly PracticeMessage[];
  busyCalls: number;
};

/** `reader` may look at everything and change nothing. */
export type Role = 'none' | 'reader' | 'administrator';

/** One call of the administration interface. */
export type Logged = {
  readonly cmdlet: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly atMs: number;
  readonly requestId: string;
  /** Kind of what went wrong, `early` for a call that came before it was welcome. */
  fault: string | null;
};

/** Longer than any picture is old. */
const REMEMBERED_MS = 300_000;

/** What was done in a simulated world of an earlier session, so that it goes on where it was. */
export type Resumed = {
  readonly tenantId: string;
  /** Those of other names stay as the scenario has them. */
  readonly connectors: readonly ExchangeObject[];
  /** SPF record that was published, or null. */
  readonly record: string | null;
};

/** @returns a tenant of its own with fresh ids */
export function createTenant(
  { tenant }: Pick<Scenario, 'tenant'>,
  now: () => number = Date.now,
  resumed: Resumed | null = null,
): Tenant {
  const made = resumed?.connectors ?? [];
  const others = tenant.connectors.filter((one) => !made.some((ours) => ours['Name'] === one['Name']));
  const first: readonly ExchangeObject[] = [...others, ...made];
  let versions = [{ atMs: Number.NEGATIVE_INFINITY, connectors: first }];
  const seenAt = (ms: number): readonly ExchangeObject[] =>
    versions.findLast(({ atMs }) => atMs <= ms)?.connectors ?? first;
  const created: Tenant = {
    id: resumed?.tenantId ?? randomUUID(),
    clientId: randomUUID(),
    account: `admin@${DOMAIN}`,
    acceptedDomains: [DOMAIN, 'contoso.onmicrosoft.com'],
    mailboxes: [`admin@${DOMAIN}`, `office@${DOMAIN}`, `scanner@${DOMAIN}`],
    rejectDirectSend: tenant.rejectDirectSend,
    role: tenant.role,
    language: tenant.language,
    connectorsAllowed: tenant.connectorsAllowed,
    get connectors() {
      return seenAt(Number.POSITIVE_INFINITY);
    },
    set connectors(connectors) {
      const atMs = now();
      const kept = versions.findLastIndex((version) => version.atMs <= atMs - REMEMBERED_MS);
      versions = [...versions.slice(Math.max(0, kept)), { atMs, connectors }];
    },
    seenConnectors: () => seenAt(created.staleMs > 0 ? now() - created.staleMs : Number.POSITIVE_INFINITY),
    namesAreUnique: true,
    staleMs: 0,
    now,
    log: [],
    secrets: [],
    colleague: [],
    messages: [],
    busyCalls: tenant.busyCalls,
  };
  return created;
}
