/** Lines on which only some things arrive: large packets vanish, or IPv6 leads nowhere. */
import { once } from 'node:events';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { createDns } from '../../../electron/net/dns.ts';
import { createHttp } from '../../../electron/net/http.ts';
import { startDnsServer } from '../../helpers/dns-server.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';

const ca = await createTestCa();
const opened: (net.Server | https.Server)[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    if (server instanceof https.Server) server.closeAllConnections();
  }
});
const listening = async (server: net.Server | https.Server): Promise<number> => {
  opened.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};
const signal = new AbortController().signal;

it('large packets vanish: a small question is answered, a large one ends at its deadline with what to do', async () => {
  const server = https.createServer(await ca.issue({ names: ['localhost'] }), (request, response) => {
    request.resume().on('end', () => response.end('taken'));
  });
  const port = await listening(server);
  /** Passes on what fits into a small packet. */
  const line = net.createServer((from) => {
    const to = net.connect(port, '127.0.0.1');
    from.on('data', (chunk: Buffer) => {
      if (chunk.length <= 1400) to.write(chunk);
    });
    to.pipe(from);
    for (const socket of [from, to])
      socket.on('error', () => undefined).on('close', () => (from.destroy(), to.destroy()));
  });
  const environment: Environment = {
    ...(CLOUDS[0] as Environment),
    dns: { servers: [], doh: [] },
    ca: [ca.cert],
    loopback: true,
  };
  const http = createHttp(environment, createDns(environment));
  const url = `https://localhost:${await listening(line)}/`;
  expect(await http.send({ method: 'POST', url, body: 'small', signal })).toMatchObject({ text: 'taken' });
  const begun = performance.now();
  const large = http.send({ method: 'POST', url, body: 'x'.repeat(8000), signal, deadlineMs: 1500 });
  await expect(large).rejects.toMatchObject({
    code: 'timeout',
    remedy: { message: expect.stringContaining('Check') as string },
  });
  expect(performance.now() - begun).toBeLessThan(6000);
});

it('IPv6 leads nowhere: nobody waits for it', async () => {
  const port = await listening(
    https.createServer(await ca.issue({ names: ['host.contoso.com'] }), (_, response) => response.end('hello')),
  );
  const dns = await startDnsServer({ records: { 'host.contoso.com': { A: '127.0.0.1', AAAA: '100::1' } } });
  const environment: Environment = {
    ...(CLOUDS[0] as Environment),
    dns: { servers: [`127.0.0.1:${dns.port}`], doh: [] },
    ca: [ca.cert],
    loopback: true,
  };
  try {
    const http = createHttp(environment, createDns(environment));
    const send = () => http.send({ method: 'GET', url: `https://host.contoso.com:${port}/`, signal, deadlineMs: 5000 });
    expect(await send()).toMatchObject({ text: 'hello' });
    expect(dns.log.map(({ type }) => type)).not.toContain('AAAA');
  } finally {
    await dns.close();
  }
});
