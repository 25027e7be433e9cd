/** The catcher as a program: on a full disk, without the right to its port, ended from outside, and while it waits. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { english } from '../../../core/text.ts';
import { toType } from '../../../electron/mail/catcher-access.ts';
import { call, caught, ENVELOPE, header, speak } from './catching.ts';

const program = fileURLToPath(new URL('../../../bin/relayready.mjs', import.meta.url));

/** `relayready catch` behind a shell that takes rights away first. */
function run(folder: string, before: string, args: readonly string[]) {
  const child = spawn('sh', ['-c', `${before}; exec "$@"`, 'sh', process.execPath, program, 'catch', ...args], {
    env: { ...process.env, RELAYREADY_DATA: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const ended = new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, text })),
  );
  const port = new Promise<number>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const found = /port (\d+)\./.exec(text)?.[1];
        if (found) resolve(Number(found));
      });
  });
  return { port: Promise.race([port, ended.then(({ text: all }) => Promise.reject(new Error(all)))]), ended, child };
}

const HOSTILE = [
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  String.raw`Content-Disposition: attachment; filename="..\\..\\CON.pdf"`,
  '',
  '<script>alert(1)</script>',
  '--b--',
];

describe.skipIf(process.platform === 'win32')('the catcher as a program (not on Windows: it needs a shell)', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'relayready-catch-'));
    // Built once, before rights are taken away.
    spawnSync(process.execPath, [program, '--version'], { env: { ...process.env, RELAYREADY_DATA: folder } });
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('takes mail while not one byte can be written to disk, and keeps no attachment', async () => {
    // No file may grow beyond nothing, as on a full disk.
    const { port, ended } = run(folder, 'ulimit -f 0', ['--port', '0', '--domain', 'contoso.com', '--json']);
    const device = await speak(await port, ['EHLO scanner', ...ENVELOPE, 'DATA']);
    await device.say(`${header(HOSTILE)}\r\n.`);
    device.socket.end('QUIT\r\n');
    const { code, text } = await ended;
    expect(text).toContain('"subject": "Scan"');
    expect(text).not.toMatch(/CON\.pdf|<script>/);
    expect(code).toBe(0);
  });
  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'leaves no open port behind when it is ended by %s',
    async (signal) => {
      const { port, ended, child } = run(folder, ':', ['--port', '0']);
      const number = await port;
      const device = await speak(number, ['EHLO scanner']);
      child.kill(signal);
      await Promise.all([ended, device.closed]);
      const again = net.createServer().listen(number, '0.0.0.0');
      await new Promise((resolve, reject) => again.once('listening', resolve).once('error', reject));
      expect(again.listening).toBe(true);
      await new Promise((resolve) => again.close(resolve));
    },
  );
  const first = existsSync('/proc/sys/net/ipv4/ip_unprivileged_port_start')
    ? Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'))
    : 0;
  const mayNot = process.getuid?.() === 0 && first > 25 && spawnSync('sh', ['-c', 'setpriv --version']).status === 0;
  it.skipIf(!mayNot)(
    `says what to do when port 25 needs an administrator${mayNot ? '' : ' (skipped: needs root, setpriv, and a system that guards port 25)'}`,
    async () => {
      const low = mkdtempSync(path.join(tmpdir(), 'relayready-low-'));
      const { port, ended } = run(low, 'exec setpriv --bounding-set=-all --inh-caps=-all "$@"', ['--port', '25']);
      port.catch(() => undefined);
      const { code, text } = await ended;
      expect(text).toMatch(/Port 25 cannot be listened on \(EACCES\).*Choose another port, for example 2526/s);
      expect(code).not.toBe(0);
      rmSync(low, { recursive: true, force: true });
    },
  );
});

describe('the catcher while it waits', () => {
  it('says when the port is taken, and which one to take', async () => {
    const server = net.createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    await expect(caught(() => Promise.resolve(), { port })).rejects.toMatchObject({
      code: 'port-in-use',
      field: '--port',
      remedy: { message: expect.stringContaining('2526') as string },
    });
    server.close();
  });
  it('tells the likely reasons when nobody calls', async () => {
    const quiet = caught(
      async ({ hears, stop }) => {
        await hears(/Nobody has called yet.*firewall.*same network/);
        stop();
      },
      { quietMs: 0 },
    );
    await expect(quiet).rejects.toThrow('aborted');
  });
  it('tells its new address when that changes', async () => {
    let address = '192.168.1.10';
    const changed = caught(
      async ({ hears, stop }) => {
        await hears(/Enter 192\.168\.1\.10 as its server/);
        address = '192.168.1.77';
        await hears(/address of this computer has changed/);
        await hears(/Enter 192\.168\.1\.77 as its server/);
        stop();
      },
      { addresses: () => [{ address, netmask: '255.255.255.0', card: 'eth0' }] },
    );
    await expect(changed).rejects.toThrow('aborted');
  });
  it('warns when this computer is in another network than the device', async () => {
    const elsewhere = caught(
      async ({ hears, stop }) => {
        await hears(/no address in the network of 192\.168\.1\.50.*VPN or the guest Wi-Fi/);
        stop();
      },
      { device: '192.168.1.50', addresses: () => [{ address: '10.8.0.2', netmask: '255.255.255.0', card: 'tun0' }] },
    );
    await expect(elsewhere).rejects.toThrow('aborted');
  });
  it.each([
    ['192.168.1.50', '192.168.1.10'],
    ['10.8.0.9', '10.8.0.2'],
    [undefined, '192.168.1.10 (eth0) or 10.8.0.2 (tun0)'],
    ['172.16.0.1', '192.168.1.10 (eth0) or 10.8.0.2 (tun0)'],
  ])('shows the address the device can reach: %s', (device, shown) => {
    const own = [
      { address: '192.168.1.10', netmask: '255.255.255.0', card: 'eth0' },
      { address: '10.8.0.2', netmask: '255.255.0.0', card: 'tun0' },
    ];
    expect(toType(own, device, english)).toBe(shown);
  });
  it('does not go on listening after a sleep', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { messages } = await caught(async ({ port }) => {
        await call(port).reply();
        // The lid was closed for an hour.
        vi.setSystemTime(Date.now() + 3_600_000);
      });
      expect(messages).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });
});
