/** The public address by vote. */
import { describe, expect, it } from 'vitest';
import type { PublicIpSource } from '../../../core/environment.ts';
import { within, ZONE, type WorldOptions } from './bench.ts';

/** One HTTPS source for each body. */
const voting = (
  bodies: readonly string[],
  more: (dns: string) => readonly PublicIpSource[] = () => [],
): WorldOptions => ({
  pages: Object.fromEntries(bodies.map((body, at) => [`/ip${at}`, { body }])),
  records: { ...ZONE, 'myip.example': { A: '203.0.113.7', TXT: '"203.0.113.7"' } },
  environment: (base, { https, dns }) => ({
    ...base,
    publicIp: [...bodies.map((_, at) => ({ kind: 'https' as const, url: `${https}/ip${at}` })), ...more(dns)],
  }),
});
const look = (options: WorldOptions, profile = {}) => within(options, ({ check }) => check('public-ip', profile));

describe('public address', () => {
  it('is agreed on by web and DNS', async () => {
    const options = voting(['203.0.113.7', ' 203.0.113.7\r\n'], (dns) => [
      { kind: 'dns', server: dns, name: 'myip.example', type: 'A' },
    ]);
    const result = await look(options);
    expect(result).toMatchObject({ status: 'pass', evidence: { address: '203.0.113.7', agreed: true } });
    expect((result.evidence['votes'] as unknown[]).length).toBe(3);
  });
  it('goes to the majority, and the quarrel is said', async () => {
    expect(await look(voting(['203.0.113.7', '203.0.113.7', '198.51.100.4']))).toMatchObject({
      status: 'warn',
      who: 'you',
      evidence: { address: '203.0.113.7', agreed: false },
    });
  });
  it('is nobody’s when the votes are even', async () => {
    expect(await look(voting(['203.0.113.7', '198.51.100.4']))).toMatchObject({
      status: 'warn',
      evidence: { address: null, agreed: false },
    });
  });
  it.each([
    ['a page', '<html><body>203.0.113.7</body></html>', 'sign-in-page'],
    ['two addresses', '203.0.113.7 198.51.100.4', 'not-an-address'],
    ['an address in JSON', '{"ip":"203.0.113.7"}', 'not-an-address'],
    ['a private address', '192.168.1.20', 'private'],
    ['a shared address', '100.64.3.4', 'shared'],
    ['loopback', '127.0.0.1', 'loopback'],
    ['an odd spelling', '203.0.113.007', 'not-an-address'],
    ['a number', '3405803783', 'not-an-address'],
    ['IPv6', '2001:db8::7', 'ipv6'],
    ['nothing', '', 'not-an-address'],
    ['a flood', '9'.repeat(100_000), 'unexpected-answer'],
  ])('is never %s', async (_, body, error) => {
    const result = await look(voting([body]));
    expect(result).toMatchObject({
      status: 'unknown',
      evidence: { address: null, agreed: false, votes: [{ address: null, error }] },
    });
  });
  it('says that somebody is elsewhere than entered', async () => {
    expect(await look(voting(['203.0.113.7', '203.0.113.7']), { publicIps: ['198.51.100.4'] })).toMatchObject({
      status: 'warn',
      who: 'you',
    });
  });
  it('is less sure of a single answer', async () => {
    expect(await look(voting(['203.0.113.7', 'busy']))).toMatchObject({
      status: 'warn',
      evidence: { address: '203.0.113.7' },
    });
  });
  it('is not asked where nobody is to be asked', async () => {
    expect(await look({ environment: (base) => ({ ...base, publicIp: [] }) })).toMatchObject({ status: 'skipped' });
  });
});
