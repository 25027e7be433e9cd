/** Who holds a domain's records. */
import { describe, expect, it } from 'vitest';
import { english } from '../../core/text.ts';
import { createNet } from '../../electron/net/net.ts';
import { dnsHostOf } from '../../electron/office.ts';
import type { World as EngineWorld } from '../../electron/worlds.ts';
import { within, type WorldOptions } from './checks/bench.ts';

const context = { signal: AbortSignal.timeout(20_000), onProgress: () => undefined, t: english };
const sightings = { of: () => Promise.resolve([]), add: () => Promise.resolve() };
const hostOf = (domain: string, records: NonNullable<WorldOptions['records']>) =>
  within({ records }, ({ environment }) => {
    const world: EngineWorld = { environment, net: () => createNet(environment), sightings, signedIn: null };
    return dnsHostOf(world, domain, context);
  });

describe('the DNS host', () => {
  it('is told from the name servers', async () => {
    const records = { 'contoso.com': { NS: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'] } };
    expect(await hostOf('contoso.com', records)).toMatchObject({ host: { id: 'cloudflare' } });
  });
  it('of a subdomain is that of the domain above it', async () => {
    const records = { 'contoso.com': { NS: ['ns01.domaincontrol.com', 'ns02.domaincontrol.com'] } };
    expect((await hostOf('scan.contoso.com', records)).nameServers).toHaveLength(2);
  });
  it.each([
    ['its own', ['ns1.contoso.com']],
    ['two companies’', ['ada.ns.cloudflare.com', 'ns01.domaincontrol.com']],
  ])('is any other one when the name servers are %s', async (_, NS) => {
    expect(await hostOf('contoso.com', { 'contoso.com': { NS } })).toMatchObject({ host: { id: 'generic' } });
  });
  it('is any other one when nobody answers', async () => {
    expect(await hostOf('contoso.com', {})).toMatchObject({ nameServers: [], host: { id: 'generic' } });
  });
  it('needs a domain name', async () => {
    await expect(hostOf('nonsense', {})).rejects.toMatchObject({ code: 'bad-input', field: 'domain' });
  });
});
