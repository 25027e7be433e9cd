/** Fetches Debian packages and unpacks them into a cache folder; the system itself stays as it is. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export type Wanted = {
  /** Of the folder in the cache. */
  readonly name: string;
  /** Fetched one after the other: apt takes no two packages at once that a system cannot have together. */
  readonly groups: readonly (readonly string[])[];
  readonly finish?: (root: string) => void;
};

export const folderOf = (name: string): string =>
  fileURLToPath(new URL(`../../node_modules/.cache/${name}/root`, import.meta.url));

/** @returns null when the packages are there, else why not */
export function unpackPackages({ name, groups, finish }: Wanted): string | null {
  const root = folderOf(name);
  // Every package leaves its licence there; a list that grew since is fetched anew.
  if (
    existsSync(path.join(root, 'complete')) &&
    groups.flat().every((wanted) => existsSync(path.join(root, 'usr/share/doc', wanted)))
  )
    return null;
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0)
    return 'this is not a Debian-like system (no apt-get)';
  const work = `${path.dirname(root)}.${process.pid}`;
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
    for (const names of groups)
      run('install', '-y', '-qq', '--no-install-recommends', '--reinstall', '--download-only', ...names);
    for (const file of readdirSync(path.join(work, 'cache/archives')))
      if (file.endsWith('.deb'))
        execFileSync('dpkg', ['-x', path.join(work, 'cache/archives', file), path.join(work, 'root')]);
    finish?.(path.join(work, 'root'));
    mkdirSync(path.join(work, 'root/complete'));
    rmSync(root, { recursive: true, force: true });
    mkdirSync(path.dirname(root), { recursive: true });
    renameSync(path.join(work, 'root'), root);
    return null;
  } catch (error) {
    return `the packages could not be fetched (${String(error).split('\n')[0]})`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
