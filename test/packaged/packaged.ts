/** Makes the directory build people get, and one more that differs in a single word of its package.json: it may be driven over the inspector's port. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { findElectron } from '../e2e/browser.ts';
import { startDisplay, type Display } from '../helpers/display.ts';

export type Packaged = {
  /** Folder of the build as it is released. */
  readonly released: string;
  /** Folder of the build that may be driven. */
  readonly inspectable: string;
  readonly electronVersion: string;
  readonly display: string;
  /** An ordinary user, where we are root: Chromium does not sandbox root. */
  readonly user: { readonly uid?: number; readonly gid?: number };
};

declare module 'vitest' {
  export interface ProvidedContext {
    packaged: Packaged | null;
    packagedMissing: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `nobody` on every Linux. */
const NOBODY = 65_534;

let folder = '';
let display: Display | null = null;

export async function setup(project: TestProject): Promise<void> {
  const missing = whyNot();
  project.provide('packaged', null);
  project.provide('packagedMissing', missing);
  if (missing !== '') return console.log(`The packaged program is not tested: ${missing}`);
  const electron = path.dirname(findElectron().electron as string);
  const electronVersion = readFileSync(path.join(electron, 'version'), 'utf8').trim().replace(/^v/, '');
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-packaged-'));
  chmodSync(folder, 0o755);
  const build = async (name: string, ...more: string[]) => {
    await directoryBuild([
      `-c.electronDist=${electron}`,
      `-c.electronVersion=${electronVersion}`,
      `-c.directories.output=${path.join(folder, name)}`,
      ...more,
    ]);
    const built = path.join(folder, name, 'linux-unpacked');
    // As an installer leaves it: Chromium's helper belongs to root. Others sandbox by user namespaces.
    if (process.getuid?.() === 0) {
      chownSync(path.join(built, 'chrome-sandbox'), 0, 0);
      chmodSync(path.join(built, 'chrome-sandbox'), 0o4755);
    }
    return built;
  };
  const begun = Date.now();
  const [released, inspectable] = await Promise.all([
    build('released'),
    build('inspectable', '-c.extraMetadata.relayready.inspectable=true'),
  ]);
  console.log(`Two directory builds with Electron ${electronVersion} in ${Math.round((Date.now() - begun) / 1000)} s`);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  if (!process.env['DISPLAY']) display = await startDisplay(user);
  project.provide('packaged', {
    released,
    inspectable,
    electronVersion,
    display: process.env['DISPLAY'] ?? display?.name ?? '',
    user,
  });
}

export function teardown(): void {
  display?.stop();
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
}

function whyNot(): string {
  if (process.platform !== 'linux') return 'it is driven on Linux only';
  const { electron, missing } = findElectron();
  if (electron === null) return missing;
  if (!existsSync(path.join(root, 'dist/electron/main.js'))) return 'nothing is built; `npm run build` first';
  if (process.getuid?.() !== 0 && spawnSync('unshare', ['-Ur', 'true']).status !== 0)
    return 'this system gives no sandbox: neither user namespaces nor root to install its helper';
  return '';
}

async function directoryBuild(options: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'node_modules/electron-builder/cli.js'), '--linux', 'dir', ...options],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`electron-builder ended with ${String(code)}:\n${output}`);
}
