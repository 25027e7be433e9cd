/** History of a client: one line a look, holding only what is new; everything else is folded from the lines. */
import { z } from 'zod';
import { ReportVerdict, Who } from '../result.ts';
import { DOMAIN_FACTS, FactId, FactValue, type Facts } from './facts.ts';

/** One look at one office, as it is kept. */
export const Look = z.object({
  /** ISO 8601, UTC. */
  at: z.string(),
  site: z.string(),
  domain: z.string(),
  /** Where this computer was; away, what only makes sense at the office was left out. */
  place: z.enum(['office', 'away']),
  verdict: ReportVerdict,
  /** Checks that failed, and who has to act. */
  needs: z.array(z.object({ id: z.string(), who: Who })),
  /** Facts that are new or differ from what was known. */
  facts: z.partialRecord(FactId, FactValue),
  /** Facts that could not be told this time. */
  untold: z.array(FactId).default([]),
  /** Facts above that are no news: a second line, known all along, was seen as well. */
  quiet: z.array(FactId).default([]),
});
export type Look = z.infer<typeof Look>;

export const Change = z.object({
  fact: FactId,
  /** Office it is about; null for what belongs to the domain. */
  site: z.string().nullable(),
  domain: z.string(),
  before: FactValue,
  after: FactValue,
  /** When it was found. */
  at: z.string(),
  /** When it was last known to be as before. */
  lastSame: z.string(),
  /** Of an SPF record: does it let everybody send now? Null when that is not known, or it is about something else. */
  complete: z.boolean().nullable().default(null),
});
export type Change = z.infer<typeof Change>;

export type KnownFact = {
  readonly value: FactValue;
  /** First and last look that told so. */
  readonly since: string;
  readonly last: string;
};
/** By scope (`site x` or `domain y`) and fact. */
export type Known = ReadonlyMap<string, KnownFact>;

export type SiteState = Pick<Look, 'at' | 'place' | 'verdict' | 'needs'>;
export type Folded = {
  readonly known: Known;
  readonly sites: ReadonlyMap<string, SiteState>;
  /** Oldest first. */
  readonly changes: readonly Change[];
};

export const keyOf = (fact: FactId, { site, domain }: Pick<Look, 'site' | 'domain'>): string =>
  DOMAIN_FACTS.has(fact) ? `domain ${domain} ${fact}` : `site ${site} ${fact}`;

export const knownFact = (known: Known, fact: FactId, place: Pick<Look, 'site' | 'domain'>): KnownFact | null =>
  known.get(keyOf(fact, place)) ?? null;

const same = (one: FactValue, other: FactValue): boolean =>
  one.length === other.length && one.every((value, at) => value === other[at]);

type News = { readonly value: FactValue; readonly quiet: boolean };

const within = (values: readonly string[], others: readonly string[]): boolean =>
  values.every((one) => others.includes(one));

/**
 * Two lines used in turn show one address today and the other tomorrow, and both are entered: that is no move. An address nobody
 * entered is one, and so is the way back from it.
 * @returns what to keep, null when there is nothing new; `quiet` when it is new but no news
 */
function newsOf(fact: FactId, before: FactValue, after: FactValue, entered: readonly string[]): News | null {
  if (same(before, after)) return null;
  if (fact !== 'addresses') return { value: after, quiet: false };
  const strange = !within(after, [...before, ...entered]);
  const back = !within(before, entered) && !after.some((one) => before.includes(one));
  if (strange || back) return { value: after, quiet: false };
  return within(after, before) ? null : { value: [...new Set([...before, ...after])].sort(), quiet: true };
}

/** What has its cause in another change of the same look is not raised beside it. */
const FOLLOWS: Readonly<Partial<Record<FactId, readonly FactId[]>>> = {
  'spf-state': ['spf', 'addresses'],
  'connector-addresses': ['connector'],
};

export type LookInput = Omit<Look, 'facts' | 'untold' | 'quiet'> & {
  readonly facts: Facts;
  /** Addresses entered for this office. */
  readonly entered: readonly string[];
};

/** @returns the line to keep: only what differs from what is known */
export function lookLine({ facts, entered, ...look }: LookInput, known: Known): Look {
  const news: Partial<Record<FactId, FactValue>> = {};
  const untold: FactId[] = [];
  const quiet: FactId[] = [];
  for (const fact of FactId.options) {
    const value = facts[fact];
    const before = knownFact(known, fact, look);
    if (value === undefined) untold.push(fact);
    else if (before === null) news[fact] = value;
    else {
      const found = newsOf(fact, before.value, value, entered);
      if (found) news[fact] = found.value;
      if (found?.quiet === true) quiet.push(fact);
    }
  }
  return { ...look, facts: news, untold, quiet };
}

/** Adds one look to what is known. @returns the changes it brings, none when a fact is told for the first time */
function addLook(known: Map<string, KnownFact>, look: Look): readonly Change[] {
  const changes: Change[] = [];
  for (const fact of FactId.options) {
    const key = keyOf(fact, look);
    const before = known.get(key);
    const value = look.facts[fact];
    if (value === undefined) {
      if (before && !look.untold.includes(fact)) known.set(key, { ...before, last: look.at });
      continue;
    }
    const quiet = before !== undefined && look.quiet.includes(fact);
    known.set(key, { value, since: quiet ? before.since : look.at, last: look.at });
    if (before && !quiet)
      changes.push({
        fact,
        site: DOMAIN_FACTS.has(fact) ? null : look.site,
        domain: look.domain,
        before: before.value,
        after: value,
        at: look.at,
        lastSame: before.last,
        complete: null,
      });
  }
  const state = knownFact(known, 'spf-state', look)?.value[0];
  const changed = new Set(changes.map(({ fact }) => fact));
  return changes
    .filter(({ fact }) => !FOLLOWS[fact]?.some((cause) => changed.has(cause)))
    .map((change) =>
      change.fact === 'spf' && state !== undefined ? { ...change, complete: state === 'complete' } : change,
    );
}

/** @param lines oldest first */
export function foldHistory(
  lines: Iterable<Look>,
  before: Folded = { known: new Map(), sites: new Map(), changes: [] },
): Folded {
  const known = new Map(before.known);
  const sites = new Map(before.sites);
  const changes = [...before.changes];
  for (const look of lines) {
    changes.push(...addLook(known, look));
    const { at, place, verdict, needs } = look;
    sites.set(look.site, { at, place, verdict, needs });
  }
  return { known, sites, changes };
}

/** What one more look raises. */
export const changesOf = (known: Known, look: Look): readonly Change[] => addLook(new Map(known), look);

export const Span = z.object({
  value: FactValue,
  /** First and last look that told so; ISO 8601. */
  from: z.string(),
  to: z.string(),
});
export const Timeline = z.object({
  fact: FactId,
  site: z.string().nullable(),
  domain: z.string(),
  spans: z.array(Span),
});
export type Timeline = z.infer<typeof Timeline>;

/** Each fact over time, for a chart: how long it was what. */
export function timelines(lines: Iterable<Look>): readonly Timeline[] {
  const all = new Map<string, Timeline>();
  for (const look of lines)
    for (const fact of FactId.options) {
      const key = keyOf(fact, look);
      const value = look.facts[fact];
      const timeline = all.get(key);
      const last = timeline?.spans.at(-1);
      if (value !== undefined) {
        const span = { value, from: look.at, to: look.at };
        if (timeline) timeline.spans.push(span);
        else
          all.set(key, {
            fact,
            site: DOMAIN_FACTS.has(fact) ? null : look.site,
            domain: look.domain,
            spans: [span],
          });
      } else if (last && !look.untold.includes(fact)) last.to = look.at;
    }
  return [...all.values()];
}
