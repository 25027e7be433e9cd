/** Encryption towards the relay host. */
import { describe, expect, it } from 'vitest';
import { HOST, within, type WorldOptions } from './bench.ts';

const look = (options: WorldOptions) => within(options, ({ check }) => check('starttls'));

describe('encryption', () => {
  it('is good with a trusted certificate of the right name', async () => {
    expect(await look({})).toMatchObject({
      status: 'pass',
      evidence: {
        offered: true,
        protocol: 'TLSv1.3',
        certificate: { subject: HOST, altNames: [HOST], trusted: true, nameMatches: true },
      },
    });
  });
  it.each<[string, WorldOptions, object]>([
    ['taken out on the way', { smtp: { startTls: 'missing' } }, { offered: false, certificate: null }],
    ['not trusted', { untrusted: true }, { certificate: { trusted: false } }],
    [
      'made out to somebody else',
      { certificateNames: ['firewall.contoso.com'] },
      { certificate: { trusted: true, nameMatches: false } },
    ],
    [
      'expired',
      { certificateValidTo: new Date(Date.now() - 3_600_000) },
      { certificate: { trusted: false, trustError: 'CERT_HAS_EXPIRED' } },
    ],
    ['preceded by smuggled text', { smtp: { startTls: 'injected' } }, { outcome: 'injected' }],
    ['no TLS at all', { smtp: { startTls: 'broken' } }, { offered: true, outcome: 'failed', certificate: null }],
  ])('fails when it is %s', async (_, options, evidence) => {
    expect(await look(options)).toMatchObject({ status: 'fail', who: 'you', evidence });
  });
  it('is only a pity when the host cannot just now', async () => {
    expect(await look({ smtp: { startTls: 'refused' } })).toMatchObject({
      status: 'warn',
      evidence: { outcome: 'refused' },
    });
  });
  it('cannot be told when nothing answers', async () => {
    expect(await look({ smtp: 'nothing-listens' })).toMatchObject({ status: 'unknown' });
  });
});
