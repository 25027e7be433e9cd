/** The DNS of practice: what is there, what is not, and the difference between the two. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import * as packet from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { Environment } from '../../../core/environment.ts';
import { createDns } from '../../../electron/net/dns.ts';
import type { Listening } from '../../../electron/practice/listen.ts';
import { startNames } from '../../../electron/practice/names.ts';
import allWell from '../../../electron/practice/scenarios/all-well.ts';
import { zoneOf, type Zone } from '../../../electron/practice/zone.ts';

const base = Environment.parse({
  schema: 'relayready/environment@1',
  name: 'names',
  login: { authority: 'https://localhost', scopes: ['x'] },
  exchange: { adminApi: 'https://localhost' },
  relay: { hostSuffixes: ['mail.protection.outlook.com'], spfInclude: 'spf.protection.outlook.com' },
  loopback: true,
});
const running: Listening[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
const serve = async (zone: Zone): Promise<number> => {
  const listening = await startNames(zone);
  running.push(listening);
  return listening.port;
};
const raw = async (port: number, message: Buffer): Promise<packet.DecodedPacket & { rcode: string }> => {
  const socket = dgram.createSocket('udp4');
  socket.send(message, port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  socket.close();
  return packet.decode(answer) as packet.DecodedPacket & { rcode: string };
};
const question = (name: string, type: packet.RecordType, size?: number): Buffer =>
  packet.encode({
    type: 'query',
    id: 7,
    flags: packet.RECURSION_DESIRED,
    questions: [{ name, type }],
    ...(size === undefined
      ? {}
      : {
          additionals: [
            { type: 'OPT', name: '.', udpPayloadSize: size, flags: 0, extendedRcode: 0, ednsVersion: 0, options: [] },
          ] as unknown as packet.Answer[],
        }),
  });

describe('names of practice', () => {
  it.each<[string, packet.RecordType, string, number]>([
    ['contoso.com', 'MX', 'NOERROR', 1],
    ['CONTOSO.com', 'TXT', 'NOERROR', 1],
    ['contoso.com', 'NS', 'NOERROR', 1],
    ['contoso.com', 'AAAA', 'NOERROR', 0],
    ['_domainkey.contoso.com', 'TXT', 'NOERROR', 0],
    ['selector1._domainkey.contoso.com', 'TXT', 'NOERROR', 2],
    ['selector2._domainkey.contoso.com', 'CNAME', 'NOERROR', 1],
    ['_dmarc.contoso.com', 'TXT', 'NOERROR', 1],
    ['7.113.0.203.in-addr.arpa', 'PTR', 'NOERROR', 1],
    ['contoso-com.mail.protection.outlook.com', 'A', 'NOERROR', 1],
    ['2.0.0.127.zen.spamhaus.org', 'A', 'NOERROR', 3],
    ['1.0.0.127.zen.spamhaus.org', 'A', 'NXDOMAIN', 0],
    ['7.113.0.203.zen.spamhaus.org', 'A', 'NXDOMAIN', 0],
    ['nothing.contoso.com', 'A', 'NXDOMAIN', 0],
    ['constructor', 'A', 'NXDOMAIN', 0],
  ])('%s %s is %s', async (name, type, rcode, count) => {
    const answer = await raw(await serve(zoneOf(allWell)), question(name, type));
    expect([answer.rcode, answer.answers?.length]).toEqual([rcode, count]);
    // Without it nobody knows how long "no" holds (RFC 2308 §3).
    expect(answer.authorities?.some((record) => record.type === 'SOA')).toBe(count === 0);
  });
  it('tells of an alias that leads nowhere, and of one that leads in a circle', async () => {
    const port = await serve({ a: { CNAME: ['gone'] }, b: { CNAME: ['b'] } });
    const dangling = await raw(port, question('a', 'A'));
    expect([dangling.rcode, dangling.answers?.length]).toEqual(['NXDOMAIN', 1]);
    expect((await raw(port, question('b', 'A'))).rcode).toBe('SERVFAIL');
  });
  it('sends what does not fit over TCP', async () => {
    const text = 'v=spf1 '.padEnd(2000, 'x');
    const port = await serve({ 'long.example': { TXT: [text] } });
    expect((await raw(port, question('long.example', 'TXT'))).flag_tc).toBe(true);
    const dns = createDns({ ...base, ca: [], dns: { servers: [`127.0.0.1:${port}`], doh: [] } });
    const { records } = await dns.query('long.example', 'TXT', { signal: AbortSignal.timeout(10_000) });
    expect(records.map(({ data }) => data)).toEqual([text]);
  });
  it('sends as much at once as the asker says it can take', async () => {
    const port = await serve({ 'long.example': { TXT: ['x'.repeat(900)] } });
    expect((await raw(port, question('long.example', 'TXT'))).flag_tc).toBe(true);
    expect((await raw(port, question('long.example', 'TXT', 1232))).flag_tc).toBe(false);
  });
  it('does not mind nonsense', async () => {
    const port = await serve({ here: { A: ['127.0.0.1'] } });
    const socket = dgram.createSocket('udp4');
    for (const bytes of [[], [0], Array.from({ length: 40 }, () => 255)])
      socket.send(Buffer.from(bytes), port, '127.0.0.1');
    expect((await raw(port, question('here', 'A'))).rcode).toBe('NOERROR');
    socket.close();
  });
});
