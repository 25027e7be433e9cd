/** Starts Debian's Postfix on loopback: one port as Microsoft would be, and one for each way of spoiling the connection. */
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { serversFolder, start, type RunningServer } from './debian.ts';

const UID = 65_532;
const DROP_GID = 65_531;
const QUEUES = [
  'active',
  'bounce',
  'corrupt',
  'defer',
  'deferred',
  'flush',
  'hold',
  'incoming',
  'private',
  'saved',
  'trace',
];

export type PostfixOptions = {
  readonly hostName: string;
  /** Whose senders may write to the outside. */
  readonly domain: string;
  readonly certificate: { readonly cert: string; readonly key: string };
  /** Recipient → what Postfix answers to RCPT (access(5)). */
  readonly atRecipient: Readonly<Record<string, string>>;
  /** Recipient → what Postfix answers after the dot. */
  readonly afterDot: Readonly<Record<string, string>>;
  /** Further listeners: settings of smtpd(8) each, in the order of the ports after the first. */
  readonly others?: readonly Readonly<Record<string, string>>[];
  /** Ports of the further listeners. */
  readonly ports?: readonly number[];
};

type Command = { readonly command: string; readonly args: readonly string[] };

const table = (entries: Readonly<Record<string, string>>): string =>
  `inline:{ ${Object.entries(entries)
    .map(([key, value]) => `{ ${key} = ${value} }`)
    .join(' ')} }`;

/** @throws Error with Postfix's own words when it does not start */
export const startPostfix = (options: PostfixOptions): Promise<RunningServer> =>
  start('postfix', (folder, port) => listen(folder, port, options), endGroup);

/** It leads a process group of its own, and waits for its parts where no process is left to collect them. */
const endGroup = ({ pid }: ChildProcess): void => void (pid && process.kill(-pid, 'SIGKILL'));

function listen(folder: string, port: number, options: PostfixOptions): Command {
  const root = serversFolder ?? '';
  const make = (name: string, uid: number, gid: number, mode: number): void => {
    mkdirSync(path.join(folder, name), { mode });
    chownSync(path.join(folder, name), uid, gid);
  };
  chownSync(folder, 0, 0);
  chmodSync(folder, 0o755);
  make('queue', 0, 0, 0o755);
  for (const queue of QUEUES) make(`queue/${queue}`, UID, 0, 0o700);
  make('queue/pid', 0, 0, 0o755);
  make('queue/maildrop', UID, DROP_GID, 0o730);
  make('queue/public', UID, DROP_GID, 0o710);
  make('data', UID, 0, 0o700);
  make('conf', 0, 0, 0o755);
  writeFileSync(
    path.join(folder, 'passwd'),
    `${readFileSync('/etc/passwd', 'utf8')}postfix:x:${UID}:${UID}::/:/usr/sbin/nologin\n`,
  );
  writeFileSync(
    path.join(folder, 'group'),
    `${readFileSync('/etc/group', 'utf8')}postfix:x:${UID}:\npostdrop:x:${DROP_GID}:\n`,
  );
  writeFileSync(path.join(folder, 'cert.pem'), options.certificate.cert);
  writeFileSync(path.join(folder, 'key.pem'), options.certificate.key, { mode: 0o600 });
  const settings: Readonly<Record<string, string>> = {
    compatibility_level: '3.6',
    import_environment: 'LD_LIBRARY_PATH MAIL_CONFIG LANG=C',
    queue_directory: `${folder}/queue`,
    data_directory: `${folder}/data`,
    daemon_directory: `${root}/usr/lib/postfix/sbin`,
    command_directory: `${root}/usr/sbin`,
    shlib_directory: `${root}/usr/lib/postfix`,
    meta_directory: `${root}/etc/postfix`,
    maillog_file: `${folder}/log-mail`,
    maillog_file_prefixes: path.dirname(folder),
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: options.hostName,
    mydestination: '',
    mynetworks: '',
    smtpd_peername_lookup: 'no',
    smtpd_banner: '$myhostname Microsoft ESMTP MAIL Service ready',
    default_transport: 'discard:',
    relay_transport: 'discard:',
    // Like Microsoft's: outside recipients only for senders of the domain it knows.
    smtpd_relay_restrictions: `check_sender_access ${table({ [options.domain]: 'permit' })}, reject`,
    smtpd_recipient_restrictions: `check_recipient_access ${table(options.atRecipient)}, permit`,
    smtpd_end_of_data_restrictions: `check_recipient_access ${table(options.afterDot)}, permit`,
    smtpd_tls_security_level: 'may',
    smtpd_tls_cert_file: `${folder}/cert.pem`,
    smtpd_tls_key_file: `${folder}/key.pem`,
    smtpd_tls_loglevel: '1',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
  };
  writeFileSync(
    path.join(folder, 'conf/main.cf'),
    `${Object.entries(settings)
      .map(([name, value]) => `${name} = ${value}`)
      .join('\n')}\n`,
  );
  const listeners = [{}, ...(options.others ?? [])].map((more, index) =>
    [
      `127.0.0.1:${index === 0 ? port : options.ports?.[index - 1]} inet n - n - - smtpd`,
      ...Object.entries(more).map(([name, value]) => `  -o { ${name} = ${value.replaceAll('$folder', folder)} }`),
    ].join('\n'),
  );
  writeFileSync(
    path.join(folder, 'conf/master.cf'),
    `${listeners.join('\n')}
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`,
  );
  // Postfix looks its users up by name; it finds them in this private view of the user list.
  const script = `mount --bind ${folder}/passwd /etc/passwd && mount --bind ${folder}/group /etc/group && export LD_LIBRARY_PATH="${root}/usr/lib/postfix:$LD_LIBRARY_PATH" && exec setsid ${root}/usr/lib/postfix/sbin/master -c ${folder}/conf -d`;
  return { command: 'unshare', args: ['--mount', 'sh', '-c', script] };
}
