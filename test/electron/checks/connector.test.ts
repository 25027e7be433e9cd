/** Connectors of the signed-in tenant. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/errors.ts';
import { say } from '../../../core/text.ts';
import type { Exchange } from '../../../electron/microsoft/exchange.ts';
import { within } from './bench.ts';

const CONNECTOR = {
  Name: 'RelayReady',
  Enabled: true,
  ConnectorType: 'OnPremises',
  SenderDomains: ['smtp:*;1'],
  SenderIPAddresses: ['203.0.113.7'],
  RequireTls: false,
};
const tenantWith = (connectors: readonly object[] | AppError): Exchange => ({
  tenant: { id: 'x', name: null, initialDomain: null },
  account: 'admin@contoso.com',
  run: async () => {
    if (connectors instanceof AppError) throw connectors;
    return { value: connectors, warnings: [] } as never;
  },
});
const look = (exchange: Exchange | null, profile = {}) =>
  within({}, ({ check }) => check('connector', profile, exchange));

describe('connector', () => {
  it('is skipped without sign-in', async () => {
    expect(await look(null)).toMatchObject({ status: 'skipped' });
  });
  it('matches by the address Microsoft sees', async () => {
    expect(await look(tenantWith([CONNECTOR]))).toMatchObject({
      status: 'pass',
      evidence: { matching: 'RelayReady', missing: [] },
    });
  });
  it('matches by range', async () => {
    expect(
      await look(tenantWith([{ ...CONNECTOR, Name: 'Office', SenderIPAddresses: ['203.0.113.0/24'] }])),
    ).toMatchObject({ evidence: { matching: 'Office' } });
  });
  it.each([
    ['there is none', []],
    ['it holds another address', [{ ...CONNECTOR, SenderIPAddresses: ['198.51.100.4'] }]],
    ['it is a partner’s', [{ ...CONNECTOR, ConnectorType: 'Partner' }]],
    ['it is for another domain', [{ ...CONNECTOR, SenderDomains: ['smtp:fabrikam.com;1'] }]],
  ])('does not match when %s', async (_, connectors) => {
    expect(await look(tenantWith(connectors))).toMatchObject({
      status: 'fail',
      who: 'you',
      evidence: { matching: null, missing: ['203.0.113.7'] },
    });
  });
  it('is Microsoft’s matter when ours is switched off', async () => {
    expect(await look(tenantWith([{ ...CONNECTOR, Enabled: false }]))).toMatchObject({
      status: 'fail',
      who: 'microsoft',
      evidence: { matching: null },
    });
  });
  it('has to cover every entered address', async () => {
    const result = await look(tenantWith([CONNECTOR]), { publicIps: ['203.0.113.7', '198.51.100.4'] });
    expect(result).toMatchObject({ status: 'fail', evidence: { missing: ['198.51.100.4'] } });
  });
  it('goes by certificate when the profile does', async () => {
    const connector = {
      name: 'RelayReady',
      authentication: 'certificate',
      certificateName: 'scan.contoso.com',
      requireTls: true,
    };
    const byCertificate = { ...CONNECTOR, SenderIPAddresses: [], TlsSenderCertificateName: '*.contoso.com' };
    expect(await look(tenantWith([byCertificate]), { connector })).toMatchObject({ status: 'pass' });
  });
  it('cannot be told when Exchange does not let it be read', async () => {
    expect(await look(tenantWith(new AppError('not-permitted', say('Not allowed.'))))).toMatchObject({
      status: 'unknown',
    });
  });
});
