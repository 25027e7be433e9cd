/** The address the relay host sees. */
import { describe, expect, it } from 'vitest';
import { within, type WorldOptions } from './bench.ts';

const look = (options: WorldOptions, profile = {}) =>
  within(options, async (world) => ({
    result: await world.check('seen-ip', profile),
    connections: world.smtp?.connections() ?? 0,
  }));

describe('seen address', () => {
  it('is the one in the host’s hello, asked three times', async () => {
    const { result, connections } = await look({});
    expect(result).toMatchObject({ status: 'pass', evidence: { addresses: ['203.0.113.7'] } });
    expect(connections).toBe(3);
  });
  it('is several with two lines', async () => {
    const { result } = await look({ smtp: { sees: ['203.0.113.7', '198.51.100.4', '203.0.113.7'] } });
    expect(result).toMatchObject({
      status: 'warn',
      who: 'you',
      evidence: { addresses: ['198.51.100.4', '203.0.113.7'] },
    });
  });
  it('differs from the web’s behind a VPN, and says so', async () => {
    const { result } = await look({ smtp: { sees: ['198.51.100.4'] } });
    expect(result).toMatchObject({ status: 'warn', evidence: { addresses: ['198.51.100.4'] } });
    expect(result.cause ?? '').toMatch(/VPN/);
  });
  it('differs from the entered one', async () => {
    const { result } = await look({}, { publicIps: ['198.51.100.4'] });
    expect(result).toMatchObject({ status: 'warn', who: 'you' });
  });
  it.each([
    ['the host says nothing of it', { sees: [] }],
    ['the host sees a private address', { sees: ['10.0.0.7'] }],
    ['the host sees IPv6', { sees: ['2001:db8::7'] }],
    ['the host sees nonsense', { sees: ['999.1.1.1'] }],
    ['the host refuses', { greeting: '554 5.7.1 Go away' }],
  ])('cannot be told when %s', async (_, smtp) => {
    expect((await look({ smtp })).result).toMatchObject({
      status: 'unknown',
      essential: true,
      evidence: { addresses: [] },
    });
  });
  it('cannot be told when nothing listens', async () => {
    expect((await look({ smtp: 'nothing-listens' })).result).toMatchObject({ status: 'unknown' });
  });
});
