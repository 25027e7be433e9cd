/** Brings Debian's real mail and DNS servers for the tests on them; says why when they cannot be had. */
import { chmodSync, copyFileSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { folderOf, unpackPackages } from '../helpers/debian-packages.ts';

const NAME = 'debian-servers';
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

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with the unpacked servers, or null. */
    serversFolder: string | null;
    /** Why there are none. */
    serversMissing: string;
  }
}

export default function setup(project: TestProject): void {
  const missing =
    process.getuid?.() === 0
      ? unpackPackages({ name: NAME, groups: [PACKAGES, [OTHER_MAIL_SERVER]], finish: plainExim })
      : 'exim4 needs to be started as root';
  project.provide('serversFolder', missing === null ? folderOf(NAME) : null);
  project.provide('serversMissing', missing ?? '');
  if (missing !== null) console.log(`Tests on real servers do not run: ${missing}`);
}

/** The packaged file is set-user-id; a plain copy is all that is needed. */
function plainExim(root: string): void {
  copyFileSync(path.join(root, 'usr/sbin/exim4'), path.join(root, 'exim'));
  chmodSync(path.join(root, 'exim'), 0o755);
}
