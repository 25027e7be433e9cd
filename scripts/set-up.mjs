/** Brings a source checkout up to date: dependencies when missing or behind the lockfile, the build when behind the sources. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCES = [
  'core',
  'electron',
  'renderer',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'vite.config.ts',
];
const stamp = path.join(root, 'dist', '.built');

const say = (text) => process.stderr.write(`${text}\n`);
const readJson = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** Is every package of the lockfile installed in the version it names? Optional ones may be for other systems. */
function dependenciesCurrent() {
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(path.join(root, installed))) return false;
  const have = readJson(installed).packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([name, entry]) => name === '' || entry.optional || entry.peer || have[name]?.version === entry.version,
  );
}

/** Names, sizes and times of all sources as one hash. */
function sourceHash() {
  const hash = createHash('sha256');
  const add = (file) => {
    const info = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (!info) return;
    if (info.isDirectory()) for (const name of readdirSync(path.join(root, file)).sort()) add(`${file}/${name}`);
    else if (!file.endsWith('.tsbuildinfo')) hash.update(`${file} ${info.size} ${info.mtimeMs}\n`);
  };
  for (const file of SOURCES) add(file);
  return hash.digest('hex');
}

const buildCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceHash();

/** Called by the build when it is complete. */
export const markBuilt = (hash) => writeFileSync(stamp, hash);
export { sourceHash };

/** One set-up at a time: a second process waits for the first; a lock of a dead process is taken over. */
function withLock(work) {
  const lock = path.join(root, '.set-up-lock');
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      let alive = false;
      try {
        process.kill(Number(readFileSync(path.join(lock, 'pid'), 'utf8')), 0);
        alive = true;
      } catch (error) {
        alive = error.code === 'EPERM' || Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) < 2000;
      }
      if (!alive) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  writeFileSync(path.join(lock, 'pid'), String(process.pid));
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_loglevel: 'error' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return;
  process.stderr.write(result.stdout ?? '');
  say(`RelayReady could not be set up: \`${[command, ...args].join(' ')}\` did not succeed (see above).`);
  process.exit(1);
}

/** Everything goes to standard error, so that standard output stays the command's own. */
export function setUp() {
  if (!existsSync(path.join(root, 'core', 'tsconfig.json'))) return; // installed, not a checkout
  if (!dependenciesCurrent() || !buildCurrent())
    withLock(() => {
      if (!dependenciesCurrent()) {
        say('Getting the packages RelayReady is made of (npm ci, about a minute)…');
        rmSync(path.join(root, 'node_modules', '.package-lock.json'), { force: true });
        run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
      }
      if (!buildCurrent()) {
        say('Building RelayReady…');
        run(process.execPath, [path.join(root, 'scripts', 'build.mjs')]);
      }
    });
}
