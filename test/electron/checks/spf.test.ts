/** The SPF record against the office's address. */
import { describe, expect, it } from 'vitest';
import { within, ZONE, type WorldOptions } from './bench.ts';

const look = (txt: string | readonly string[] | null, options: WorldOptions = {}, profile = {}) =>
  within(
    {
      ...options,
      records: {
        ...ZONE,
        'contoso.com': { MX: '0 contoso-com.mail.protection.outlook.com', ...(txt === null ? {} : { TXT: txt }) },
        ...options.records,
      },
    },
    ({ check }) => check('spf', profile),
  );

describe('SPF', () => {
  it('is right when it lets the office and Microsoft send', async () => {
    expect(await look('v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all')).toMatchObject({
      status: 'pass',
      evidence: { result: 'pass', proposed: null, lookups: 0, voidLookups: 0 },
    });
  });
  it.each([
    ['no record', null, 'none'],
    ['an address too few', 'v=spf1 include:spf.protection.outlook.com -all', 'fail'],
    ['a soft ending', 'v=spf1 include:spf.protection.outlook.com ~all', 'softfail'],
    ['two records', ['v=spf1 ip4:203.0.113.7 -all', 'v=spf1 include:spf.protection.outlook.com -all'], 'permerror'],
    ['a typing error', 'v=spf1 ip4:203.0.113.7 inclde:spf.protection.outlook.com -all', 'pass'],
    ['Microsoft missing', 'v=spf1 ip4:203.0.113.7 -all', 'pass'],
  ] as const)('needs doing with %s, and the record to publish passes', async (_, txt, result) => {
    const found = await look(txt);
    expect(found).toMatchObject({ status: 'fail', who: 'dns-host' });
    if (_ !== 'a typing error') expect(found.evidence['result']).toBe(result);
    const proposed = found.evidence['proposed'] as string;
    expect(proposed).toMatch(/^v=spf1 .*ip4:203\.0\.113\.7/);
    expect(proposed).toContain('include:spf.protection.outlook.com');
    expect(found.fix.length).toBeGreaterThan(0);
    expect(await look(proposed)).toMatchObject({ status: 'pass' });
  });
  it('is read for the sender’s own domain', async () => {
    const records = { 'scan.contoso.com': { TXT: 'v=spf1 -all' } };
    expect(await look('v=spf1 +all', { records }, { sender: 'scanner@scan.contoso.com' })).toMatchObject({
      status: 'fail',
      evidence: { domain: 'scan.contoso.com' },
    });
  });
  it.each(['servfail', 'refused'] as const)('cannot be told when the name server says %s', async (fault) => {
    expect(await look('v=spf1 -all', { faults: { 'contoso.com/TXT': fault } })).toMatchObject({
      status: 'unknown',
      essential: true,
    });
  });
  it('cannot be tried without an address', async () => {
    expect(
      await look('v=spf1 -all', { smtp: 'nothing-listens', environment: (base) => ({ ...base, publicIp: [] }) }),
    ).toMatchObject({ status: 'unknown' });
  });
});
