/** Fixed, changing or shared; never surer than the signs. */
import { describe, expect, it } from 'vitest';
import { startRouter } from '../../helpers/router.ts';
import { within, ZONE, type WorldOptions } from './bench.ts';

const PTR = '7.113.0.203.in-addr.arpa';
const POLICY = { '7.113.0.203.zen.spamhaus.org': { A: '127.0.0.10' } };
const look = (records: NonNullable<WorldOptions['records']>, profile = {}, options: WorldOptions = {}) =>
  within({ records: { ...ZONE, ...records }, ...options }, ({ check }) => check('address-type', profile));
const named = (name: string) => ({ [PTR]: { PTR: name } });

describe('address type', () => {
  it('is unknown without signs', async () => {
    expect(await look({})).toMatchObject({ status: 'unknown', evidence: { kind: 'unknown', signals: [] } });
  });
  it('is not called changing for its name alone', async () => {
    expect(await look(named('dsl-203-0-113-7.pool.provider.example'))).toMatchObject({ evidence: { kind: 'unknown' } });
  });
  it('is likely changing when the provider’s policy list says so', async () => {
    expect(await look(POLICY)).toMatchObject({
      status: 'warn',
      who: 'internet-provider',
      evidence: { kind: 'dynamic-likely' },
    });
  });
  it('is likely fixed when the name says so', async () => {
    expect(await look(named('static-7.business.provider.example'))).toMatchObject({
      status: 'pass',
      evidence: { kind: 'static-likely' },
    });
  });
  it('is likely fixed when it is still the entered one', async () => {
    expect(await look({}, { publicIps: ['203.0.113.7'] })).toMatchObject({
      status: 'pass',
      evidence: { kind: 'static-likely' },
    });
  });
  it('stays unknown when signs quarrel', async () => {
    expect(await look({ ...POLICY, ...named('static-7.provider.example') })).toMatchObject({
      evidence: { kind: 'unknown' },
    });
  });
  it('is shared when a carrier’s address shows', async () => {
    const result = await look(
      {},
      {},
      {
        pages: { '/ip': { body: '203.0.113.7' }, '/inner': { body: '100.64.1.1' } },
        environment: (base, { https }) => ({
          ...base,
          publicIp: [...base.publicIp, { kind: 'https', url: `${https}/inner` }],
        }),
      },
    );
    expect(result).toMatchObject({ status: 'fail', who: 'internet-provider', evidence: { kind: 'shared' } });
  });

  const at = (outside: string) => async () => {
    const router = await startRouter({ outside });
    try {
      return await look({}, {}, { environment: (base) => ({ ...base, router: router.environment }) });
    } finally {
      await router.close();
    }
  };
  it('is shared when the router holds a carrier’s address', async () => {
    const result = await at('100.72.1.9')();
    expect(result).toMatchObject({ status: 'fail', who: 'internet-provider', evidence: { kind: 'shared' } });
    expect(result.details[0]).toMatchObject({
      kind: 'table',
      rows: [[expect.stringMatching(/share/), '100.72.1.9 (NAT-PMP)', 'shared'], expect.anything()],
    });
  });
  it.each([
    ['the router itself holds the address', '203.0.113.7', 'router-same'],
    ['the router stands behind another', '192.168.178.2', 'router-private'],
    ['the router holds another one', '198.51.100.9', 'router-differs'],
  ])('is not told by one router alone: %s', async (_, outside, signal) => {
    const { evidence } = await at(outside)();
    expect(evidence['signals']).toContainEqual(expect.objectContaining({ signal }));
    expect(evidence['kind']).toBe('unknown');
  });
  it.each([
    ['likely fixed after months', [['203.0.113.7', '2026-01-01', '2026-04-01']], 'static-likely'],
    ['not fixed after a month', [['203.0.113.7', '2026-01-01', '2026-02-01']], 'unknown'],
    ['not called changing for another place alone', [['198.51.100.1', '2026-01-01', '2026-02-01']], 'unknown'],
  ])('is %s', async (_, days, kind) => {
    const sightings = days.map(([address = '', first, last]) => ({
      address,
      first: `${first}T00:00:00.000Z`,
      last: `${last}T00:00:00.000Z`,
    }));
    expect(await look({}, {}, { sightings })).toMatchObject({ evidence: { kind } });
  });
});
