/** From imported rows to clients: rows of one client become its offices, rows of one office its devices. Pure. */
import type { Profile } from '../profile.ts';
import { Client, siteIdFor, type Reminder, type Site } from './client.ts';

/** What a table program would run as a formula (OWASP, CSV injection); a number with a sign is none. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d\s.(])/;

/** The first field whose text a table program would run, or null. */
export function formulaIn(texts: Readonly<Record<string, string | null>>): string | null {
  return Object.entries(texts).find(([, text]) => text !== null && FORMULA.test(text))?.[0] ?? null;
}

export const textsOf = (profile: Profile, client: string | null): Readonly<Record<string, string | null>> => ({
  client,
  name: profile.name,
  notes: profile.notes,
  'connector.name': profile.connector.name,
  ...Object.fromEntries(
    profile.devices.flatMap(({ name, address, brand, model }, at) => [
      [`devices.${at}.name`, name],
      [`devices.${at}.address`, address],
      [`devices.${at}.brand`, brand],
      [`devices.${at}.model`, model],
    ]),
  ),
});

const keyOf = (environment: string, name: string): string => `${environment} ${name.trim().toLowerCase()}`;

export type Gathering = {
  /** Rows of one client come together whatever their order. */
  readonly addRow: (profile: Profile, client: string | null, reminders: readonly Reminder[]) => void;
  readonly addDocument: (client: Client) => void;
  readonly size: () => number;
  readonly result: () => readonly Gathered[];
};

export type Gathered = { readonly client: Client; readonly becomes: 'added' | 'changed' | 'same' };

export type GatherOptions = {
  readonly existing: readonly Client[];
  readonly environment: string;
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly newId: () => string;
};

type Draft = { -readonly [K in keyof Client]: Client[K] };

export function gather({ existing, environment, now, newId }: GatherOptions): Gathering {
  const byName = new Map(existing.map((client) => [keyOf(client.environment, client.name), client]));
  const byId = new Map(existing.map((client) => [client.id, client]));
  const drafts = new Map<
    string,
    { readonly draft: Draft; readonly before: Client | null; readonly fresh: Set<string> }
  >();

  const draftFor = (key: string, make: () => Client) => {
    const known = drafts.get(key);
    if (known) return known;
    const before = byName.get(key) ?? null;
    const entry = { draft: { ...(before ?? make()) }, before, fresh: new Set<string>() };
    drafts.set(key, entry);
    return entry;
  };
  return {
    addRow: (profile, client, reminders) => {
      const name = client ?? profile.domain;
      const { draft, fresh } = draftFor(keyOf(environment, name), () =>
        Client.parse({ id: newId(), name, environment, sites: [{ id: 'none', profile }], addedAt: now }),
      );
      if (draft.sites[0]?.id === 'none') draft.sites = [];
      const at = draft.sites.findIndex(
        (one) => one.profile.name === profile.name && one.profile.domain === profile.domain,
      );
      const site = draft.sites[at];
      if (!site) {
        const id = siteIdFor(
          profile.name,
          draft.sites.map((one) => one.id),
        );
        draft.sites = [...draft.sites, { id, profile, here: false }];
        fresh.add(id);
      } else {
        // The second row of an office in one file is its second device; an office that was there before is replaced.
        const devices = fresh.has(site.id) ? [...site.profile.devices, ...profile.devices] : profile.devices;
        draft.sites = draft.sites.with(at, {
          ...site,
          profile: { ...(fresh.has(site.id) ? site.profile : profile), devices },
        });
        fresh.add(site.id);
      }
      const others = draft.reminders.filter(
        (old) => !reminders.some(({ kind, what }) => kind === old.kind && what === old.what),
      );
      draft.reminders = [...others, ...reminders];
    },
    addDocument: (client) => {
      const before = byId.get(client.id) ?? byName.get(keyOf(client.environment, client.name)) ?? null;
      drafts.set(keyOf(client.environment, client.name), {
        // Which of them this computer stands in is this computer's own knowledge, and so is what has been seen.
        draft: {
          ...client,
          id: before?.id ?? client.id,
          // Whose organisation it is decides what may be changed, so no file may say it.
          tenantId: before?.tenantId ?? null,
          addedAt: before?.addedAt ?? client.addedAt,
          seenAt: before?.seenAt ?? null,
          sites: client.sites.map((site): Site => ({
            ...site,
            here: before?.sites.find(({ id }) => id === site.id)?.here ?? false,
          })),
        },
        before,
        fresh: new Set(),
      });
    },
    size: () => drafts.size,
    result: () =>
      [...drafts.values()].map(({ draft, before }) => ({
        client: draft,
        becomes: before === null ? 'added' : JSON.stringify(before) === JSON.stringify(draft) ? 'same' : 'changed',
      })),
  };
}
