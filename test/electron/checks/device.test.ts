/** The scanner: reachable, and what it says it is. */
import { once } from 'node:events';
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../core/environment.ts';
import { identifyDevice } from '../../../core/evidence/identify-device.ts';
import device from '../../../electron/checks/device.ts';
import { english } from '../../../core/text.ts';
import { within } from './bench.ts';

const nothing = { httpServer: null, httpTitle: null, snmpDescription: null, snmpObjectId: null };

describe('device', () => {
  it('is skipped when none was entered', async () => {
    expect(await within({}, ({ check }) => check('device'))).toMatchObject({
      status: 'skipped',
      evidence: { address: null },
    });
  });
  it('is reachable when a port answers, be it with a refusal', async () => {
    const devices = [{ name: 'Scanner', address: '127.0.0.1', brand: null, model: null }];
    const result = await within({}, ({ check }) => check('device', { devices }));
    expect(result).toMatchObject({ status: 'pass', evidence: { address: '127.0.0.1', reachable: true } });
  });
  it('shows an open port as open', async () => {
    const server = net.createServer((socket) => socket.destroy());
    server.on('error', () => undefined);
    server.listen(8443, '127.0.0.1');
    const took = await Promise.race([
      once(server, 'listening').then(() => true),
      once(server, 'error').then(() => false),
    ]);
    const devices = [{ name: 'Scanner', address: '127.0.0.1', brand: null, model: null }];
    const result = await within({}, ({ check }) => check('device', { devices }));
    // Someone else may hold the port on this computer; then it is open as well.
    expect(result.evidence['ports']).toContain(8443);
    if (took) server.close();
  });
  it('is not knocked at on loopback outside a loopback world', async () => {
    const devices = [{ name: 'Scanner', address: '127.0.0.1', brand: null, model: null }];
    const environment = (base: Environment) => ({ ...base, loopback: false });
    expect(await within({ environment }, ({ check }) => check('device', { devices }))).toMatchObject({
      status: 'warn',
      who: 'you',
      evidence: { reachable: false, ports: [] },
    });
  });
  it('says that it is another make than entered', () => {
    const evidence = {
      address: '192.168.1.20',
      reachable: true,
      ports: [80],
      identified: { brand: 'Ricoh', model: 'IM C3000' },
    };
    const profile = { devices: [{ name: 'Scanner', address: '192.168.1.20', brand: 'Canon', model: null }] } as never;
    expect(device.judge(evidence, { profile, environment: {} as never, needs: {}, t: english })).toMatchObject({
      status: 'warn',
      who: 'you',
    });
  });
});

describe('identification', () => {
  it.each([
    [{ snmpDescription: 'RICOH IM C3000 1.09 / RICOH Network Printer C model' }, 'Ricoh', 'IM C3000 1.09'],
    [{ httpTitle: 'HP Color LaserJet MFP M479fdw' }, 'HP', 'Color LaserJet MFP M479fdw'],
    [{ httpTitle: 'Brother MFC-L3770CDW series' }, 'Brother', 'MFC-L3770CDW'],
    [{ snmpDescription: 'KONICA MINOLTA bizhub C258' }, 'Konica Minolta', 'bizhub C258'],
    [{ snmpDescription: 'Canon iR-ADV C3525 /P' }, 'Canon', 'iR-ADV C3525'],
    [{ httpServer: 'debut/1.30' }, 'Brother', null],
    [{ httpTitle: 'Web Image Monitor' }, 'Ricoh', null],
    [{ snmpObjectId: '1.3.6.1.4.1.1347.41' }, 'Kyocera', null],
  ])('reads %j', (signs, brand, model) => {
    expect(identifyDevice({ ...nothing, ...signs })).toEqual({ brand, model });
  });
  it.each([[{ httpTitle: 'Router' }], [{ httpServer: 'nginx' }], [{ snmpObjectId: '1.3.6.1.4.1.9.1' }], [{}]])(
    'does not guess from %j',
    (signs) => {
      expect(identifyDevice({ ...nothing, ...signs })).toBeNull();
    },
  );
});
