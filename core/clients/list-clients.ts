/** The list of clients: what stands in a row, and which rows a search, a filter and an order give. */
import { z } from 'zod';
import { Who } from '../result.ts';
import type { Translate } from '../text.ts';
import { domainsOf, type Client } from './client.ts';
import { describeChange, ToldChange } from './describe-change.ts';
import { findDrift, type Drift } from './drift.ts';
import type { Folded } from './history.ts';

/** `new`: never looked at. */
export const ClientState = z.enum(['action-needed', 'cannot-tell', 'ready', 'new']);
export type ClientState = z.infer<typeof ClientState>;

export const ClientSummary = z.object({
  id: z.string(),
  name: z.string(),
  environment: z.string(),
  domains: z.array(z.string()),
  sites: z.number(),
  devices: z.number(),
  state: ClientState,
  /** ISO 8601 of the newest look at any office; null when there was none. */
  lastLook: z.string().nullable(),
  /** Changes nobody has seen yet, newest first; at most three of `unseenCount`. */
  unseen: z.array(ToldChange),
  unseenCount: z.number(),
  /** Who has to act, without repeats. */
  who: z.array(Who),
  /** The worst thing that is wrong now, one sentence; null when nothing is. */
  worst: z.string().nullable(),
  repairable: z.boolean(),
});
export type ClientSummary = z.infer<typeof ClientSummary>;

export const siteNames =
  ({ sites, name }: Client) =>
  (id: string): string =>
    sites.length === 1 ? name : sites.find((site) => site.id === id)?.profile.name || id;

export function stateOf(client: Client, folded: Folded, drift: readonly Drift[]): ClientState {
  if (folded.sites.size === 0) return 'new';
  // An office that was taken out does not count any more.
  const verdicts = client.sites.flatMap(({ id }) => folded.sites.get(id)?.verdict ?? []);
  if (verdicts.includes('action-needed') || drift.some(({ severity }) => severity === 'bad')) return 'action-needed';
  if (verdicts.length === 0) return 'new';
  return verdicts.includes('cannot-tell') ? 'cannot-tell' : 'ready';
}

export function summaryOf(client: Client, folded: Folded, t: Translate): ClientSummary {
  const drift = findDrift(client, folded, t);
  const unseen = folded.changes.filter(({ at }) => client.seenAt === null || at > client.seenAt);
  const needs = client.sites.flatMap(({ id }) => folded.sites.get(id)?.needs ?? []);
  const names = siteNames(client);
  const looks = client.sites.flatMap(({ id }) => folded.sites.get(id)?.at ?? []);
  return {
    id: client.id,
    name: client.name,
    environment: client.environment,
    domains: [...domainsOf(client)],
    sites: client.sites.length,
    devices: client.sites.reduce((sum, { profile }) => sum + profile.devices.length, 0),
    state: stateOf(client, folded, drift),
    lastLook: looks.sort().at(-1) ?? null,
    unseen: unseen
      .slice(-3)
      .reverse()
      .map((change) => describeChange(change, names, t)),
    unseenCount: unseen.length,
    who: [...new Set([...drift, ...needs].map(({ who }) => who))].filter((who) => who !== 'nobody').sort(),
    worst: drift[0]?.text ?? null,
    repairable: drift.some(({ repairable }) => repairable),
  };
}

export const ClientQuery = z.strictObject({
  /** Found in name or domain, whatever the letters’ case. */
  search: z.string().max(200).default(''),
  state: ClientState.nullable().default(null),
  who: Who.nullable().default(null),
  /** Only clients with changes nobody has seen. */
  changed: z.boolean().default(false),
  sort: z.enum(['name', 'state', 'last-look', 'changes', 'domain']).default('state'),
  descending: z.boolean().default(false),
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(100),
});
export type ClientQuery = z.infer<typeof ClientQuery>;

export const ClientPage = z.object({
  /** All clients, and those that match. */
  total: z.number(),
  matching: z.number(),
  /** How many of the searched ones are in which state, whatever the filter. */
  counts: z.record(ClientState, z.number()),
  clients: z.array(ClientSummary),
});
export type ClientPage = z.infer<typeof ClientPage>;

const ORDER = {
  name: ({ name }) => name.toLowerCase(),
  // What needs somebody comes first.
  state: ({ state }) => ClientState.options.indexOf(state),
  'last-look': ({ lastLook }) => lastLook ?? '',
  changes: ({ unseenCount }) => -unseenCount,
  domain: ({ domains }) => domains[0] ?? '',
} as const satisfies Readonly<Record<ClientQuery['sort'], (summary: ClientSummary) => string | number>>;

export function selectClients(all: readonly ClientSummary[], query: ClientQuery): ClientPage {
  const text = query.search.trim().toLowerCase();
  const searched = all.filter(
    ({ name, domains }) =>
      text === '' || name.toLowerCase().includes(text) || domains.some((one) => one.includes(text)),
  );
  const matching = searched.filter(
    ({ state, who, unseenCount }) =>
      (query.state === null || state === query.state) &&
      (query.who === null || who.includes(query.who)) &&
      (!query.changed || unseenCount > 0),
  );
  const key = ORDER[query.sort];
  const sign = query.descending ? -1 : 1;
  const sorted = matching.toSorted((one, other) => {
    const [a, b] = [key(one), key(other)];
    if (a !== b) return (a < b ? -1 : 1) * sign;
    return one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1;
  });
  const counts = { 'action-needed': 0, 'cannot-tell': 0, ready: 0, new: 0 };
  for (const { state } of searched) counts[state] += 1;
  return {
    total: all.length,
    matching: matching.length,
    counts,
    clients: sorted.slice(query.offset, query.offset + query.limit),
  };
}
