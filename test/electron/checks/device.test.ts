/** The scanner: reachable, and what it says it is. */
import dgram from 'node:dgram';
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
      near: true,
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

const judged = (evidence: object, entered: object = {}) => {
  const whole = { address: '192.168.1.20', reachable: false, near: true, ports: [], identified: null, ...evidence };
  const profile = {
    devices: [{ name: 'Scanner', address: whole.address, brand: null, model: null, ...entered }],
  } as never;
  return device.judge(whole, { profile, environment: {} as never, needs: {}, t: english });
};

describe('a silent device', () => {
  it.each([
    ['in this network is off, asleep or has moved', {}, /switched off or asleep, or has another address/, /wake it up/],
    ['in another network is told apart', { near: false }, /another network.*guest Wi-Fi, a VPN/, /by cable/],
    [
      'with a name may be unknown here',
      { address: 'scanner', near: null },
      /name is not known/,
      /Type the scanner’s address/,
    ],
  ])('%s', (_, evidence, cause, fix) => {
    expect(judged(evidence)).toMatchObject({
      status: 'warn',
      who: 'you',
      cause: expect.stringMatching(cause) as string,
    });
    expect(judged(evidence).fix?.[0]).toMatch(fix);
  });
  it('is never a failure: this computer may be the one that is elsewhere', () => {
    for (const near of [true, false, null]) expect(judged({ near }).status).toBe('warn');
  });
  it('is passed over when it answers and says nothing of itself', () => {
    expect(judged({ reachable: true })).toMatchObject({
      status: 'pass',
      summary: expect.stringContaining('does not say what it is') as string,
    });
  });
});

/** A device of its own on the loopback range, on the ports of the real ones; null where that is not allowed. */
async function deviceOf(handle: (socket: net.Socket) => void, snmp: Buffer | null = null) {
  const part = () => 1 + Math.floor(Math.random() * 250);
  const address = `127.88.${part()}.${part()}`;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    handle(socket);
  });
  server.on('error', () => undefined).listen(80, address);
  const open = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]);
  if (!open) return null;
  const agent = dgram.createSocket('udp4');
  if (snmp) {
    agent.on('message', (_, { port, address: from }) => agent.send(snmp, port, from));
    agent.on('error', () => undefined).bind(161, address);
  }
  const stop = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
    if (snmp) agent.close();
  };
  return { address, stop };
}
const probe = net.createServer();
const mayServe = await new Promise<boolean>((resolve) =>
  probe.once('error', () => resolve(false)).listen(80, '127.88.0.254', () => probe.close(() => resolve(true))),
);

describe.skipIf(!mayServe)(
  `a hostile device${mayServe ? '' : ' (skipped: port 80 of 127.88.0.0/16 may not be used here)'}`,
  () => {
    const head = 'HTTP/1.1 200 OK\r\nServer: Web-Server/3.0\r\nContent-Type: text/html\r\n\r\n';
    const never = Buffer.alloc(64 * 1024, 'x');
    const flood = (socket: net.Socket): void => {
      socket.write(`${head}<title>RICOH IM C3000</title>`);
      const more = (): void => {
        while (!socket.destroyed && socket.write(never));
      };
      socket.on('drain', more);
      more();
    };
    const drip = (socket: net.Socket): void => {
      socket.write(head);
      const timer = setInterval(() => socket.write('x'), 100);
      socket.once('close', () => clearInterval(timer));
    };
    it.each<[string, (socket: net.Socket) => void, Buffer | null, object | null]>([
      ['whose page never ends is named all the same', flood, null, { brand: 'Ricoh', model: 'IM C3000' }],
      ['that drips its page holds nobody up', drip, null, null],
      ['that says nothing at all holds nobody up', () => undefined, null, null],
      [
        'that answers garbage is not named',
        (socket) => socket.end('\u0000\u0001\u0002\r\n\r\n'),
        Buffer.from('garbage'),
        null,
      ],
      [
        'that sends endless headers is not named',
        (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(50_000)}`),
        null,
        null,
      ],
      [
        'that hides control characters in its title shows none',
        (socket) => socket.end(`${head}<title>RICOH IM C3000\u001b[2J</title>`),
        null,
        { brand: 'Ricoh' },
      ],
    ])('%s', async (_, handle, snmp, identified) => {
      const hostile = await deviceOf(handle, snmp);
      if (!hostile) throw new Error('port 80 was free a moment ago');
      const started = performance.now();
      const before = process.memoryUsage().rss;
      const devices = [{ name: 'Scanner', address: hostile.address, brand: null, model: null }];
      const result = await within({}, ({ check }) => check('device', { devices }));
      hostile.stop();
      expect(result).toMatchObject({ status: 'pass', evidence: { reachable: true } });
      if (identified) expect(result.evidence).toMatchObject({ identified });
      else if (snmp) expect(result.evidence['identified']).toBeNull();
      // eslint-disable-next-line no-control-regex
      expect(JSON.stringify(result)).not.toMatch(/\\u001b/);
      expect(performance.now() - started).toBeLessThan(12_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
    });
    it('is asked for its page once, and never on a port that prints', async () => {
      const requests: string[] = [];
      const counted = await deviceOf((socket) =>
        socket.on('data', (chunk: Buffer) => {
          requests.push(chunk.toString().split('\r\n')[0] ?? '');
          socket.end(`${head}<title>HP LaserJet Pro MFP 4101</title>`);
        }),
      );
      if (!counted) throw new Error('port 80 was free a moment ago');
      const devices = [{ name: 'Scanner', address: counted.address, brand: null, model: null }];
      const result = await within({}, ({ check }) => check('device', { devices }));
      counted.stop();
      expect(requests).toEqual(['GET / HTTP/1.1']);
      expect(result.evidence).toMatchObject({ ports: [80], identified: { brand: 'HP' } });
    });
  },
);

describe('identification', () => {
  it.each([
    [{ snmpDescription: 'RICOH IM C3000 1.09 / RICOH Network Printer C model' }, 'Ricoh', 'IM C3000'],
    [{ httpTitle: 'HP Color LaserJet MFP M479fdw' }, 'HP', 'Color LaserJet MFP M479fdw'],
    [{ httpTitle: 'Brother MFC-L3770CDW series' }, 'Brother', 'MFC-L3770CDW'],
    [{ snmpDescription: 'KONICA MINOLTA bizhub C258' }, 'Konica Minolta', 'bizhub C258'],
    [{ snmpDescription: 'Canon iR-ADV C3525 /P' }, 'Canon', 'iR-ADV C3525'],
    [{ httpServer: 'debut/1.30' }, 'Brother', null],
    [{ httpTitle: 'Web Image Monitor' }, 'Ricoh', null],
    [{ snmpObjectId: '1.3.6.1.4.1.1347.41' }, 'Kyocera', null],
    [{ snmpDescription: 'NRG MP 3350 1.05 / NRG Network Printer C model' }, 'Ricoh', null],
    [{ snmpDescription: 'UTAX 3005ci' }, 'Kyocera', null],
    [{ snmpDescription: 'APC Web/SNMP Management Card (MB:v4.1.0)' }, 'APC', null],
    [{ httpTitle: 'office - Synology DiskStation' }, 'Synology', null],
    [{ snmpObjectId: '1.3.6.1.4.1.24681.1' }, 'QNAP', null],
    [{ httpServer: 'CANON HTTP Server' }, 'Canon', null],
    [{ httpServer: 'HP HTTP Server; HP LaserJet MFP M234; Serial Number: VNB0000000' }, 'HP', 'LaserJet MFP M234'],
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
