/** `discover` in a network of its own, with a simulated scanner in it: found, named, and every packet we sent is on the list. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serversFolder, serversMissing } from './debian.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = fileURLToPath(new URL('../../bin/relayready.mjs', import.meta.url));
/** Of the system (util-linux). */
const [UNSHARE, NSENTER] = ['unshare', 'nsenter'];
const COMPUTER = '10.77.0.1';
const SCANNER = '10.77.0.2';
/** Answers WS-Discovery only. */
const OTHER = '10.77.0.3';
/** Is there and announces nothing. */
const QUIET = '10.77.0.4';

/** Packets of one search by destination, as docs/decisions/0017 promises them; ARP and TCP's own answers come on top. */
const ALLOWED: readonly (readonly [RegExp, number])[] = [
  [/^UDP 224\.0\.0\.251\.5353$/, 6],
  [/^UDP 239\.255\.255\.250\.3702$/, 2],
  [/^UDP 10\.77\.0\.[23]\.161$/, 4],
  // Per device: SYN, ACK, the request, ACKs and FIN of one connection.
  [/^TCP 10\.77\.0\.[23]\.80$/, 20],
  [/^IGMP$/, 20],
  [/^ARP 10\.77\.0\.[23]$/, 20],
];

/** One datagram to the discard port: what came before it has been seen when it is seen. */
const MARKER = `const s = require('node:dgram').createSocket('udp4'); s.send('end', 9, '${SCANNER}', () => s.close());`;

/** A process that holds a network namespace open. */
function namespace(): Promise<ChildProcess> {
  const child = spawn(UNSHARE, ['-n', 'sh', '-c', 'echo ready; exec sleep 600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`unshare ended with ${code}`)));
  });
}
const permitted = spawnSync(UNSHARE, ['-n', 'sh', '-c', 'ip link add a0 type veth peer name a1']);
const missing =
  serversFolder === null
    ? serversMissing
    : permitted.status === 0
      ? ''
      : `network namespaces are not permitted here: ${String(permitted.stderr ?? permitted.error)
          .trim()
          .slice(0, 200)}`;
if (missing !== '') console.log(`Discovery in a network namespace does not run: ${missing}`);

describe.skipIf(missing !== '')(
  `discovery in a network of its own${missing === '' ? '' : ` (skipped: ${missing})`}`,
  () => {
    const started: ChildProcess[] = [];
    let dataFolder = '';
    let inside: (args: readonly string[]) => ChildProcess;
    let atDevice: (args: readonly string[]) => ChildProcess;
    let heard = '';
    let packets = '';
    let onPacket: () => void = () => undefined;

    const enter = (holder: ChildProcess) => (args: readonly string[]) => {
      const child = spawn(NSENTER, ['-t', String(holder.pid), '-n', ...args], {
        env: { ...process.env, RELAYREADY_DATA: dataFolder, LD_LIBRARY_PATH: libraries() },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      started.push(child);
      return child;
    };
    const libraries = (): string => {
      const folder = path.join(serversFolder ?? '', 'usr/lib');
      return path.join(folder, readdirSync(folder).find((name) => name.endsWith('-linux-gnu')) ?? '');
    };
    const ends = (
      child: ChildProcess,
    ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> => {
      let stdout = '';
      let stderr = '';
      child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
    };
    const says = (child: ChildProcess, words: string, take: (text: string) => void): Promise<void> =>
      new Promise((resolve, reject) => {
        let text = '';
        for (const stream of [child.stdout, child.stderr])
          stream?.on('data', (chunk: Buffer) => {
            text += chunk.toString();
            take(chunk.toString());
            if (text.includes(words)) resolve();
          });
        child.once('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
      });

    /** Runs the program in its network. @returns what it printed, and every packet seen until a marker sent after it. */
    const discover = async (...args: readonly string[]) => {
      heard = '';
      packets = '';
      const ran = await ends(inside([process.execPath, program, 'discover', '--json', ...args]));
      await ends(inside([process.execPath, '-e', MARKER]));
      await new Promise<void>((resolve) => {
        const look = () => {
          if (!packets.includes(`${SCANNER}.9:`)) return;
          onPacket = () => undefined;
          resolve();
        };
        onPacket = look;
        look();
      });
      return { ...ran, lines: packets.split('\n').filter((line) => !line.includes(`${SCANNER}.9:`)) };
    };

    beforeAll(async () => {
      dataFolder = mkdtempSync(path.join(tmpdir(), 'relayready-discover-'));
      spawnSync(process.execPath, [program, '--version'], { env: { ...process.env, RELAYREADY_DATA: dataFolder } });
      const [computer, device] = await Promise.all([namespace(), namespace()]);
      started.push(computer, device);
      inside = enter(computer);
      atDevice = enter(device);
      const run = async (where: typeof inside, command: string) => {
        const { code, stderr } = await ends(where(['sh', '-c', command]));
        if (code !== 0) throw new Error(`${command}: ${stderr}`);
      };
      const quiet = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6 2>/dev/null || true; ip link set lo up';
      await run(inside, `${quiet}; ip link add office0 type veth peer name device0 netns ${device.pid}`);
      await run(
        atDevice,
        `${quiet}; ip link set device0 up; for n in 2 3 4; do ip addr add 10.77.0.$n/24 dev device0; done`,
      );
      await run(inside, `ip addr add ${COMPUTER}/24 dev office0; ip link set office0 up`);
      // The system tells of a cable some moments after it was plugged in; before that, no program sees the network.
      await run(
        inside,
        'for n in $(seq 200); do ip link show office0 | grep -q "state UP" && exit 0; sleep 0.05; done; exit 1',
      );
      const tcpdump = atDevice([
        path.join(serversFolder ?? '', 'usr/bin/tcpdump'),
        '-i',
        'device0',
        '-n',
        '-l',
        '--immediate-mode',
        '-Z',
        'root',
        'src',
        'host',
        COMPUTER,
        'or',
        'arp',
      ]);
      await says(tcpdump, 'listening on', (text) => {
        packets += text;
        onPacket();
      });
      const scanner = atDevice([process.execPath, path.join(here, 'scanner-simulation.mjs'), SCANNER, OTHER]);
      await says(scanner, 'ready', (text) => (heard += text));
    }, 240_000);
    afterAll(() => {
      for (const child of started) child.kill('SIGKILL');
      rmSync(dataFolder, { recursive: true, force: true });
    });

    it('sends nothing before the person has agreed', async () => {
      const { code, stderr, lines } = await discover();
      expect(code).toBe(2);
      expect(stderr).toMatch(/--own-network/);
      expect(heard).toBe('');
      // The system itself asks where the marker's receiver is.
      expect(lines.filter((line) => line.includes(COMPUTER) && !line.includes('ARP'))).toEqual([]);
    });
    it('finds the scanners, names brand and model, and has sent what is documented and nothing else', async () => {
      const { code, stdout, stderr, lines } = await discover('--own-network');
      expect(stderr).not.toMatch(/error/i);
      expect(JSON.parse(stdout)).toMatchObject({
        searched: true,
        networks: [{ card: 'office0', network: '10.77.0.0/24', kind: 'unknown' }],
        devices: [
          {
            address: SCANNER,
            brand: 'Ricoh',
            model: expect.stringMatching(/^IM C3000/) as string,
            note: 'Second floor',
          },
          { address: OTHER, brand: 'Brother', model: 'MFC-L3770CDW' },
        ],
      });
      expect(code).toBe(0);

      const sent = lines.flatMap((line) => {
        const arp = /ARP, Request who-has (\S+) .*tell 10\.77\.0\.1\b/.exec(line);
        if (arp) return [`ARP ${arp[1]}`];
        if (/igmp/i.test(line)) return ['IGMP'];
        if (/IP6 /.test(line)) return [line];
        const ip = /IP 10\.77\.0\.1(?:\.\d+)? > (\d+\.\d+\.\d+\.\d+(?:\.\d+)?):(.*)$/.exec(line);
        return ip ? [`${/Flags \[/.test(ip[2] ?? '') ? 'TCP' : 'UDP'} ${ip[1]}`] : [];
      });
      const counts = new Map<string, number>();
      for (const packet of sent) counts.set(packet, (counts.get(packet) ?? 0) + 1);
      console.log(`Packets of one search: ${JSON.stringify(Object.fromEntries(counts))}`);
      for (const [packet, count] of counts) {
        const rule = ALLOWED.find(([pattern]) => pattern.test(packet));
        expect(rule, `${packet} is not documented`).toBeDefined();
        expect(count, packet).toBeLessThanOrEqual(rule?.[1] ?? 0);
      }
      // Nobody who did not announce itself, nobody elsewhere, no printing port.
      for (const never of [`> ${QUIET}`, `who-has ${QUIET}`, '203.0.113.9', '.9100', '.515:'])
        expect(lines.filter((line) => line.includes(never))).toEqual([]);
      expect([...heard.matchAll(/^http (\S+) (.*)$/gm)].map(([line]) => line).toSorted()).toEqual([
        `http ${SCANNER} GET /`,
        `http ${OTHER} GET /`,
      ]);
      expect(counts.get('UDP 224.0.0.251.5353')).toBe(3);
      expect(counts.get('UDP 239.255.255.250.3702')).toBe(2);
    });
  },
);
