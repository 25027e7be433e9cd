/** The facts of a report that are compared from one look to the next; what could not be told is missing, never empty. */
import { z } from 'zod';
import { isPolicyCode } from '../evidence/blocklist-codes.ts';
import { sameName } from '../plan/inbound-connector.ts';
import type { Report } from '../report/report.ts';
import type { Reminder } from './client.ts';

export const FactId = z.enum([
  /** Tenant id of the domain. */
  'tenant',
  /** Microsoft's mail server for the domain. */
  'relay-host',
  /** Public addresses the office was seen from. */
  'addresses',
  /** `open`, `blocked`, `intercepted` or `refused`. */
  'port-25',
  /** Block lists with the office on them, `zone address`. */
  'listed',
  /** SPF records as published. */
  'spf',
  /** `complete`, `incomplete` or `none`: does the record let every office and Microsoft 365 send? */
  'spf-state',
  'dmarc',
  /** `on`, `off` or `gone`. */
  'connector',
  /** Addresses the connector lets in, or the name of the certificate. */
  'connector-addresses',
  /** Ids of further checks that failed, e.g. `starttls`. */
  'failing',
  /** Reminders whose day is near or past, `kind date what`. */
  'due',
]);
export type FactId = z.infer<typeof FactId>;

/** Sorted, so that two can be compared. */
export const FactValue = z.array(z.string());
export type FactValue = z.infer<typeof FactValue>;
export type Facts = Readonly<Partial<Record<FactId, FactValue>>>;

/** Belongs to the domain and is the same for all of its offices. */
export const DOMAIN_FACTS: ReadonlySet<FactId> = new Set<FactId>([
  'tenant',
  'relay-host',
  'spf',
  'spf-state',
  'dmarc',
  'connector',
  'connector-addresses',
]);

/** Checks that are told by a fact of their own, or that say nothing about the way of the mail. */
const OWN_FACT: ReadonlySet<string> = new Set([
  'tenant',
  'public-ip',
  'seen-ip',
  'port-25',
  'blocklists',
  'spf',
  'connector',
  'device',
  'address-type',
]);

type Evidence = Readonly<Record<string, unknown>>;
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
const sorted = (values: readonly string[]): FactValue => [...new Set(values)].sort();

const PORT: Readonly<Record<string, string>> = { greeted: 'open', 'not-smtp': 'intercepted', rejected: 'refused' };

/** @param report of one office; results that are `unknown` or `skipped` tell nothing */
export function factsOf(report: Report): Facts {
  const told = new Map<string, Evidence>(
    report.results.flatMap(({ id, status, evidence }) =>
      status === 'unknown' || status === 'skipped' ? [] : [[id, evidence] as const],
    ),
  );
  const facts: Partial<Record<FactId, FactValue>> = {};
  const tell = (fact: FactId, check: string, read: (evidence: Evidence) => readonly string[] | null): void => {
    const evidence = told.get(check);
    const value = evidence && read(evidence);
    if (value) facts[fact] = sorted(value);
  };
  tell('tenant', 'tenant', ({ tenantId }) => (typeof tenantId === 'string' ? [tenantId] : []));
  tell('relay-host', 'relay-host', ({ host }) => (typeof host === 'string' ? [host] : null));
  // Only what Exchange itself sees: web pages may leave by another line, and a vote is no proof of a move.
  tell('addresses', 'seen-ip', ({ addresses }) => strings(addresses));
  tell('port-25', 'port-25', ({ outcome, microsoft, open }) =>
    outcome === null
      ? null
      : [
          open === true && outcome === 'greeted' && microsoft !== true
            ? 'intercepted'
            : (PORT[String(outcome)] ?? 'blocked'),
        ],
  );
  tell('listed', 'blocklists', ({ lists }) => {
    const all = (Array.isArray(lists) ? lists : []) as readonly Evidence[];
    // A list that gave no answer says neither; its earlier word stands, so nothing is told this time.
    if (all.some(({ listed }) => listed === null)) return null;
    return all
      .filter(({ listed, codes }) => listed === true && !strings(codes).every(isPolicyCode))
      .map(({ zone, address }) => `${String(zone)} ${String(address)}`);
  });
  tell('spf', 'spf', ({ records }) => strings(records));
  tell('spf-state', 'spf', ({ records, result, proposed }) =>
    result === 'pass' && proposed === null ? ['complete'] : strings(records).length === 0 ? ['none'] : ['incomplete'],
  );
  tell('dmarc', 'dmarc', ({ record }) => (typeof record === 'string' ? [record] : []));
  connectorFacts(report, told.get('connector'), facts);
  const others = report.results.filter(({ id, needsSignIn }) => !OWN_FACT.has(id) && !needsSignIn);
  if (others.every(({ id }) => told.has(id)))
    facts.failing = sorted(others.filter(({ status }) => status === 'fail').map(({ id }) => id));
  return facts;
}

/** The connector of the profile's name, or whichever lets the office in. */
function connectorFacts(
  { profile }: Report,
  evidence: Evidence | undefined,
  facts: Partial<Record<FactId, FactValue>>,
): void {
  if (!evidence) return;
  const all = (evidence['connectors'] ?? []) as readonly {
    readonly name: string;
    readonly enabled: boolean;
    readonly ips: readonly string[];
    readonly certificateName: string | null;
  }[];
  const ours =
    all.find(({ name }) => sameName(name, profile.connector.name)) ??
    all.find(({ name }) => name === evidence['matching']);
  facts['connector'] = [ours ? (ours.enabled ? 'on' : 'off') : 'gone'];
  if (ours) facts['connector-addresses'] = sorted(ours.certificateName === null ? ours.ips : [ours.certificateName]);
}

const DAY_MS = 86_400_000;
/** Ahead of its day, so that there is time to act. */
const NOTICE_DAYS: Readonly<Record<Reminder['kind'], number>> = { firmware: 7, certificate: 30, other: 7 };

/** @param now ISO 8601 */
export const dueFact = (reminders: readonly Reminder[], now: string): FactValue =>
  sorted(
    reminders
      .filter(({ kind, dueOn }) => Date.parse(dueOn) - Date.parse(now) <= NOTICE_DAYS[kind] * DAY_MS)
      .map(({ kind, dueOn, what }) => `${kind} ${dueOn} ${what}`),
  );
