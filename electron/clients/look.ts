/** One look at one office of a client: the read-only checks, as facts that can be compared with the last time. */
import type { Client, Site } from '../../core/clients/client.ts';
import { lineOf } from '../../core/clients/drift.ts';
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

/** Facts that are about all offices of the domain together. */
const OF_ALL: ReadonlySet<FactId> = new Set(['spf', 'spf-state', 'connector', 'connector-addresses']);

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

  /** Other offices of the domain, or an address nobody entered yet: asked again with all of them. */
  async function togetherFacts(found: Facts, now: string): Promise<Facts | null> {
    const again = (ids: readonly string[]) => ids.filter((id) => !only || only.includes(id));
    const { line, wanted } = addressesWith(found, now);
    const asked = new Set(profile.publicIps.length > 0 ? profile.publicIps : found.addresses);
    const own = [...new Set([...profile.publicIps, ...line])];
    const [all, alone] = await Promise.all([
      againWith(wanted, asked, again(['spf', 'connector'])),
      againWith(own, asked, again(['blocklists'])),
    ]);
    if (all === null && alone === null) return null;
    // What was said of the entered addresses alone does not stand in for what could not be told of all.
    const kept = Object.entries(found).filter(
      ([fact]) => !(all && OF_ALL.has(fact as FactId)) && !(alone && fact === 'listed'),
    );
    const told = Object.entries(all ?? {}).filter(([fact]) => OF_ALL.has(fact as FactId));
    return { ...Object.fromEntries([...kept, ...told]), ...(alone?.listed ? { listed: alone.listed } : {}) };
  }

  async function againWith(
    addresses: readonly string[],
    asked: ReadonlySet<string>,
    ids: readonly string[],
  ): Promise<Facts | null> {
    if (ids.length === 0 || addresses.every((address) => asked.has(address))) return null;
    return factsOf(await run(repairProfile(profile, addresses), ids));
  }

  /** As they will be known once this look is kept. */
  function addressesWith({ addresses }: Facts, now: string): { line: readonly string[]; wanted: readonly string[] } {
    const base = { at: now, site: site.id, domain: profile.domain, place: 'office', verdict: 'ready' } as const;
    const facts = addresses ? { addresses } : {};
    const seen = lookLine({ ...base, needs: [], facts, entered: profile.publicIps }, folded.known);
    const after = foldHistory([seen], folded);
    return { line: lineOf(site, after), wanted: repairAddresses(client, profile.domain, after, []).wanted };
  }
}
