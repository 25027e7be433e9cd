/** A client: one organisation a consultant looks after, with its offices, their devices and the dates to remember; never a secret. */
import { z } from 'zod';
import { mailAddress, Profile, singleLine } from '../profile.ts';

/** One office with an internet line of its own. */
export const Site = z.strictObject({
  /** Unique within its client, e.g. `main`. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is not a site id; use small letters, digits and hyphens'),
  profile: Profile,
  /** This computer stands in this office: another address than the entered one is then a move, not a journey. */
  here: z.boolean().default(false),
});
export type Site = z.infer<typeof Site>;

/** A day on which somebody has to act. */
export const Reminder = z.strictObject({
  kind: z.enum(['firmware', 'certificate', 'other']),
  /** Which device or certificate it is about. */
  what: singleLine(100).min(1, 'is empty; say what it is about'),
  /** YYYY-MM-DD. */
  dueOn: z.iso.date('is not a date; write it like 2027-03-31'),
});
export type Reminder = z.infer<typeof Reminder>;

export const Client = z.strictObject({
  schema: z.literal('relayready/client@1').default('relayready/client@1'),
  id: z.uuid(),
  name: singleLine(100).min(1, 'is empty; give the client a name'),
  /** Name of the environment it belongs to. */
  environment: z.string().min(1).max(60).default('public'),
  /** Tenant the domain was first seen in, learnt without a sign-in; another one is refused. */
  tenantId: z.string().max(60).nullable().default(null),
  sites: z
    .array(Site)
    .min(1, 'is empty; a client has one office at least')
    .max(200)
    .refine(
      (sites) => new Set(sites.map(({ id }) => id)).size === sites.length,
      'holds two offices with the same id; give each its own',
    ),
  /** Addresses that may send through the connector beside those of the offices. */
  senders: z.array(mailAddress).max(100).default([]),
  reminders: z.array(Reminder).max(200).default([]),
  /** ISO 8601, UTC. */
  addedAt: z.iso.datetime(),
  /** Changes up to here have been seen by a person; null when none have. */
  seenAt: z.iso.datetime().nullable().default(null),
});
export type Client = z.infer<typeof Client>;

export const domainsOf = ({ sites }: Pick<Client, 'sites'>): readonly string[] => [
  ...new Set(sites.map(({ profile }) => profile.domain)),
];

/** A site id that is still free, made from a name. */
export function siteIdFor(name: string, taken: readonly string[]): string {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 32) || 'office';
  let id = base;
  for (let number = 2; taken.includes(id); number += 1) id = `${base}-${number}`;
  return id;
}
