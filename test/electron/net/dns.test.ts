/** The DNS client against a server that lies, stalls, truncates and loops. */
import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { createDns } from '../../../electron/net/dns.ts';
import { startDnsServer, type DnsFault, type DnsServer, type DnsServerOptions } from '../../helpers/dns-server.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';

const servers: DnsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
async function dnsOf(options: DnsServerOptions, ...more: readonly DnsServerOptions[]) {
  const started = await Promise.all([options, ...more].map(startDnsServer));
  servers.push(...started);
  const dns = createDns({
    ...(CLOUDS[0] as Environment),
    dns: { servers: started.map(({ port }) => `127.0.0.1:${port}`), doh: [] },
    loopback: true,
  });
  return { dns, server: started[0] as DnsServer };
}
/** The first way asks `options`, HTTPS an honest server with the same records, or whatever `page` says. */
async function withHttps(options: DnsServerOptions, page?: { readonly status: number; readonly type: string }) {
  const ca = await createTestCa();
  const honest = await startDnsServer({ records: options.records ?? {} });
  const plain = await startDnsServer(options);
  servers.push(honest, plain);
  const web = https.createServer(await ca.issue(), (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (page) return void response.writeHead(page.status, { 'content-type': page.type }).end('<html>blocked</html>');
      void honest.respond(Buffer.concat(chunks)).then((reply) => {
        response.writeHead(200, { 'content-type': 'application/dns-message' }).end(reply);
      });
    });
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  servers.push({
    ...honest,
    close: async () => {
      web.closeAllConnections();
      web.close();
      await once(web, 'close');
    },
  });
  const url = `https://localhost:${(web.address() as AddressInfo).port}/dns-query`;
  const dns = createDns({
    ...(CLOUDS[0] as Environment),
    dns: { servers: [`127.0.0.1:${plain.port}`], doh: [url] },
    ca: [ca.cert],
    loopback: true,
  });
  return { dns, https: url };
}
const signal = new AbortController().signal;
const LONG = Array.from({ length: 30 }, (_, at) => `text number ${at} ${'x'.repeat(100)}`);
const records = {
  'contoso.com': { A: '203.0.113.7', MX: ['20 b.contoso.com', '10 a.contoso.com'], TXT: [['one ', 'two']] },
  'www.contoso.com': { CNAME: 'web.contoso.com' },
  'web.contoso.com': { A: '203.0.113.8' },
  'loop.contoso.com': { CNAME: 'loop2.contoso.com' },
  'loop2.contoso.com': { CNAME: 'loop.contoso.com' },
  'long.contoso.com': { TXT: LONG },
  ...Object.fromEntries(
    Array.from({ length: 17 }, (_, at) => [`chain${at}.contoso.com`, { CNAME: `chain${at + 1}.contoso.com` }]),
  ),
  'chain17.contoso.com': { A: '203.0.113.9' },
};
const ask = async (
  name: string,
  type: 'A' | 'TXT' | 'MX',
  fault?: DnsFault | readonly DnsFault[],
  deadlineMs = 1500,
) => {
  const { dns } = await dnsOf({ records, ...(fault === undefined ? {} : { faults: { [name]: fault } }) });
  return dns.query(name, type, { signal, deadlineMs });
};

describe('an answer', () => {
  it('has its records, time to live and who gave it', async () => {
    const answer = await ask('contoso.com', 'A');
    expect(answer).toMatchObject({
      status: 'ok',
      records: [{ data: '203.0.113.7', ttl: 300 }],
      via: 'udp',
      aliases: [],
    });
    expect(answer.server).toMatch(/^127\.0\.0\.1:\d+$/);
  });
  it('joins the strings of a text without a space', async () => {
    expect((await ask('contoso.com', 'TXT')).records[0]).toMatchObject({ data: 'one two', strings: ['one ', 'two'] });
  });
  it('keeps preferences', async () => {
    expect((await ask('contoso.com', 'MX')).records.map(({ preference, data }) => [preference, data])).toEqual([
      [20, 'b.contoso.com'],
      [10, 'a.contoso.com'],
    ]);
  });
  it('follows an alias and names it', async () => {
    expect(await ask('www.contoso.com', 'A')).toMatchObject({
      status: 'ok',
      aliases: ['web.contoso.com'],
      records: [{ data: '203.0.113.8' }],
    });
  });
  it('comes whole over TCP when it does not fit', async () => {
    const answer = await ask('long.contoso.com', 'TXT');
    expect(answer).toMatchObject({ status: 'ok', via: 'tcp' });
    expect(answer.records).toHaveLength(30);
  });
  it('is asked for once in a run', async () => {
    const { dns, server } = await dnsOf({ records });
    await Promise.all([1, 2, 3].map(() => dns.query('Contoso.com', 'A', { signal })));
    await dns.query('contoso.com', 'A', { signal });
    expect(server.log.filter(({ name }) => name === 'contoso.com')).toHaveLength(1);
  });
  it('says whether the resolver validated it', async () => {
    const { dns } = await dnsOf({ records, authenticated: true });
    expect((await dns.query('contoso.com', 'A', { signal })).authenticated).toBe(true);
  });
});

describe('no answer', () => {
  it.each<[string, string, 'A' | 'TXT', DnsFault | undefined, string]>([
    ['a name that is not there', 'none.contoso.com', 'A', undefined, 'no-such-name'],
    ['a name without that record', 'web.contoso.com', 'TXT', undefined, 'no-data'],
    ['SERVFAIL', 'contoso.com', 'A', 'servfail', 'server-failed'],
    ['REFUSED', 'contoso.com', 'A', 'refused', 'refused'],
    ['silence', 'contoso.com', 'A', 'timeout', 'timeout'],
    ['a circle of aliases', 'loop.contoso.com', 'A', undefined, 'alias-loop'],
    ['only answers to another number', 'contoso.com', 'A', 'wrong-id', 'timeout'],
    ['only answers to another question', 'contoso.com', 'A', 'wrong-question', 'timeout'],
    ['only answers about somebody else', 'contoso.com', 'A', 'wrong-owner', 'malformed'],
    ['a chain of seventeen aliases', 'chain0.contoso.com', 'A', undefined, 'alias-loop'],
    ['an answer cut off for good', 'contoso.com', 'A', 'truncate-no-tcp', 'incomplete'],
  ])('%s', async (_, name, type, fault, status) => {
    const begun = performance.now();
    const answer = await ask(name, type, fault);
    expect(answer.status).toBe(status);
    if (status !== 'incomplete') expect(answer.records).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
  it.each(['', '.', 'a..b', `${'a'.repeat(64)}.com`, `${'a.'.repeat(130)}com`])(
    '%j is no name to ask for',
    async (name) => {
      expect((await ask(name, 'A')).status).toBe('bad-name');
    },
  );
  it('nobody listens', async () => {
    const dns = createDns({
      ...(CLOUDS[0] as Environment),
      dns: { servers: ['127.0.0.1:9'], doh: [] },
      loopback: true,
    });
    expect((await dns.query('contoso.com', 'A', { signal, deadlineMs: 2000 })).status).toMatch(/unreachable|timeout/);
  });
});

describe('a right answer is found', () => {
  it.each<[string, DnsFault]>([
    ['behind forged ones', 'wrong-id-then-right'],
    ['behind one to another question', 'wrong-question-then-right'],
    ['without EDNS', 'no-edns'],
    ['over TCP after a cut one', 'truncate'],
  ])('%s', async (_, fault) => {
    expect(await ask('contoso.com', 'A', fault)).toMatchObject({ status: 'ok', records: [{ data: '203.0.113.7' }] });
  });
  it('at the second server while the first is silent', async () => {
    const { dns } = await dnsOf({ records, faults: { '*': 'timeout' } }, { records });
    const begun = performance.now();
    expect((await dns.query('contoso.com', 'A', { signal })).status).toBe('ok');
    expect(performance.now() - begun).toBeLessThan(2000);
  });
  it('at the second server while the first cannot', async () => {
    const { dns } = await dnsOf({ records, faults: { '*': 'servfail' } }, { records });
    expect((await dns.query('contoso.com', 'A', { signal })).status).toBe('ok');
  });
});

describe('a server in trouble', () => {
  it('that fails once is asked once more', async () => {
    expect(await ask('contoso.com', 'A', ['servfail'])).toMatchObject({ status: 'ok', via: 'udp' });
  });
  it.each(['formerr', 'notimp'] as const)('that says %s to every question has failed', async (fault) => {
    expect((await ask('contoso.com', 'A', fault)).status).toBe('server-failed');
  });
  it('is asked over HTTPS when it stays silent on port 53', async () => {
    const { dns, https } = await withHttps({ records, faults: { '*': 'timeout' } });
    expect(await dns.query('contoso.com', 'A', { signal })).toMatchObject({
      status: 'ok',
      via: 'https',
      server: https,
      records: [{ data: '203.0.113.7' }],
    });
  });
  it.each([
    ['a page', 200, 'text/html'],
    ['a refusal', 403, 'text/plain'],
    ['nonsense', 200, 'application/dns-message'],
  ])('over HTTPS gives %s, and the network’s own servers count', async (_, status, type) => {
    const { dns } = await withHttps({ records, delayMs: 2600 }, { status, type });
    expect(await dns.query('contoso.com', 'A', { signal })).toMatchObject({ status: 'ok', via: 'udp' });
  });
});

describe('made-up answers', () => {
  const advert = {
    handler: ({ name }: { readonly name: string }) => (name in records ? undefined : { A: '10.0.0.1' }),
  };
  it('are no answers', async () => {
    const { dns } = await dnsOf({ records, ...advert });
    expect(await dns.query('conotso.com', 'A', { signal })).toMatchObject({ status: 'rewritten', records: [] });
    expect(await dns.rewrites({ signal })).toBe(true);
  });
  it('do not spoil the true ones', async () => {
    const { dns } = await dnsOf({ records, ...advert });
    expect(await dns.query('contoso.com', 'A', { signal })).toMatchObject({ status: 'ok' });
  });
  it('are set right over HTTPS', async () => {
    const { dns } = await withHttps({ records, ...advert });
    expect(await dns.query('conotso.com', 'A', { signal })).toMatchObject({ status: 'no-such-name', via: 'https' });
  });
  it('are not suspected of an honest server, nor of a silent one', async () => {
    expect(await (await dnsOf({ records })).dns.rewrites({ signal })).toBe(false);
    const { dns } = await dnsOf({ records, handler: ({ name }) => (name in records ? undefined : null) });
    expect(await dns.query('contoso.com', 'A', { signal })).toMatchObject({ status: 'ok' });
  });
});

describe('time', () => {
  it('the deadline holds', async () => {
    const begun = performance.now();
    await ask('contoso.com', 'A', 'timeout', 500);
    expect(performance.now() - begun).toBeLessThan(1200);
  });
  it('a stop takes less than a second', async () => {
    const { dns } = await dnsOf({ records, faults: { '*': 'timeout' } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 150);
    const begun = performance.now();
    await expect(dns.query('contoso.com', 'A', { signal: controller.signal })).rejects.toThrow(/abort/);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
