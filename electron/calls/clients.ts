/** Clients: the list, looking again, history, repair, traffic, import and export. */
import type { clientCalls } from '../../core/calls/clients.ts';
import type { Client } from '../../core/clients/client.ts';
import { describeChange } from '../../core/clients/describe-change.ts';
import { findDrift } from '../../core/clients/drift.ts';
import { clientsToCsv, clientsToLines } from '../../core/clients/export.ts';
import { timelines } from '../../core/clients/history.ts';
import { selectClients, siteNames, summaryOf } from '../../core/clients/list-clients.ts';
import { exchangeFor } from '../clients/guard.ts';
import { importClients, previewImport } from '../clients/import.ts';
import { lookAtClients } from '../clients/look-at-clients.ts';
import { applyRepair, planRepair } from '../clients/repair.ts';
import { readTraffic } from '../clients/traffic.ts';
import { rememberRepair } from '../clients/remember-repair.ts';
import { saveOutcome } from '../storage/outcomes.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

export const clientPart = ({ worlds, clients, journal, dataFolder }: EngineParts): PartOf<typeof clientCalls> => {
  const summarise = async (client: Client, t: Parameters<typeof summaryOf>[2]) =>
    summaryOf(client, await clients.histories.folded(client.id), t);
  return {
    'clients.list': async (query, { t }) => {
      const all = await Promise.all((await clients.all()).map((client) => summarise(client, t)));
      await clients.histories.keep();
      return selectClients(all, query);
    },
    'clients.get': async ({ id }, { t }) => {
      const client = await clients.get(id);
      const folded = await clients.histories.folded(id);
      return {
        client,
        summary: summaryOf(client, folded, t),
        drift: [...findDrift(client, folded, t)],
        reports: await clients.reports(client),
      };
    },
    'clients.save': async ({ client }, { t }) => {
      await clients.put(client);
      return summarise(client, t);
    },
    'clients.remove': async ({ ids }) => {
      await clients.remove(ids);
      return {};
    },
    'clients.seen': async ({ ids }) => {
      const seen = new Set(ids);
      const seenAt = new Date().toISOString();
      await clients.update((all) => all.map((client) => (seen.has(client.id) ? { ...client, seenAt } : client)));
      return {};
    },
    'clients.look': ({ ids, place }, context) => lookAtClients({ ids, place, clients, worlds, context }),
    'clients.history': async ({ id, from }, { t }) => {
      const client = await clients.get(id);
      const lines = await clients.histories.looks(id);
      const since = (at: string) => from === null || at >= from;
      const names = siteNames(client);
      const { changes } = await clients.histories.folded(id);
      return {
        looks: lines
          .filter(({ at }) => since(at))
          .map(({ at, site, place, verdict }) => ({ at, site, place, verdict })),
        timelines: timelines(lines)
          .map((timeline) => ({ ...timeline, spans: timeline.spans.filter(({ to }) => since(to)) }))
          .filter(({ spans }) => spans.length > 0),
        changes: changes
          .filter(({ at }) => since(at))
          .map((change) => describeChange(change, names, t))
          .reverse(),
      };
    },
    'clients.repair': async ({ id, domain, takeAway }, context) => {
      const client = await clients.get(id);
      const of = { client, folded: await clients.histories.folded(id), world: worlds.get(client.environment), context };
      return planRepair(of, domain, takeAway);
    },
    'clients.repair-apply': async ({ id, repair }, context) => {
      const client = await clients.get(id);
      const world = worlds.get(client.environment);
      const of = { client, folded: await clients.histories.folded(id), world, context };
      const { outcome, entered } = await applyRepair(of, repair, journal);
      const [site] = client.sites;
      if (outcome && outcome.steps.length > 0 && site)
        await saveOutcome(dataFolder, client.environment, outcome.tenant.id, site.profile.connector.name, outcome);
      if (!entered) return { outcome, client };
      const after = new Map(repair.entered.map((one) => [one.site, one.after]));
      const mended: Client = {
        ...client,
        tenantId: client.tenantId ?? outcome?.tenant.id ?? null,
        sites: client.sites.map((one) => ({
          ...one,
          profile: { ...one.profile, publicIps: after.get(one.id) ?? one.profile.publicIps },
        })),
      };
      await clients.put(mended);
      if (outcome?.connector) await rememberRepair(clients, mended, repair.domain, outcome.connector);
      return { outcome, client: mended };
    },
    'clients.traffic': async ({ id, days }, context) => {
      const client = await clients.get(id);
      const profile = client.sites[0]?.profile;
      if (!profile) throw new Error('a client without an office');
      const exchange = await exchangeFor(worlds.get(client.environment), profile, client.tenantId, context);
      return readTraffic(exchange, { client, folded: await clients.histories.folded(id), days, context });
    },
    'clients.import-preview': ({ source, environment }, context) =>
      previewImport({ source, environment, clients, context }),
    'clients.import': async ({ source, environment, digest, leaveOutBad }, context) => {
      const { ids: _, ...counts } = await importClients({ source, environment, digest, leaveOutBad, clients, context });
      return counts;
    },
    'clients.export': async ({ format, ids }) => {
      const all = await clients.all();
      const wanted = ids === null ? all : all.filter(({ id }) => ids.includes(id));
      const text = format === 'csv' ? clientsToCsv(wanted) : clientsToLines(wanted);
      return { fileName: `relayready-clients.${format}`, text };
    },
  };
};
