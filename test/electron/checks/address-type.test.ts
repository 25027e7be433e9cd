/** Fixed, changing or shared; never surer than the signs. */
import { describe, expect, it } from 'vitest';
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
});
