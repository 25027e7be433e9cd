/** SPF over real DNS: the answer, trouble as temperror, deadline and cancel. */
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { english } from '../../../core/text.ts';
import { createDns } from '../../../electron/net/dns.ts';
import { createSpf } from '../../../electron/net/spf.ts';
import { startDnsServer, type DnsServer, type DnsServerOptions } from '../../helpers/dns-server.ts';

let server: DnsServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});
async function spfOf(options: DnsServerOptions) {
  server = await startDnsServer(options);
  return createSpf(
    createDns({
      ...(CLOUDS[0] as Environment),
      dns: { servers: [`127.0.0.1:${server.port}`], doh: [] },
      loopback: true,
    }),
  );
}
const records = {
  'contoso.com': {
    TXT: ['hello', 'v=spf1 mx include:_spf.example -all'],
    MX: ['20 mx2.contoso.com', '10 mx1.contoso.com'],
  },
  'mx1.contoso.com': { A: '203.0.113.7' },
  '_spf.example': { TXT: [['v=spf1 ip4:198.51.', '100.0/24 -all']] },
};
const options = { signal: new AbortController().signal, t: english };
const wanted = { ips: ['203.0.113.7'], include: 'spf.protection.outlook.com' };

describe('SPF over DNS', () => {
  it('evaluates with its tree', async () => {
    const spf = await spfOf({ records });
    expect(await spf.evaluate({ ip: '198.51.100.9', domain: 'contoso.com' }, options)).toMatchObject({
      result: 'pass',
      record: 'v=spf1 mx include:_spf.example -all',
      lookups: 2,
      matched: { domain: '_spf.example', term: 'ip4:198.51.100.0/24' },
      tree: [
        {
          domain: 'contoso.com',
          terms: [
            { text: 'mx', outcome: 'no-match' },
            { text: 'include:_spf.example', outcome: 'match' },
            { text: '-all', outcome: 'not-reached' },
          ],
        },
      ],
      proposed: null,
    });
  });
  it('asks no question twice, and the include before the MX is through', async () => {
    const spf = await spfOf({ records });
    await spf.evaluate({ ip: '198.51.100.9', domain: 'contoso.com', wanted }, options);
    const asked = server?.log.map(({ name, type }) => `${name}/${type}`) ?? [];
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.indexOf('_spf.example/TXT')).toBeLessThan(asked.indexOf('mx1.contoso.com/A'));
  });
  it('proposes a record that keeps the others', async () => {
    const spf = await spfOf({ records });
    const document = await spf.evaluate(
      { ip: '203.0.113.8', domain: 'contoso.com', wanted: { ...wanted, ips: ['203.0.113.8'] } },
      options,
    );
    expect(document).toMatchObject({
      result: 'fail',
      proposed: 'v=spf1 ip4:203.0.113.8 mx include:_spf.example include:spf.protection.outlook.com -all',
      proposedResult: 'pass',
    });
  });
  it.each(['servfail', 'refused', 'formerr'] as const)('%s is a temperror, and nothing is proposed', async (fault) => {
    const spf = await spfOf({ records, faults: { 'contoso.com/TXT': fault } });
    expect(await spf.evaluate({ ip: '203.0.113.7', domain: 'contoso.com', wanted }, options)).toMatchObject({
      result: 'temperror',
      proposed: null,
    });
  });
  it('a silent server is a temperror within the deadline', async () => {
    const spf = await spfOf({ records, faults: { '_spf.example': 'timeout' } });
    const begun = performance.now();
    expect(
      await spf.evaluate({ ip: '192.0.2.1', domain: 'contoso.com', wanted }, { ...options, deadlineMs: 1000 }),
    ).toMatchObject({ result: 'temperror', proposed: null });
    expect(performance.now() - begun).toBeLessThan(2500);
  });
  it('stops within a second', async () => {
    const spf = await spfOf({ records, faults: { '*': 'timeout' } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const begun = performance.now();
    await expect(
      spf.evaluate({ ip: '192.0.2.1', domain: 'contoso.com' }, { ...options, signal: controller.signal }),
    ).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1200);
  });
  it('a domain without a record is none', async () => {
    const spf = await spfOf({ records: { 'contoso.com': { A: '203.0.113.9' } } });
    expect(await spf.evaluate({ ip: '203.0.113.7', domain: 'contoso.com', wanted }, options)).toMatchObject({
      result: 'none',
      record: null,
      records: [],
      proposed: 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all',
    });
  });
});
