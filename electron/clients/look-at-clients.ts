/** Looks at some or all clients again, several side by side; each look is kept as soon as it is done. */
import type { LookPlace } from '../../core/calls/clients.ts';
import type { Client, Site } from '../../core/clients/client.ts';
import { describeChange } from '../../core/clients/describe-change.ts';
import type { Looked } from '../../core/clients/looked-line.ts';
import { siteNames } from '../../core/clients/list-clients.ts';
import { isAppError } from '../../core/errors.ts';
import type { CallContext } from '../dispatch.ts';
import { knownFact, type Look } from '../../core/clients/history.ts';
import { createShared } from '../net/net.ts';
import { POLITE, type Rates } from '../net/pace.ts';
import type { Clients } from '../storage/clients.ts';
import type { World, Worlds } from '../worlds.ts';
import { lookAt, type LookAt } from './look.ts';
import { ownAddressOf } from './own-address.ts';
import { sideBySide } from './side-by-side.ts';

/** Clients looked at side by side. */
export const AT_ONCE = 48;

type LookAll = {
  readonly ids: readonly string[] | null;
  readonly place: LookPlace;
  readonly clients: Clients;
  readonly worlds: Worlds;
  readonly context: CallContext;
  readonly atOnce?: number;
  readonly rates?: Rates;
  readonly only?: readonly string[] | undefined;
  /** Told of every office that was looked at, whether there is news or not. */
  readonly onLooked?: (looked: LookedAt) => Promise<void>;
};

export type LookedAt = Looked & {
  readonly client: string;
  readonly look: Look | null;
  readonly domain: string;
  readonly first: boolean;
};

export async function lookAtClients({
  ids,
  place,
  clients,
  worlds,
  context,
  atOnce = AT_ONCE,
  rates = POLITE,
  only,
  onLooked = () => Promise.resolve(),
}: LookAll): Promise<{
  looked: number;
  news: Looked[];
}> {
  const { signal, onProgress, t } = context;
  const all = await clients.all();
  const wanted = ids === null ? all : all.filter(({ id }) => ids.includes(id));
  const life = new AbortController();
  const shared = createShared(rates, life.signal);
  const places = new Map<string, Pick<LookAt, 'world' | 'whereabouts'>>();
  const partsOf = (world: World) => {
    const known = places.get(world.environment.name);
    if (known) return known;
    const parts = { world, whereabouts: { place, ownAddress: ownAddressOf(world, world.net(shared), context) } };
    places.set(world.environment.name, parts);
    return parts;
  };
  const news: Looked[] = [];
  const tenants = new Map<string, string>();
  let looked = 0;

  const lookAtSite = async (client: Client, site: Site): Promise<LookedAt> => {
    const base = { client: client.id, site: site.id, name: siteNames(client)(site.id), domain: site.profile.domain };
    try {
      const folded = await clients.histories.folded(client.id);
      const quiet = { ...context, onProgress: () => undefined };
      const parts = partsOf(worlds.get(client.environment));
      const net = parts.world.net(shared);
      const { report, look, changes } = await lookAt({ ...parts, net, client, site, folded, only, context: quiet });
      await clients.addLook(client.id, look, report);
      const known = (await clients.histories.folded(client.id)).known;
      const tenantId = knownFact(known, 'tenant', look)?.value[0];
      if (client.tenantId === null && tenantId !== undefined) tenants.set(client.id, tenantId);
      return {
        ...base,
        verdict: report.verdict,
        place: look.place,
        changes: changes.map((change) => describeChange(change, siteNames(client), t)),
        error: null,
        look,
        first: !folded.sites.has(site.id),
      };
    } catch (error) {
      if (!isAppError(error) || signal.aborted) throw error;
      return { ...base, verdict: null, place: 'away', changes: [], error: t(error.text), look: null, first: false };
    }
  };
  /** Written once: the list of clients is one file. */
  const rememberTenants = async (): Promise<void> => {
    if (tenants.size === 0) return;
    await clients.update((now) =>
      now.map((one) => (one.tenantId === null ? { ...one, tenantId: tenants.get(one.id) ?? null } : one)),
    );
  };

  let done = 0;
  const work = async (client: Client): Promise<void> => {
    onProgress({ topic: client.id, state: 'running', message: client.name });
    // One office after the other: what belongs to the domain is raised once.
    for (const site of client.sites) {
      signal.throwIfAborted();
      const { look, first, domain, ...told } = await lookAtSite(client, site);
      if (told.error === null) looked += 1;
      if (told.error !== null || told.changes.length > 0) news.push(told);
      await onLooked({ ...told, look, domain, first });
    }
    done += 1;
    onProgress({
      topic: client.id,
      state: 'done',
      message: t('{done, number} of {total, number} looked at.', { done, total: wanted.length }),
    });
  };
  try {
    await sideBySide(wanted, work, { atOnce, pace: shared.pace, signal });
  } finally {
    life.abort(new Error('the run has ended'));
    await rememberTenants();
    await clients.histories.keep(true);
  }
  return { looked, news };
}
