/** A thousand clients with a year of weekly looks, written the way the program writes them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from '../../core/clients/client.ts';
import { Look } from '../../core/clients/history.ts';
import { openClients } from '../../electron/storage/clients.ts';

const NAMES = ['Contoso', 'Fabrikam', 'Northwind', 'Wingtip', 'Tailspin', 'Litware', 'Proseware', 'Trey'];
const WEEKS = 46;
const RECORD = 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all';
const FIRST: Look['facts'] = {
  addresses: ['203.0.113.7'],
  'port-25': ['open'],
  listed: [],
  spf: [RECORD],
  'spf-state': ['complete'],
  connector: ['on'],
  'connector-addresses': ['203.0.113.7'],
};

const clientOf = (at: number): Client => {
  const domain = `client${at}.example`;
  const office = { domain, sender: `scanner@${domain}`, publicIps: ['203.0.113.7'] };
  return Client.parse({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `${NAMES[at % NAMES.length]} ${at}`,
    environment: 'practice',
    sites: [
      {
        id: 'main',
        profile: { ...office, name: 'Head office', devices: [{ name: 'Hallway', address: '192.168.1.50' }] },
      },
      ...(at % 5 === 0 ? [{ id: 'branch', profile: { ...office, name: 'Branch' } }] : []),
    ],
    addedAt: '2026-01-01T00:00:00Z',
  });
};

/** Every fourth has moved, every seventh lost its connector, every tenth was never looked at. */
const looksOf = (at: number): readonly Look[] =>
  at % 10 === 9
    ? []
    : Array.from({ length: WEEKS }, (_, week) => {
        const moved = week >= 40 && at % 4 === 0;
        const facts: Look['facts'] = {
          ...(week === 0 ? FIRST : {}),
          ...(week === 40 && moved ? { addresses: ['203.0.113.99'] } : {}),
          ...(week === 44 && at % 7 === 0 ? { connector: ['off'] } : {}),
        };
        return Look.parse({
          at: new Date(Date.UTC(2026, 0, 1) + week * 7 * 86_400_000).toISOString(),
          site: 'main',
          domain: `client${at}.example`,
          place: 'office',
          verdict: moved ? 'action-needed' : at % 11 === 0 ? 'cannot-tell' : 'ready',
          needs: [],
          facts,
        });
      });

export async function seedClients(folder: string, count: number): Promise<void> {
  const store = openClients(folder);
  const all = Array.from({ length: count }, (_, at) => clientOf(at));
  await store.update(() => all);
  const place = path.join(folder, 'clients/history');
  mkdirSync(place, { recursive: true });
  for (const [at, { id }] of all.entries()) {
    const looks = looksOf(at);
    if (looks.length > 0)
      writeFileSync(path.join(place, `${id}.jsonl`), looks.map((look) => `${JSON.stringify(look)}\n`).join(''));
  }
  // What follows from them is kept by whoever looked.
  for (const { id } of all) await store.histories.folded(id);
  await store.histories.keep(true);
}

/** One client whose names are numbers, so that every word about it is the page's own. */
export async function seedOne(folder: string): Promise<void> {
  const store = openClients(folder);
  const client = Client.parse({
    id: '11111111-2222-4333-8444-555555555555',
    name: '1',
    environment: 'practice',
    sites: ['2', '3'].map((name) => ({
      id: name,
      profile: {
        name,
        domain: 'contoso.com',
        publicIps: ['203.0.113.7'],
        devices: [{ name: '4', address: '192.0.2.1' }],
      },
    })),
    reminders: [{ kind: 'other', what: '5', dueOn: '2030-01-31' }],
    addedAt: '2026-01-01T00:00:00Z',
  });
  await store.put(client);
  const look = (at: string, facts: Look['facts']): Look =>
    Look.parse({ at, site: '2', domain: 'contoso.com', place: 'office', verdict: 'action-needed', needs: [], facts });
  await store.histories.add(client.id, look('2026-01-01T00:00:00.000Z', FIRST));
  await store.histories.add(
    client.id,
    look('2026-02-01T00:00:00.000Z', { addresses: ['203.0.113.9'], connector: ['off'], 'port-25': ['blocked'] }),
  );
}
