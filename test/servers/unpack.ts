/** Fetches Debian's real mail and DNS servers and unpacks them into a cache folder; the system itself stays as it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const PACKAGES = [
  'exim4-daemon-light',
  'nsd',
  'knot',
  'unbound',
  'dnsmasq-base',
  'swaks',
  'python3-spf',
  'libnet-ssleay-perl',
  'tcpdump',
];
/** Fetched apart: a system has one mail server, so apt takes both only one after the other. */
const OTHER_MAIL_SERVER = 'postfix';
const cache = fileURLToPath(new URL('../../node_modules/.cache/debian-servers/', import.meta.url));

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with the unpacked servers, or null. */
    serversFolder: string | null;
    /** Why there are none. */
    serversMissing: string;
  }
}

export default function setup(project: TestProject): void {
  const missing = unpack();
  project.provide('serversFolder', missing === null ? path.join(cache, 'root') : null);
  project.provide('serversMissing', missing ?? '');
  if (missing !== null) console.log(`Tests on real servers do not run: ${missing}`);
}

/** @returns null when the servers are there, else why not */
function unpack(): string | null {
  const root = path.join(cache, 'root');
  // Every package leaves its licence there; a list that grew since is fetched anew.
  if (
    existsSync(path.join(root, 'complete')) &&
    [...PACKAGES, OTHER_MAIL_SERVER].every((name) => existsSync(path.join(root, 'usr/share/doc', name)))
  )
    return null;
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0)
    return 'this is not a Debian-like system (no apt-get)';
  if (process.getuid?.() !== 0) return 'exim4 needs to be started as root';
  const work = `${cache}${process.pid}`;
  try {
    for (const folder of ['lists/partial', 'cache/archives/partial', 'root'])
      mkdirSync(path.join(work, folder), { recursive: true });
    const options = [
      `Dir::State::lists=${work}/lists`,
      `Dir::Cache=${work}/cache`,
      'Debug::NoLocking=1',
      'APT::Sandbox::User=root',
    ].flatMap((option) => ['-o', option]);
    const run = (...args: readonly string[]) =>
      execFileSync('apt-get', [...args, ...options], {
        stdio: 'pipe',
        timeout: 240_000,
        env: { ...process.env, LC_ALL: 'C' },
      });
    run('update', '-qq');
    for (const names of [PACKAGES, [OTHER_MAIL_SERVER]])
      run('install', '-y', '-qq', '--no-install-recommends', '--reinstall', '--download-only', ...names);
    for (const file of readdirSync(path.join(work, 'cache/archives')))
      if (file.endsWith('.deb'))
        execFileSync('dpkg', ['-x', path.join(work, 'cache/archives', file), path.join(work, 'root')]);
    // The packaged file is set-user-id; a plain copy is all that is needed.
    copyFileSync(path.join(work, 'root/usr/sbin/exim4'), path.join(work, 'root/exim'));
    chmodSync(path.join(work, 'root/exim'), 0o755);
    mkdirSync(path.join(work, 'root/complete'));
    rmSync(root, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    renameSync(path.join(work, 'root'), root);
    return null;
  } catch (error) {
    return `the packages could not be fetched (${String(error).split('\n')[0]})`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
