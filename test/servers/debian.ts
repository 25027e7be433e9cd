/** Starts the unpacked servers on free loopback ports, each in a folder of its own. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';

/** uid that a server drops to. */
const PLAIN_UID = 65_533;

export const serversFolder = inject('serversFolder');
export const serversMissing = inject('serversMissing');

export type RunningServer = {
  readonly port: number;
  readonly folder: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

const architecture = (): string =>
  readdirSync(path.join(serversFolder ?? '', 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '';
const environment = () => ({
  ...process.env,
  LD_LIBRARY_PATH: path.join(serversFolder ?? '', 'usr/lib', architecture()),
});

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilOpen(port: number, child: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The server ended at once: ${log()}`);
    const open = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ port, host: '127.0.0.1' }, () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The server did not open port ${port}: ${log()}`);
}

export async function start(
  name: string,
  prepare: (folder: string, port: number) => { readonly command: string; readonly args: readonly string[] },
  end: (child: ChildProcess) => void = (child) => child.kill('SIGTERM'),
): Promise<RunningServer> {
  const folder = mkdtempSync(path.join(tmpdir(), `relayready-${name}-`));
  chownSync(folder, PLAIN_UID, PLAIN_UID);
  const port = await freePort();
  const { command, args } = prepare(folder, port);
  const child = spawn(command, args, { env: environment(), cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const log = () =>
    [
      output,
      ...readdirSync(folder)
        .filter((file) => file.startsWith('log'))
        .map((file) => readFileSync(path.join(folder, file), 'utf8')),
    ].join('\n');
  await untilOpen(port, child, log);
  return {
    port,
    folder,
    log,
    stop: async () => {
      const ended =
        child.exitCode === null && child.signalCode === null
          ? new Promise((resolve) => child.once('exit', resolve))
          : null;
      if (ended !== null) end(child);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Authoritative server; `zones` maps a zone name to its zone file text. */
export const startNsd = (zones: Readonly<Record<string, string>>): Promise<RunningServer> =>
  start('nsd', (folder, port) => {
    const blocks = Object.entries(zones).map(([zone, text]) => {
      writeFileSync(path.join(folder, `${zone}.zone`), text);
      return `zone:\n  name: "${zone}"\n  zonefile: "${folder}/${zone}.zone"\n`;
    });
    writeFileSync(
      path.join(folder, 'nsd.conf'),
      `server:
  ip-address: 127.0.0.1@${port}
  username: ""
  chroot: ""
  database: ""
  zonesdir: "${folder}"
  pidfile: "${folder}/nsd.pid"
  xfrdfile: "${folder}/xfrd.state"
  zonelistfile: "${folder}/zone.list"
  xfrdir: "${folder}"
  server-count: 1
remote-control:
  control-enable: no
${blocks.join('')}`,
    );
    return {
      command: path.join(serversFolder ?? '', 'usr/sbin/nsd'),
      args: ['-d', '-c', path.join(folder, 'nsd.conf')],
    };
  });

/** Exim with STARTTLS and a relay rule like Microsoft's: outside recipients only for the envelope-sender domain it knows. */
export const startExim = (options: {
  readonly hostName: string;
  readonly domain: string;
  readonly certificate: { readonly cert: string; readonly key: string };
}): Promise<RunningServer> =>
  start('exim', (folder, port) => {
    const write = (name: string, text: string) => {
      writeFileSync(path.join(folder, name), text);
      chownSync(path.join(folder, name), PLAIN_UID, PLAIN_UID);
    };
    // The packaged server looks its user up by name; it finds one in this private view of the user list.
    writeFileSync(
      path.join(folder, 'passwd'),
      `${readFileSync('/etc/passwd', 'utf8')}Debian-exim:x:${PLAIN_UID}:${PLAIN_UID}::/:/usr/sbin/nologin\n`,
    );
    writeFileSync(path.join(folder, 'group'), `${readFileSync('/etc/group', 'utf8')}Debian-exim:x:${PLAIN_UID}:\n`);
    write('cert.pem', options.certificate.cert);
    write('key.pem', options.certificate.key);
    writeFileSync(
      path.join(folder, 'conf'),
      `primary_hostname = ${options.hostName}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log-%slog
keep_environment =
local_interfaces = 127.0.0.1
smtp_banner = $primary_hostname Microsoft ESMTP MAIL Service ready
tls_advertise_hosts = *
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
domainlist own = ${options.domain}
acl_smtp_rcpt = relay_rule
acl_smtp_data = accept
begin acl
relay_rule:
  accept domains = +own
  accept sender_domains = +own
  deny message = 5.7.64 TenantAttribution; Relay Access Denied
begin routers
all:
  driver = accept
  transport = keep
begin transports
keep:
  driver = appendfile
  file = ${folder}/log-mail
  user = ${PLAIN_UID}
  group = ${PLAIN_UID}
begin retry
begin rewrite
begin authenticators
`,
    );
    execFileSync('mkdir', ['-p', path.join(folder, 'spool')]);
    chownSync(path.join(folder, 'spool'), PLAIN_UID, PLAIN_UID);
    const exim = path.join(serversFolder ?? '', 'exim');
    const script = `mount --bind ${folder}/passwd /etc/passwd && mount --bind ${folder}/group /etc/group && exec ${exim} -C ${folder}/conf -bdf -oX 127.0.0.1.${port}`;
    return { command: 'unshare', args: ['--mount', 'sh', '-c', script] };
  });
