/** How far a record has got: own servers, resolvers that still hold the old one, and silence. */
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { createNet } from '../../../electron/net/net.ts';
import { lookForRecord } from '../../../electron/net/spf-spread.ts';
import { startDnsServer, type DnsServer, type DnsServerOptions } from '../../helpers/dns-server.ts';

const NEW = 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all';
const OLD = 'v=spf1 -all';
const signal = new AbortController().signal;
const started: DnsServer[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});
const start = async (options: DnsServerOptions): Promise<DnsServer> => {
  const server = await startDnsServer(options);
  started.push(server);
  return server;
};
const zone = (...texts: readonly string[]) => ({
  'contoso.com': { TXT: texts, NS: 'ns1.contoso.com' },
  'ns1.contoso.com': { A: '127.0.0.1' },
});

async function spread(own: DnsServerOptions, ...resolvers: readonly DnsServerOptions[]) {
  const authority = await start({ authoritative: true, ...own });
  const others: DnsServer[] = [];
  for (const options of resolvers) others.push(await start(options));
  const net = createNet({
    ...(CLOUDS[0] as Environment),
    dns: { servers: others.map(({ address }) => address), doh: [], authorityPort: authority.port },
    loopback: true,
  });
  return lookForRecord(net, { domain: 'contoso.com', record: NEW, askPublic: false, signal });
}

describe('a new record', () => {
  it('is live when the own servers and every resolver have it', async () => {
    expect(
      await spread({ records: zone('hello', NEW) }, { records: zone(`${NEW} `.replace(' include', '  include')) }),
    ).toMatchObject({
      live: true,
      waitSeconds: 0,
      answers: [
        { server: 'ns1.contoso.com', own: true, state: 'new' },
        { own: false, state: 'new' },
      ],
    });
  });
  it('is on its way while a resolver keeps the old one, for as long as it says', async () => {
    expect(
      await spread({ records: zone(NEW) }, { records: zone(OLD), ttl: 900 }, { records: zone(NEW) }),
    ).toMatchObject({
      live: false,
      waitSeconds: 900,
      answers: [{ state: 'new' }, { state: 'old', records: [OLD] }, { state: 'new' }],
    });
  });
  it('is not there while the own servers have another', async () => {
    const found = await spread({ records: zone(OLD) }, { records: zone(OLD) });
    expect(found).toMatchObject({ live: false, answers: [{ own: true, state: 'old' }, { state: 'old' }] });
  });
  it('beside a second record is not right', async () => {
    expect(await spread({ records: zone(NEW, OLD) }, { records: zone(NEW) })).toMatchObject({ live: false });
  });
  it('does not hang on who is silent', async () => {
    expect(
      await spread(
        { records: zone(NEW) },
        { records: zone(NEW) },
        { records: zone(NEW), faults: { 'contoso.com/TXT': 'timeout' } },
      ),
    ).toMatchObject({
      live: true,
      answers: [{ state: 'new' }, { state: 'new' }, { state: 'silent', ttlSeconds: null }],
    });
  });
  it('stops when told to', async () => {
    const server = await start({ faults: { '*': 'timeout' } });
    const net = createNet({
      ...(CLOUDS[0] as Environment),
      dns: { servers: [server.address], doh: [] },
      loopback: true,
    });
    const stop = new AbortController();
    const looking = lookForRecord(net, { domain: 'contoso.com', record: NEW, askPublic: false, signal: stop.signal });
    const begun = performance.now();
    stop.abort(new Error('stopped'));
    await expect(looking).rejects.toThrow('stopped');
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
