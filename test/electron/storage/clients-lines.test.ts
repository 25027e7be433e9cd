/** Lines of the clients' file that this version cannot read: those of a newer one stay, damaged ones are kept beside it, once. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Client } from '../../../core/clients/client.ts';
import { openClients } from '../../../electron/storage/clients.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-clients-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = () => path.join(folder, 'clients', 'clients.jsonl');
const client = (id: number, name: string): Client =>
  Client.parse({
    id: `0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a${id}`,
    name,
    sites: [{ id: 'main', profile: { domain: 'contoso.com' } }],
    addedAt: new Date(0).toISOString(),
  });

it('a client of a newer version is not in the list and not lost by the next write', async () => {
  await openClients(folder).put(client(11, 'Contoso'));
  const newer = [
    JSON.stringify({ ...client(12, 'Fabrikam'), colour: 'blue' }),
    JSON.stringify({ ...client(13, 'Fabrikam'), schema: 'relayready/client@2' }),
  ];
  appendFileSync(file(), newer.map((line) => `${line}\n`).join(''));
  const clients = openClients(folder);
  expect((await clients.all()).map(({ name }) => name)).toEqual(['Contoso']);
  await clients.put(client(14, 'Third'));
  await clients.put(client(15, 'Fourth'));
  const lines = readFileSync(file(), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(5);
  for (const line of newer) expect(lines).toContain(line);
});

it('a damaged line is kept beside the file, once, and costs nobody else', async () => {
  await openClients(folder).put(client(11, 'Contoso'));
  appendFileSync(file(), '{"schema":"relayready/client@1","id":"cut sho\n');
  for (let start = 0; start < 3; start += 1)
    expect((await openClients(folder).all()).map(({ name }) => name)).toEqual(['Contoso']);
  const kept = readdirSync(path.dirname(file())).filter((name) => name.includes('.damaged-'));
  expect(kept).toHaveLength(1);
  expect(readFileSync(path.join(path.dirname(file()), kept[0] ?? ''), 'utf8')).toContain('cut sho');
});
