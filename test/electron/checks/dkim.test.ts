/** DKIM keys of Microsoft 365. */
import { describe, expect, it } from 'vitest';
import { within, ZONE, type WorldOptions } from './bench.ts';

const KEY = 'selector1-contoso-com._domainkey.contoso.onmicrosoft.com';
const look = (records: NonNullable<WorldOptions['records']>, options: WorldOptions = {}) =>
  within({ records: { ...ZONE, ...records }, ...options }, ({ check }) => check('dkim'));
const pointing = { 'selector1._domainkey.contoso.com': { CNAME: KEY } };

describe('DKIM', () => {
  it('is there when a selector leads to a key', async () => {
    const result = await look({ ...pointing, [KEY]: { TXT: 'v=DKIM1; k=rsa; p=MIIBIjANBg' } });
    expect(result).toMatchObject({
      status: 'pass',
      evidence: {
        selectors: [
          { selector: 'selector1', target: KEY, usable: true },
          { selector: 'selector2', record: null },
        ],
      },
    });
  });
  it('is missing without selectors', async () => {
    expect(await look({})).toMatchObject({ status: 'warn', who: 'microsoft-admin' });
  });
  it('is not usable when withdrawn or dangling', async () => {
    expect(await look({ ...pointing, [KEY]: { TXT: 'v=DKIM1; p=' } })).toMatchObject({ status: 'warn' });
    expect(await look(pointing)).toMatchObject({ status: 'warn' });
  });
  it('cannot be told when the name server fails', async () => {
    const faults = {
      'selector1._domainkey.contoso.com': 'servfail',
      'selector2._domainkey.contoso.com': 'servfail',
    } as const;
    expect(await look({}, { faults })).toMatchObject({ status: 'unknown' });
  });
});
