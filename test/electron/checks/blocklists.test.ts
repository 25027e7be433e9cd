/** Block lists: listed, not listed, and the many ways of no answer. */
import { describe, expect, it } from 'vitest';
import { within, ZONE, type WorldOptions } from './bench.ts';

const NAME = '7.113.0.203.zen.spamhaus.org';
const look = (codes: readonly string[] | null, options: WorldOptions = {}, profile = {}) =>
  within(
    {
      records: { ...ZONE, ...(codes ? { [NAME]: { A: codes } } : {}), ...options.records },
      ...('faults' in options ? { faults: options.faults } : {}),
      ...('environment' in options ? { environment: options.environment } : {}),
    },
    ({ check }) => check('blocklists', profile),
  );

describe('block lists', () => {
  it('does not list a clean address', async () => {
    expect(await look(null)).toMatchObject({
      status: 'pass',
      evidence: { lists: [{ zone: 'zen.spamhaus.org', listed: false, codes: [] }] },
    });
  });
  it('lists a bad one', async () => {
    expect(await look(['127.0.0.4'])).toMatchObject({
      status: 'fail',
      who: 'you',
      evidence: { lists: [{ listed: true, codes: ['127.0.0.4'] }] },
    });
  });
  it('knows a policy listing for what it is', async () => {
    expect(await look(['127.0.0.10'])).toMatchObject({
      status: 'warn',
      who: 'internet-provider',
      evidence: { lists: [{ listed: true }] },
    });
  });
  it.each([
    ['public name servers are not served', ['127.255.255.254'], {}],
    ['there were too many questions', ['127.255.255.255'], {}],
    ['the answer is rewritten', ['10.0.0.1'], {}],
    ['the list lists everything', ['127.0.0.2'], { records: { '1.0.0.127.zen.spamhaus.org': { A: '127.0.0.2' } } }],
    ['the list is down', null, { faults: { [NAME]: 'servfail' as const } }],
    ['the list refuses', null, { faults: { [NAME]: 'refused' as const } }],
  ])('says nothing when %s', async (_, codes, options) => {
    expect(await look(codes, options)).toMatchObject({ status: 'unknown', evidence: { lists: [{ listed: null }] } });
  });
  it('asks about every entered address', async () => {
    const result = await look(null, {}, { publicIps: ['203.0.113.7', '198.51.100.4'] });
    expect(result.evidence['lists']).toHaveLength(2);
  });
  it('is not needed where no list is set', async () => {
    expect(await look(null, { environment: (base) => ({ ...base, blocklists: [] }) })).toMatchObject({
      status: 'skipped',
    });
  });
});
