/** Looks at some or all clients again, several side by side; each look is kept as soon as it is done. */
import type { LookPlace, Looked } from '../../core/calls/clients.ts';
import type { Client, Site } from '../../core/clients/client.ts';
import { describeChange } from '../../core/clients/describe-change.ts';
import { siteNames } from '../../core/clients/list-clients.ts';
import { isAppError } from '../../core/errors.ts';
import type { CallContext } from '../dispatch.ts';
import type { Net } from '../net/net.ts';
import type { Clients } from '../storage/clients.ts';
import type { World, Worlds } from '../worlds.ts';
import { lookAt, type LookAt } from './look.ts';
import { ownAddressOf } from './own-address.ts';

/** Clients looked at side by side. */
const AT_ONCE = 8;

type LookAll = {
  readonly ids: readonly string[] | null;
  readonly place: LookPlace;
  readonly clients: Clients;
  readonly worlds: Worlds;
  readonly context: CallContext;
};

export async function lookAtClients({ ids, place, clients, worlds, context }: LookAll): Promise<{
  looked: number;
  news: Looked[];
}> {
  const { signal, onProgress, t } = context;
  const all = await clients.all();
  const wanted = ids === null ? all : all.filter(({ id }) => ids.includes(id));
  const nets = new Map<string, Pick<LookAt, 'world' | 'net' | 'whereabouts'>>();
  const partsOf = (world: World) => {
    const known = nets.get(world.environment.name);
    if (known) return known;
    const net: Net = world.net();
    const parts = { world, net, whereabouts: { place, ownAddress: ownAddressOf(world, net, context) } };
    nets.set(world.environment.name, parts);
    return parts;
  };
  const news: Looked[] = [];
  let looked = 0;

  const lookAtSite = async (client: Client, site: Site): Promise<void> => {
    const base = { client: client.id, site: site.id, name: siteNames(client)(site.id) };
    try {
      const folded = await clients.folded(client.id);
      const quiet = { ...context, onProgress: () => undefined };
      const parts = partsOf(worlds.get(client.environment));
      const { report, look, changes } = await lookAt({ ...parts, client, site, folded, context: quiet });
      await clients.addLook(client.id, look, report);
      const [tenantId] = look.facts.tenant ?? [];
      if (client.tenantId === null && tenantId !== undefined) await rememberTenant(client.id, tenantId);
      looked += 1;
      if (changes.length > 0)
        news.push({
          ...base,
          verdict: report.verdict,
          place: look.place,
          changes: changes.map((change) => describeChange(change, siteNames(client), t)),
          error: null,
        });
    } catch (error) {
      if (!isAppError(error) || signal.aborted) throw error;
      news.push({ ...base, verdict: null, place: 'away', changes: [], error: t(error.text) });
    }
  };
  const rememberTenant = async (id: string, tenantId: string): Promise<void> => {
    await clients.update((now) =>
      now.map((one) => (one.id === id && one.tenantId === null ? { ...one, tenantId } : one)),
    );
  };

  const queue = wanted[Symbol.iterator]();
  let done = 0;
  const worker = async (): Promise<void> => {
    for (const client of queue) {
      signal.throwIfAborted();
      onProgress({ topic: client.id, state: 'running', message: client.name });
      // One office after the other: what belongs to the domain is raised once.
      for (const site of client.sites) await lookAtSite(client, site);
      done += 1;
      onProgress({
        topic: client.id,
        state: 'done',
        message: t('{done, number} of {total, number} looked at.', { done, total: wanted.length }),
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { looked, news };
}
