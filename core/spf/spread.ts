/** How far a published record has got: who has it already, and how long the others may keep the old one. */
import { z } from 'zod';

export const SpfSpread = z.object({
  domain: z.string(),
  answers: z.array(
    z.object({
      /** Name of the domain's own name server, or the resolver that was asked. */
      server: z.string(),
      /** One of the domain's own name servers: what it says the others will say later. */
      own: z.boolean(),
      state: z.enum(['new', 'old', 'silent']),
      /** SPF records it gave. */
      records: z.array(z.string()),
      /** Seconds that it may still keep its answer; null when it gave none. */
      ttlSeconds: z.number().nullable(),
    }),
  ),
  /** The domain's own servers have it, and nobody who answered has another. */
  live: z.boolean(),
  /** Seconds until the last resolver has forgotten the old record; 0 when none has it. */
  waitSeconds: z.number(),
});
export type SpfSpread = z.infer<typeof SpfSpread>;

type Answers = SpfSpread['answers'];

/** Where the domain's own servers cannot be asked, resolvers alone tell. */
export function spreadOf(domain: string, answers: Answers): SpfSpread {
  const told = answers.filter(({ state }) => state !== 'silent');
  const live = told.length > 0 && told.every(({ state }) => state === 'new');
  const old = answers.filter(({ own, state }) => !own && state === 'old').map(({ ttlSeconds }) => ttlSeconds ?? 0);
  return { domain, answers, live, waitSeconds: Math.max(0, ...old) };
}

/** Spaces and the case of the version do not make another record. */
export const sameRecord = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (record: string): string => record.trim().replaceAll(/ +/g, ' ').toLowerCase();
