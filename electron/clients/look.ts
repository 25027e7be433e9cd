/** One look at one office of a client: the read-only checks, as facts that can be compared with the last time. */
import type { Client, Site } from '../../core/clients/client.ts';
import { dueFact, factsOf, type FactId, type Facts } from '../../core/clients/facts.ts';
import {
  changesOf,
  foldHistory,
  knownFact,
  lookLine,
  type Change,
  type Folded,
  type Look,
} from '../../core/clients/history.ts';
import { repairAddresses, repairProfile } from '../../core/clients/repair.ts';
import type { Report } from '../../core/report/report.ts';
import type { CallContext } from '../dispatch.ts';
import { check } from '../office.ts';
import type { Net } from '../net/net.ts';
import type { World } from '../worlds.ts';
import { awayFrom, type Whereabouts } from './whereabouts.ts';

export type LookAt = {
  readonly client: Client;
  readonly site: Site;
  readonly folded: Folded;
  readonly world: World;
  readonly net: Net;
  readonly whereabouts: Whereabouts;
  /** Report these checks only. */
  readonly only?: readonly string[] | undefined;
  readonly context: CallContext;
};

export type LookResult = { readonly report: Report; readonly look: Look; readonly changes: readonly Change[] };

/** Checks whose answer depends on all offices of the domain together. */
const TOGETHER = ['spf', 'blocklists', 'connector'];
const OF_ALL: ReadonlySet<FactId> = new Set(['spf', 'spf-state', 'listed', 'connector', 'connector-addresses']);

export async function lookAt({
  client,
  site,
  folded,
  world,
  net,
  whereabouts,
  only,
  context,
}: LookAt): Promise<LookResult> {
  const { profile } = site;
  const seenBefore = knownFact(folded.known, 'addresses', { site: site.id, domain: profile.domain })?.value ?? [];
  const place = site.here ? { ...whereabouts, place: 'office' as const } : whereabouts;
  const away = await awayFrom([...profile.publicIps, ...seenBefore], place);
  const tenant = world.signedIn?.exchange.tenant.id;
  const run = (of: typeof profile, ids: readonly string[] | undefined): Promise<Report> =>
    check(world, of, context, {
      net,
      away,
      ...(ids ? { only: ids } : {}),
      // Another organisation's connectors say nothing about this client.
      exchange: tenant !== undefined && tenant === client.tenantId ? (world.signedIn?.exchange ?? null) : null,
    });
  const report = await run(profile, only);
  const at = new Date().toISOString();
  const alone = factsOf(report);
  const facts: Facts = {
    ...((await togetherFacts(alone, at)) ?? alone),
    due: dueFact(site === client.sites[0] ? client.reminders : [], at),
  };
  const look = lookLine(
    {
      at,
      site: site.id,
      domain: profile.domain,
      place: away === null ? 'office' : 'away',
      verdict: report.verdict,
      needs: report.results.filter(({ status }) => status === 'fail').map(({ id, who }) => ({ id, who })),
      facts,
      entered: profile.publicIps,
    },
    folded.known,
  );
  return { report, look, changes: changesOf(folded.known, look) };

  /** An address nobody entered yet, or other offices of the domain: asked again with all of them. */
  async function togetherFacts(found: Facts, now: string): Promise<Facts | null> {
    if (only && !only.some((id) => TOGETHER.includes(id))) return null;
    const seen = found.addresses
      ? foldHistory(
          [
            {
              at: now,
              site: site.id,
              domain: profile.domain,
              place: 'office',
              verdict: report.verdict,
              needs: [],
              facts: { addresses: found.addresses },
              untold: [],
            },
          ],
          folded,
        )
      : folded;
    const { wanted } = repairAddresses(client, profile.domain, seen, []);
    const asked = new Set(profile.publicIps.length > 0 ? profile.publicIps : found.addresses);
    if (wanted.every((address) => asked.has(address))) return null;
    const together = factsOf(await run(repairProfile(profile, wanted), TOGETHER));
    // What was said of this office's own addresses alone does not stand in for what could not be told of all.
    const rest = Object.entries(found).filter(([fact]) => !OF_ALL.has(fact as FactId));
    return {
      ...Object.fromEntries(rest),
      ...Object.fromEntries(Object.entries(together).filter(([fact]) => OF_ALL.has(fact as FactId))),
    };
  }
}
