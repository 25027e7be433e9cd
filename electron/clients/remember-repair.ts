/** What a repair did to the connector is known at once: the next look does not raise our own change. */
import type { Client } from '../../core/clients/client.ts';
import { lookLine } from '../../core/clients/history.ts';
import { readConnector, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import type { Clients } from '../storage/clients.ts';

/** @param object the connector as it was read back */
export async function rememberRepair(
  clients: Clients,
  client: Client,
  domain: string,
  object: ExchangeObject,
): Promise<void> {
  const { known, sites } = await clients.histories.folded(client.id);
  const site = client.sites.find(({ profile }) => profile.domain === domain);
  const last = site && sites.get(site.id);
  // Never looked at, there is nothing it could differ from.
  if (!site || !last) return;
  const { enabled, ips, certificateName } = readConnector(object);
  const at = new Date().toISOString();
  const facts = {
    connector: [enabled ? 'on' : 'off'],
    'connector-addresses': certificateName === null ? [...new Set(ips)].sort() : [certificateName],
  };
  const { verdict, needs, place } = last;
  const line = lookLine({ at, site: site.id, domain, place, verdict, needs, facts, entered: [] }, known);
  await clients.histories.add(client.id, line);
  // Whoever applied it has seen it.
  await clients.update((all) => all.map((one) => (one.id === client.id ? { ...one, seenAt: at } : one)));
}
