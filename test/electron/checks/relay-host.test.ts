/** The relay host: from the MX, entered, derived; filters in front; names that do not exist. */
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../electron/microsoft/exchange.ts';
import { HOST, within, ZONE, type WorldOptions } from './bench.ts';

const look = (options: WorldOptions, profile = {}, exchange: Exchange | null = null) =>
  within(options, ({ check }) => check('relay-host', profile, exchange));
const records = (zone: NonNullable<WorldOptions['records']>): WorldOptions => ({ records: { ...ZONE, ...zone } });

describe('relay host', () => {
  it('is the MX when that is Microsoft’s', async () => {
    expect(await look({})).toMatchObject({
      status: 'pass',
      evidence: { host: HOST, source: 'mx', addresses: ['127.0.0.1'], mx: [HOST], filter: null },
    });
  });
  it('takes newer Microsoft names as they are', async () => {
    const host = 'contoso-com.e-v1.mx.microsoft';
    const zone = records({ 'contoso.com': { MX: `10 ${host}` }, [host]: { A: '127.0.0.1' } });
    expect(await look(zone)).toMatchObject({ status: 'pass', evidence: { host, source: 'mx' } });
  });
  it('sees a filter in front and derives Microsoft’s own name', async () => {
    const zone = records({ 'contoso.com': { MX: ['10 mx1.contoso.pphosted.com', '20 mx2.contoso.pphosted.com'] } });
    expect(await look(zone)).toMatchObject({
      status: 'warn',
      evidence: {
        host: HOST,
        source: 'derived',
        filter: 'Proofpoint',
        mx: ['mx1.contoso.pphosted.com', 'mx2.contoso.pphosted.com'],
      },
    });
  });
  it('names an unknown filter by its host', async () => {
    const zone = records({ 'contoso.com': { MX: '10 mail.contoso.com' } });
    expect((await look(zone)).evidence).toMatchObject({ filter: 'mail.contoso.com', source: 'derived' });
  });
  it('does not invent a name that has no address', async () => {
    const zone = { records: { 'contoso.com': { MX: '10 mail.contoso.com' } } };
    expect(await look(zone)).toMatchObject({ status: 'unknown', who: 'microsoft-admin', evidence: { host: null } });
  });
  it('asks the tenant when somebody is signed in', async () => {
    const host = 'contoso-com.j-v1.mx.microsoft';
    const run: Exchange['run'] = async ({ cmdlet }) => {
      expect(cmdlet).toBe('Get-DnssecStatusForVerifiedDomain');
      return { value: [{ ExpectedMxRecord: { Record: `@ 60 IN MX 10 ${host}` } }], warnings: [] };
    };
    const zone = records({ 'contoso.com': { MX: '10 mail.contoso.com' }, [host]: { A: '127.0.0.1' } });
    const tenant = { id: 'x', name: null, initialDomain: null } as never;
    expect(await look(zone, {}, { tenant, account: 'admin@contoso.com', run })).toMatchObject({
      evidence: { host, source: 'tenant' },
    });
  });
  it('keeps what was entered, and says when it is not Microsoft’s', async () => {
    const zone = records({ 'mail.contoso.com': { A: '127.0.0.1' } });
    expect(await look(zone, { relayHost: 'mail.contoso.com' })).toMatchObject({
      status: 'warn',
      who: 'you',
      evidence: { host: 'mail.contoso.com', source: 'entered' },
    });
  });
  it('says that an entered name does not exist', async () => {
    expect(await look({}, { relayHost: 'contoso-con.mail.protection.outlook.com' })).toMatchObject({
      status: 'fail',
      who: 'you',
    });
  });
  it('says that the MX leads nowhere', async () => {
    const zone = { records: { 'contoso.com': { MX: `0 ${HOST}` } } };
    expect(await look(zone)).toMatchObject({ status: 'fail', who: 'microsoft-admin' });
  });
  it('says that the domain does not exist', async () => {
    expect(await look({ records: {} })).toMatchObject({
      status: 'fail',
      who: 'you',
      evidence: { domainExists: false },
    });
  });
  it('cannot tell when the name server fails', async () => {
    expect(await look({ faults: { 'contoso.com/MX': 'servfail' } })).toMatchObject({
      status: 'unknown',
      evidence: { host: null },
    });
  });
  it('notices an inside address outside a loopback world', async () => {
    const result = await look({
      ...records({ [HOST]: { A: '10.0.0.1' } }),
      environment: (base) => ({ ...base, loopback: false }),
    });
    expect(result).toMatchObject({ status: 'fail', who: 'you' });
  });
});
