/** Finds a Chromium and, where there is one, an Electron for the end-to-end tests; says what it could not find. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import type { TestProject } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: { readonly executablePath: string; readonly env: Readonly<Record<string, string>> } | null;
    /** Path of an Electron executable, or null. */
    electron: string | null;
    electronMissing: string;
  }
}

export default function setup(project: TestProject): void {
  const chromium = findChromium();
  project.provide('chromium', chromium);
  if (!chromium) throw new Error('No Chromium: set CHROMIUM_PATH, or install the package chromium.');
  const { electron, missing } = findElectron();
  project.provide('electron', electron);
  project.provide('electronMissing', missing);
  if (electron === null) console.log(`Tests in the Electron window do not run: ${missing}`);
}

const runs = (file: string, env: Readonly<Record<string, string>> = {}): boolean =>
  spawnSync(file, ['--version', '--no-sandbox'], { env: { ...process.env, ...env }, stdio: 'ignore' }).status === 0;

/** In this order: CHROMIUM_PATH, an installed one, the one inside the npm package (Linux x64). */
export function findChromium() {
  for (const file of [process.env['CHROMIUM_PATH'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'])
    if (file !== '' && existsSync(file) && runs(file)) return { executablePath: file, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const folder = unpackChromium();
  const executablePath = path.join(folder, 'chromium');
  if (runs(executablePath)) return { executablePath, env: {} };
  // A bare machine lacks the libraries and fonts; they come in the same package.
  const env = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_PATH: path.join(folder, 'fonts') };
  return runs(executablePath, env) ? { executablePath, env } : null;
}

function unpackChromium(): string {
  const source = path.join(root, 'node_modules/@sparticuz/chromium');
  const { version } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')) as { version: string };
  const target = path.join(root, `node_modules/.cache/chromium-${version}`);
  if (existsSync(target)) return target;
  const work = `${target}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  const open = (file: string) => brotliDecompressSync(readFileSync(path.join(source, 'bin', file)));
  writeFileSync(path.join(work, 'chromium'), open('chromium.br'), { mode: 0o755 });
  for (const [file, folder] of [
    ['al2023.tar.br', 'al2023'],
    ['fonts.tar.br', 'fonts'],
    ['swiftshader.tar.br', '.'],
  ] as const) {
    mkdirSync(path.join(work, folder), { recursive: true });
    execFileSync('tar', ['-x', '-C', path.join(work, folder)], { input: open(file) });
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(work, target);
  return target;
}

export function findElectron(): { readonly electron: string | null; readonly missing: string } {
  const name =
    { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform as string] ?? 'electron';
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(root, 'node_modules/electron/dist');
  const electron = path.join(folder, name);
  if (!existsSync(electron)) return { electron: null, missing: `no Electron at ${folder}` };
  if (process.platform === 'linux' && !process.env['DISPLAY'] && spawnSync('which', ['Xvfb']).status !== 0)
    return { electron: null, missing: 'no display and no Xvfb' };
  return { electron, missing: '' };
}
