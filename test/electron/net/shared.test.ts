/** What many looks of one run share: one question in flight per name, answers as long as they hold, and nobody's cancel is another's. */
import { afterEach, describe, expect, it } from 'vitest';
import { Environment } from '../../../core/environment.ts';
import { createNet, createShared, type NetShared } from '../../../electron/net/net.ts';
import { POLITE } from '../../../electron/net/pace.ts';
import { startDnsServer, type DnsServer, type DnsServerOptions } from '../../helpers/dns-server.ts';

const open: { dns: DnsServer; life: AbortController }[] = [];
afterEach(async () => {
  for (const { dns, life } of open.splice(0)) {
    life.abort(new Error('over'));
    await dns.close();
  }
});

async function run(options: DnsServerOptions) {
  const dns = await startDnsServer({ records: { 'contoso.com': { TXT: 'v=spf1 -all' } }, ...options });
  const life = new AbortController();
  open.push({ dns, life });
  const shared: NetShared = createShared(POLITE, life.signal);
  const environment = {
    ...Environment.parse({
      schema: 'relayready/environment@1',
      name: 'x',
      login: { authority: 'https://localhost:1', scopes: ['x'] },
      exchange: { adminApi: 'https://localhost:1' },
      relay: { hostSuffixes: ['x'], spfInclude: 'x' },
      dns: { servers: [`127.0.0.1:${dns.port}`] },
      loopback: true,
    }),
    ca: [],
  };
  return { dns, life, look: () => createNet(environment, { shared }) };
}
const ask = (net: ReturnType<typeof createNet>, signal = AbortSignal.timeout(20_000)) =>
  net.dns.query('contoso.com', 'TXT', { signal });

describe('answers of a run', () => {
  it('many looks at once ask once', async () => {
    const { dns, look } = await run({ delayMs: 100 });
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(look())));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['ok']));
    expect(dns.log).toHaveLength(1);
  });
  it('are held as long as they say, five seconds at least', async () => {
    const { dns, look } = await run({ ttl: 0 });
    await ask(look());
    await ask(look());
    expect(dns.log).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 5200));
    await ask(look());
    expect(dns.log).toHaveLength(2);
  });
  it('trouble is forgotten soon', async () => {
    const { dns, look } = await run({ faults: { 'contoso.com': ['servfail', 'servfail'] } });
    expect((await ask(look())).status).toBe('server-failed');
    const { length } = dns.log;
    expect((await ask(look())).status).toBe('server-failed');
    expect(dns.log).toHaveLength(length);
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect((await ask(look())).status).toBe('ok');
  });
  it('one look that is cancelled takes nothing from the others; the end of the run ends all', async () => {
    const { dns, life, look } = await run({ delayMs: 300 });
    const stop = new AbortController();
    const first = ask(look(), stop.signal);
    const second = ask(look());
    stop.abort(new Error('stopped'));
    await expect(first).rejects.toThrow('stopped');
    expect((await second).status).toBe('ok');
    expect(dns.log).toHaveLength(1);
    const third = look().dns.query('fabrikam.com', 'TXT', { signal: AbortSignal.timeout(20_000) });
    life.abort(new Error('over'));
    await expect(third).rejects.toThrow('over');
  });
});
