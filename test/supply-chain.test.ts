/** What the program is made of: exact versions, nothing that runs at installation, licences we may ship, and a list of all of it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
type Entry = {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly link?: boolean;
};
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>;
};
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const entries = Object.entries(lock.packages).filter(([place]) => place !== '');

/** Packages that would run something when they are installed, and why we need none of it (`npm ci --ignore-scripts` is enough). */
const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
  'node_modules/electron-winstaller': 'a peer of the packager for a kind of installer we do not make',
  'node_modules/tree-sitter-powershell': 'its compiled grammar lies in the package; tests load that',
};
const MAY_SHIP = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
];
/** Besides, for what only builds and tests. */
const MAY_BUILD = [...MAY_SHIP, '(MIT OR CC0-1.0)', '(WTFPL OR MIT)', 'MPL-2.0', 'WTFPL', 'WTFPL OR ISC'];

describe('what is installed', () => {
  it('is named in one exact version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
  it('comes from the registry, and is the very file that was looked at', () => {
    const odd = entries.filter(
      ([, { integrity = '', resolved = 'https://registry.npmjs.org/', link }]) =>
        link === true || !integrity.startsWith('sha512-') || !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(odd).toEqual([]);
  });
  it('runs nothing at installation', () => {
    const scripted = entries.filter(([, entry]) => entry.hasInstallScript === true);
    expect(scripted.map(([place]) => place).sort()).toEqual(Object.keys(INSTALL_SCRIPTS).sort());
    expect(scripted.every(([, { dev }]) => dev === true)).toBe(true);
  });
  it('has a licence that lets us build with it', () => {
    expect(entries.filter(([, { license = '' }]) => !MAY_BUILD.includes(license))).toEqual([]);
  });
});

describe('what ships', () => {
  type Component = {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses: readonly [{ readonly license: { readonly id: string } }];
    readonly hashes: readonly [{ readonly alg: string; readonly content: string }];
  };
  let bill: { readonly bomFormat: string; readonly specVersion: string; readonly components: readonly Component[] };
  let notices = '';
  const write = (): readonly [string, string] => {
    const folder = mkdtempSync(path.join(tmpdir(), 'relayready-supply-'));
    const script = pathToFileURL(path.join(root, 'scripts/supply-chain.mjs')).href;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '-e', `(await import('${script}')).writeSupplyChain(process.argv[1])`, folder],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const texts = ['sbom.cdx.json', 'third-party-notices.txt'].map((name) =>
      readFileSync(path.join(folder, name), 'utf8'),
    );
    rmSync(folder, { recursive: true });
    return [texts[0] ?? '', texts[1] ?? ''];
  };
  let first: readonly [string, string];
  beforeAll(() => {
    first = write();
    bill = JSON.parse(first[0]) as typeof bill;
    notices = first[1];
  });

  it('stands in a bill of materials, the same at every build', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' });
    for (const { name, version, purl, hashes } of bill.components) {
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect(hashes[0]).toMatchObject({ alg: 'SHA-512' });
      expect(hashes[0].content).toMatch(/^[0-9a-f]{128}$/);
    }
    expect(write()).toEqual(first);
    const named = new Set(bill.components.map(({ name }) => name));
    const production = entries.filter(([, entry]) => entry.dev !== true && !('devOptional' in entry));
    const missing = production
      .map(([place]) => place.replace(/^.*node_modules\//, ''))
      .filter((name) => !named.has(name));
    expect(missing).toEqual([]);
    console.log(
      `packages that ship: ${bill.components.length}, ${Object.keys(manifest.dependencies).length} of them chosen by us for the engine; ${entries.length} with what builds and tests`,
    );
  });

  it('has a licence that lets us ship it, in full in the notices', () => {
    const wrong = bill.components.filter(({ licenses }) => !MAY_SHIP.includes(licenses[0].license.id));
    expect(wrong).toEqual([]);
    for (const { name, version } of bill.components) expect(notices).toContain(`${name} ${version}  (`);
    // Those whose authors put no licence file into the package.
    expect(notices.match(/^(Copyright .*\. )?Licensed under \S+\.$/gm)?.length ?? 0).toBeLessThan(8);
  });

  it('is all that page and engine import', () => {
    const named = new Set(bill.components.map(({ name }) => name));
    const files = ['core', 'electron', 'renderer'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|tsx|cts)$/.test(file))
        .map((file) => path.join(root, folder, file)),
    );
    const imported = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}) ?(?!type)[^'\n]*from '([^.'/][^']*)';/gm)].map(
        ([, target = '']) =>
          target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/'),
      ),
    );
    expect([...new Set(imported)].filter((name) => !name.startsWith('node:') && !named.has(name))).toEqual([]);
  });

  it.skipIf(!existsSync(path.join(root, 'dist/sbom.cdx.json')))('lies in the build', () => {
    expect(readFileSync(path.join(root, 'dist/third-party-notices.txt'), 'utf8')).toBe(notices);
  });
});
