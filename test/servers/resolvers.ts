/** Starts Debian's name servers around a zone: one that signs, one that validates, one that makes answers up. */
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as packet from 'dns-packet';
import net from 'node:net';
import { serversFolder, start, type RunningServer } from './debian.ts';

const program = (name: string) => path.join(serversFolder ?? '', name);

/** Knot signs the zone by itself (RFC 4035). */
export const startSigning = (zone: string, records: string): Promise<RunningServer> =>
  start('knot', (folder, port) => {
    // It gives root's powers away and then owns nothing else.
    chownSync(folder, 0, 0);
    mkdirSync(path.join(folder, 'db'));
    writeFileSync(path.join(folder, 'zone'), records);
    writeFileSync(
      path.join(folder, 'conf'),
      `server:
  listen: 127.0.0.1@${port}
  rundir: ${folder}
database:
  storage: ${folder}/db
template:
  - id: default
    zonefile-sync: -1
    journal-content: none
zone:
  - domain: ${zone}
    file: ${folder}/zone
    dnssec-signing: on
`,
    );
    return { command: program('usr/sbin/knotd'), args: ['-c', path.join(folder, 'conf')] };
  });

/** The zone's keys as lines of a trust anchor file, asked over TCP. */
export const keysOf = (zone: string, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    let bytes = Buffer.alloc(0);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE()) return;
      socket.destroy();
      const { answers = [] } = packet.streamDecode(bytes);
      resolve(
        answers
          .filter((record) => record.type === 'DNSKEY')
          .map(({ data: { flags, algorithm, key } }) =>
            [`${zone}. DNSKEY`, flags, 3, algorithm, key.toString('base64')].join(' '),
          )
          .join('\n'),
      );
    });
    socket.write(packet.streamEncode({ type: 'query', id: 1, questions: [{ type: 'DNSKEY', name: zone }] }));
  });

/** Unbound validates what the zone's server says; `keys` as `keysOf` gives them. */
export const startValidating = (zone: string, server: number, keys: string): Promise<RunningServer> =>
  start('unbound', (folder, port) => {
    chownSync(folder, 0, 0);
    writeFileSync(path.join(folder, 'keys'), `${keys}\n`);
    writeFileSync(
      path.join(folder, 'conf'),
      `server:
  interface: 127.0.0.1@${port}
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: "${folder}/pid"
  use-syslog: no
  do-not-query-localhost: no
  trust-anchor-file: "${folder}/keys"
  num-threads: 1
  do-ip6: no
remote-control:
  control-enable: no
stub-zone:
  name: "${zone}"
  stub-addr: 127.0.0.1@${server}
`,
    );
    return { command: program('usr/sbin/unbound'), args: ['-d', '-c', path.join(folder, 'conf')] };
  });

/** dnsmasq as some providers run it: every name leads to `address`, but for the zones that `servers` knows. */
export const startInventing = (address: string, servers: Readonly<Record<string, number>>): Promise<RunningServer> =>
  start('dnsmasq', (folder, port) => {
    chownSync(folder, 0, 0);
    return {
      command: program('usr/sbin/dnsmasq'),
      args: [
        '-k',
        '-C',
        '/dev/null',
        '--no-resolv',
        '--no-hosts',
        '--user=root',
        `--port=${port}`,
        '--listen-address=127.0.0.1',
        '--bind-interfaces',
        `--pid-file=${folder}/pid`,
        `--address=/#/${address}`,
        ...Object.entries(servers).map(([zone, at]) => `--server=/${zone}/127.0.0.1#${at}`),
      ],
    };
  });
