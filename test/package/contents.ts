/** What is inside the packaged program. */
import { statSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

type Asar = {
  readonly listPackage: (file: string, options: { isPack: boolean }) => readonly string[];
  readonly extractAll: (file: string, target: string) => void;
  readonly statFile: (file: string, name: string) => { readonly size?: number };
};
const asar = (await import(path.join(root, 'node_modules/@electron/asar/lib/asar.js'))) as Asar;

export type Inside = { readonly name: string; readonly bytes: number };

/** Files of the archive, with their sizes; folders are left out. */
export const insideOf = (archive: string): readonly Inside[] =>
  asar
    .listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').replace(/^\//, ''))
    .flatMap((name) => {
      const { size } = asar.statFile(archive, name);
      return size === undefined ? [] : [{ name, bytes: size }];
    });

export const unpack = (archive: string, target: string): void => asar.extractAll(archive, target);
export const sizeOf = (file: string): number => statSync(file).size;

/** Packages the program needs when it runs, as the lockfile has them. */
export function runtimePackages(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Readonly<Record<string, { dev?: boolean; devOptional?: boolean; optional?: boolean; peer?: boolean }>>;
  };
  return Object.entries(packages)
    .filter(([name, entry]) => name !== '' && !entry.dev && !entry.devOptional && !entry.optional && !entry.peer)
    .map(([name]) => name)
    .sort();
}

/** The package a file below `node_modules` belongs to. */
export const packageOf = (name: string): string => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? '';

export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;
