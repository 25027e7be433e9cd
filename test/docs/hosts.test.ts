/** SECURITY.md names every host the program contacts or has the browser open, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CLOUDS } from '../../core/environment.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
const from = page.indexOf('## Which hosts');
const named = new Set(
  [...page.slice(from, page.indexOf('\n## ', from + 5)).matchAll(/`([a-z0-9-]+(?:\.[a-z0-9-]+)+)`/g)].map(
    ([, host = '']) => host,
  ),
);

/** Names of formats, never asked; and this computer. */
const NO_HOSTS =
  /^(schemas\.xmlsoap\.org|schemas\.microsoft\.com|www\.w3\.org|www\.apple\.com|localhost|(www\.)?example\.(com|net|org))$/;

const literals = ['core', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|tsx|cts)$/.test(file) && !file.startsWith('practice'))
    .flatMap((file) => [
      ...readFileSync(path.join(root, folder, file), 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .matchAll(/https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*)/g),
    ])
    .map(([, host = '']) => host),
);

const hostOf = (address: string): string => address.replace(/^https:\/\//, '').replace(/[:/].*$/s, '');
const clouds = CLOUDS.flatMap(({ login, exchange, graph, relay, publicIp, dns, blocklists }) => [
  ...[login.authority, exchange.adminApi, graph?.api ?? '', ...(dns?.doh ?? [])].map(hostOf),
  ...relay.hostSuffixes,
  relay.submission?.host ?? '',
  ...publicIp.map((source) => hostOf(source.kind === 'https' ? source.url : source.server)),
  ...(dns?.servers ?? []).map(hostOf),
  ...blocklists,
]).filter(Boolean);

it('every host of the clouds and of the code stands there', () => {
  expect(clouds.length).toBeGreaterThan(40);
  const missing = new Set([...clouds, ...literals].filter((host) => !named.has(host) && !NO_HOSTS.test(host)));
  expect([...missing].sort()).toEqual([]);
});

it('nothing stands there that is not in the code', () => {
  const known = new Set([...clouds, ...literals]);
  expect([...named].filter((host) => !known.has(host) && host !== 'hosts.test.ts')).toEqual([]);
});
