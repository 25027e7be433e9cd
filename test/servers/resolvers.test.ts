/** The DNS client against Debian's own name servers: a validated answer, a forged one, and a resolver that makes answers up. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { createNet } from '../../electron/net/net.ts';
import { serversFolder, serversMissing, type RunningServer } from './debian.ts';
import { keysOf, startInventing, startSigning, startValidating } from './resolvers.ts';

const ZONE = 'contoso.com';
const RECORDS = `$ORIGIN ${ZONE}.
$TTL 60
@ SOA ns hostmaster 1 3600 600 86400 60
@ NS ns
ns A 127.0.0.1
@ MX 0 contoso-com.mail.protection.outlook.com.
@ TXT "v=spf1 ip4:203.0.113.7 " "include:spf.protection.outlook.com -all"
www CNAME ns
`;
const signal = AbortSignal.timeout(60_000);
const dnsAt = (...servers: readonly RunningServer[]) =>
  createNet({
    ...(CLOUDS[0] as Environment),
    dns: { servers: servers.map(({ port }) => `127.0.0.1:${port}`), doh: [] },
  }).dns;

describe.skipIf(serversFolder === null)(
  `real name servers${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  () => {
    const running: RunningServer[] = [];
    const keep = async (starting: Promise<RunningServer>): Promise<RunningServer> => {
      const server = await starting;
      running.push(server);
      return server;
    };
    let signing: RunningServer;
    let validating: RunningServer;
    let deceived: RunningServer;
    let inventing: RunningServer;

    beforeAll(async () => {
      signing = await keep(startSigning(ZONE, RECORDS));
      const keys = await keysOf(ZONE, signing.port);
      const other = await keep(startSigning(ZONE, RECORDS));
      validating = await keep(startValidating(ZONE, signing.port, keys));
      // Its zone is signed with keys that are not the trusted ones.
      deceived = await keep(startValidating(ZONE, other.port, keys));
      inventing = await keep(startInventing('198.51.100.99', { [ZONE]: signing.port }));
    }, 60_000);
    afterAll(() => Promise.all(running.map((server) => server.stop())));

    it('a validated answer says so, and an authoritative one does not claim it', async () => {
      expect(await dnsAt(validating).query(ZONE, 'TXT', { signal })).toMatchObject({
        status: 'ok',
        authenticated: true,
        records: [{ data: 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all' }],
      });
      expect(await dnsAt(signing).query(ZONE, 'TXT', { signal })).toMatchObject({ status: 'ok', authenticated: false });
    });
    it('a name that does not exist is proven not to', async () => {
      expect(await dnsAt(validating).query(`nobody.${ZONE}`, 'A', { signal })).toMatchObject({
        status: 'no-such-name',
        authenticated: true,
      });
      expect(await dnsAt(validating).query(`www.${ZONE}`, 'A', { signal })).toMatchObject({
        status: 'ok',
        aliases: [`ns.${ZONE}`],
      });
    });
    it('a zone whose signature does not fit is out of order, not empty', async () => {
      expect((await dnsAt(deceived).query(ZONE, 'MX', { signal })).status).toBe('server-failed');
    });
    it('made-up answers are found out, true ones stay', async () => {
      const dns = dnsAt(inventing);
      expect(await dns.rewrites({ signal })).toBe(true);
      expect((await dns.query('contoso-con.mail.protection.outlook.com', 'A', { signal })).status).toBe('rewritten');
      expect((await dns.query(ZONE, 'MX', { signal })).status).toBe('ok');
    });
  },
);
