/** The reverse name and its way back. */
import { describe, expect, it } from 'vitest';
import { within, ZONE, type WorldOptions } from './bench.ts';

const PTR = '7.113.0.203.in-addr.arpa';
const look = (options: WorldOptions) => within(options, ({ check }) => check('reverse-dns'));

describe('reverse name', () => {
  it('is confirmed when it leads back', async () => {
    const records = { ...ZONE, [PTR]: { PTR: 'office.contoso.com' }, 'office.contoso.com': { A: '203.0.113.7' } };
    expect(await look({ records })).toMatchObject({
      status: 'pass',
      evidence: { names: ['office.contoso.com'], confirmed: true },
    });
  });
  it('is not confirmed when it leads elsewhere', async () => {
    const records = { ...ZONE, [PTR]: { PTR: 'office.contoso.com' }, 'office.contoso.com': { A: '198.51.100.4' } };
    expect(await look({ records })).toMatchObject({
      status: 'warn',
      who: 'internet-provider',
      evidence: { confirmed: false },
    });
  });
  it('may be missing', async () => {
    expect(await look({})).toMatchObject({ status: 'warn', evidence: { names: [], confirmed: false } });
  });
  it('cannot be told when the name server fails', async () => {
    expect(await look({ faults: { [PTR]: 'servfail' } })).toMatchObject({ status: 'unknown' });
  });
});
