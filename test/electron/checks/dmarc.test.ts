/** The DMARC policy of a domain or the one above it. */
import { describe, expect, it } from 'vitest';
import { within, ZONE, type WorldOptions } from './bench.ts';

const look = (records: NonNullable<WorldOptions['records']>, options: WorldOptions = {}, profile = {}) =>
  within({ records: { ...ZONE, ...records }, ...options }, ({ check }) => check('dmarc', profile));

describe('DMARC', () => {
  it('is there', async () => {
    expect(await look({ '_dmarc.contoso.com': { TXT: 'v=DMARC1; p=reject; rua=mailto:a@contoso.com' } })).toMatchObject(
      {
        status: 'pass',
        evidence: { policy: 'reject', foundAt: 'contoso.com' },
      },
    );
  });
  it('comes from the domain above', async () => {
    const result = await look(
      { '_dmarc.contoso.com': { TXT: 'v=DMARC1; p=none' } },
      {},
      { sender: 'scanner@scan.contoso.com' },
    );
    expect(result).toMatchObject({ status: 'pass', evidence: { foundAt: 'contoso.com' } });
  });
  it.each([
    ['none', {}, null],
    ['two', { '_dmarc.contoso.com': { TXT: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] } }, null],
    [
      'one without a policy',
      { '_dmarc.contoso.com': { TXT: 'v=DMARC1; rua=mailto:a@contoso.com' } },
      'v=DMARC1; rua=mailto:a@contoso.com',
    ],
    ['something else', { '_dmarc.contoso.com': { TXT: 'hello' } }, null],
  ])('is a hint, no more, with %s', async (_, records, record) => {
    expect(await look(records)).toMatchObject({ status: 'warn', who: 'dns-host', evidence: { record } });
  });
  it('cannot be told when the name server fails', async () => {
    expect(await look({}, { faults: { '_dmarc.contoso.com': 'servfail' } })).toMatchObject({ status: 'unknown' });
  });
});
