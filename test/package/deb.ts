/** Makes the Debian package with electron-builder and installs it below a folder of its own, as root of nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param electron folder of a real Electron @returns path of the package */
export async function makeDeb(electron: string, output: string, more: readonly string[] = []): Promise<string> {
  const version = readFileSync(path.join(electron, 'version'), 'utf8').trim().replace(/^v/, '');
  const child = spawn(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--linux',
      'deb',
      `-c.electronDist=${electron}`,
      `-c.electronVersion=${version}`,
      `-c.directories.output=${output}`,
      ...more,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CUSTOM_FPM_PATH: path.join(root, 'test/package/fpm.mjs') },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  const file = readdirSync(output).find((name) => name.endsWith('.deb'));
  if (code !== 0 || file === undefined) throw new Error(`electron-builder ended with ${String(code)}:\n${said}`);
  return path.join(output, file);
}

/** A system with nothing in it but dpkg's own lists and a folder for commands. */
export function emptySystem(folder: string): void {
  mkdirSync(path.join(folder, 'var/lib/dpkg/info'), { recursive: true });
  mkdirSync(path.join(folder, 'var/lib/dpkg/updates'));
  mkdirSync(path.join(folder, 'usr/bin'), { recursive: true });
  for (const list of ['status', 'available']) writeFileSync(path.join(folder, 'var/lib/dpkg', list), '');
  chmodSync(folder, 0o755);
}

/** The scripts of the package run outside of the folder and are told of it (`DPKG_ROOT`); what it depends on is not in there. */
export const dpkg = (system: string, ...words: readonly string[]): string =>
  execFileSync('dpkg', [`--root=${system}`, '--force-depends', '--force-script-chrootless', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });

/** Every file and folder, without dpkg's own lists. */
export const filesOf = (system: string): readonly string[] =>
  readdirSync(system, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('var'))
    .sort();
