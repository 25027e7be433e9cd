/** What is loaded before it is needed: counted by V8, in the built program, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = path.join(root, 'dist');

type Coverage = { readonly result: readonly { readonly url: string }[] };

/** @returns own files below `dist`, and names of packages */
function loadedBy(code: string): { readonly own: readonly string[]; readonly packages: readonly string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-loaded-'));
  try {
    const env = { ...process.env, NODE_V8_COVERAGE: folder, RELAYREADY_DATA: path.join(folder, 'data') };
    const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    const files = readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Coverage).result)
      .filter(({ url }) => url.startsWith('file:'))
      .map(({ url }) => fileURLToPath(url));
    const packages = files.map((file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? '');
    return {
      own: files.filter((file) => file.startsWith(dist)).map((file) => path.relative(dist, file)),
      packages: [...new Set(packages)].filter((name) => name !== '').sort(),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const line = (...words: readonly string[]): string =>
  `const { main } = await import('./dist/electron/cli.js'); await main(${JSON.stringify(words)});`;

/** Needed for signing in, sending and finding, for a table and for practice; each only then. */
const LATER = /^(@azure\/msal|nodemailer|net-snmp|jsonwebtoken|postal-mime|electron-updater|mailauth)/;
const later = (names: readonly string[]): readonly string[] => names.filter((name) => LATER.test(name));

// A checkout builds itself, if it has to, with its first command.
beforeAll(() => void spawnSync(process.execPath, [path.join(root, 'bin/relayready.mjs'), '--version']), 120_000);

describe('loaded before it is needed', () => {
  it('the version needs three files of ours and no package', () => {
    const { own, packages } = loadedBy(line('--version'));
    expect(packages).toEqual([]);
    expect(own.toSorted()).toEqual(['electron/cli.js', 'electron/terminal/streams.js', 'electron/version.js']);
  });

  it('help needs no engine', () => {
    const { own, packages } = loadedBy(line('--help'));
    expect(later(packages)).toEqual([]);
    expect(own).not.toContain('electron/api.js');
    expect(own.filter((file) => file.startsWith('electron/practice'))).toEqual([]);
  });

  it('the engine, as the window opens it, needs neither sign-in, mail, SNMP nor practice', () => {
    const { own, packages } = loadedBy(
      `const { createApi } = await import('./dist/electron/api.js');
       const api = createApi({ dataFolder: process.env.RELAYREADY_DATA, openBrowser: async () => {} });
       await api.close();`,
    );
    console.log(`loaded with the engine: ${own.length} files of ours, packages ${packages.join(' ')}`);
    expect(later(packages)).toEqual([]);
    expect(own.filter((file) => file.startsWith('electron/practice'))).toEqual([]);
  });

  it('a question to the engine about an explanation brings no more', () => {
    const { packages } = loadedBy(line('explain', '550 5.7.64 TenantAttribution', '--json'));
    expect(later(packages)).toEqual([]);
  });
});
