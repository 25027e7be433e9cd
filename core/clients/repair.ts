/** The repair of a client: one reviewed change that brings line, connector, SPF record and what is entered together again. */
import { z } from 'zod';
import { Plan } from '../plan/plan.ts';
import type { Profile } from '../profile.ts';
import { type Client } from './client.ts';
import { lineOf } from './drift.ts';
import type { Folded } from './history.ts';

const Addresses = z.array(z.string());

export const Repair = z.object({
  schema: z.literal('relayready/repair@1'),
  client: z.string(),
  domain: z.string(),
  /** Addresses that are let in now or seen, by what becomes of them. */
  add: Addresses,
  keep: Addresses,
  takeAway: Addresses,
  /** Entered addresses no office was seen from lately: they may be taken away on wish. */
  mayTakeAway: Addresses,
  /** What is entered, office by office. */
  entered: z.array(z.object({ site: z.string(), name: z.string(), before: Addresses, after: Addresses })),
  /** Null while nobody is signed in to the client's own tenant. */
  plan: Plan.nullable(),
  /** The record to publish; `after` null when the published one is right, or none can be proposed (see `notes`). */
  spf: z.object({
    domain: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    lookups: z.number().nullable(),
    notes: z.array(z.string()),
    /** The published record, or the proposed one, lets every address send. */
    settled: z.boolean(),
  }),
  nothingToDo: z.boolean(),
});
export type Repair = z.infer<typeof Repair>;

export type RepairAddresses = Pick<Repair, 'add' | 'keep' | 'takeAway' | 'mayTakeAway' | 'entered'> & {
  /** What connector and record have to let in. */
  readonly wanted: readonly string[];
};

/** @param takeAway wished; an address that an office was seen from is never taken away */
export function repairAddresses(
  client: Client,
  domain: string,
  folded: Folded,
  takeAway: readonly string[],
): RepairAddresses {
  const sites = client.sites.filter(({ profile }) => profile.domain === domain);
  const lines = new Set(sites.flatMap((site) => lineOf(site, folded)));
  const entered = [...new Set(sites.flatMap(({ profile }) => profile.publicIps))];
  const mayTakeAway = entered.filter((address) => !lines.has(address));
  const away = mayTakeAway.filter((address) => takeAway.includes(address));
  const add = [...lines].filter((address) => !entered.includes(address));
  const after = (publicIps: readonly string[], line: readonly string[]) =>
    [...new Set([...publicIps, ...line])].filter((address) => !away.includes(address));
  return {
    add,
    keep: entered.filter((address) => !away.includes(address)),
    takeAway: away,
    mayTakeAway,
    entered: sites.map((site) => ({
      site: site.id,
      name: site.profile.name || client.name,
      before: [...site.profile.publicIps],
      after: after(site.profile.publicIps, lineOf(site, folded)),
    })),
    wanted: [...new Set([...entered, ...add])].filter((address) => !away.includes(address)),
  };
}

/** The record without the terms that let exactly these addresses in; ranges stay. */
export const withoutAddresses = (record: string, addresses: readonly string[]): string =>
  record
    .split(/ +/)
    .filter(
      (term) =>
        !addresses.some((address) => new RegExp(`^\\+?ip4:${address.replaceAll('.', '\\.')}(/32)?$`, 'i').test(term)),
    )
    .join(' ');

/** The profile connector and record are planned with: every address of the domain's offices. */
export const repairProfile = (profile: Profile, wanted: readonly string[]): Profile => ({
  ...profile,
  publicIps: [...wanted],
});
