/**
 * From nothing to something: the command beside a Node that does nothing, and the window beside an empty Electron window – from the
 * start of the process to the first screen a person can use, and the memory of all its processes then. In turns, so that both meet the
 * same computer.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { root } from '../e2e/hosts.ts';
import { startDisplay } from '../helpers/display.ts';

const COMMAND_ROUNDS = 31;
const MOST_COMMAND = 1.6;
const WINDOW_ROUNDS = 9;
const MOST_WINDOW = 1.4;
const MOST_MEMORY = 1.3;
/** Milliseconds until a window counts as one that never shows anything. */
const LATE = 30_000;
/** Milliseconds after the first screen, so that memory has settled. */
const SETTLED = 1000;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
const round = (value: number, digits = 1): number => Number(value.toFixed(digits));

it('the command says its version', () => {
  const bin = path.join(root, 'bin/relayready.mjs');
  const milliseconds = (args: readonly string[]): number => {
    const begun = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    expect(status).toBe(0);
    return performance.now() - begun;
  };
  // The first run of a checkout may build.
  milliseconds([bin, '--version']);
  const rounds = Array.from({ length: COMMAND_ROUNDS }, () => ({
    nothing: milliseconds(['-e', '0']),
    version: milliseconds([bin, '--version']),
  }));
  const nothing = median(rounds.map((one) => one.nothing));
  const version = median(rounds.map((one) => one.version));
  const ratio = median(rounds.map((one) => one.version / one.nothing));
  console.table([{ 'node -e 0, ms': round(nothing), '--version, ms': round(version), ratio: round(ratio, 2) }]);
  expect(ratio).toBeLessThanOrEqual(MOST_COMMAND);
});

let folder = '';
beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'relayready-start-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Tells when what a person looks for has been painted; loaded into both programs, so that both pay for it. */
const WATCHER = `
const { app } = require('electron');
const look = "new Promise((done) => { const again = () => document.querySelector('h1') ? " +
  "requestAnimationFrame(() => setTimeout(() => done(Date.now()), 0)) : requestAnimationFrame(again); again(); })";
app.on('web-contents-created', (event, contents) => contents.once('dom-ready', async () =>
  process.stdout.write('screen ' + (await contents.executeJavaScript(look)) + '\\n')));
`;
const EMPTY = `
const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.RELAYREADY_DATA);
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 820, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  return window.loadURL('data:text/html,<h1>Empty</h1>');
});
`;

/** Proportional set size of a process and all it started, in MB (Linux: proc_pid_smaps_rollup). */
function memoryOf(first: number): number {
  const parents = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    } catch {
      return [];
    }
  });
  const family = (pid: number): readonly number[] => [
    pid,
    ...parents.filter(({ parent }) => parent === pid).flatMap((child) => family(child.pid)),
  ];
  return family(first).reduce((sum, pid) => {
    try {
      return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return sum;
    }
  }, 0);
}

type Opened = { readonly ms: number; readonly megabytes: number };

async function openOnce(electron: string, app: string, display: string): Promise<Opened> {
  const data = mkdtempSync(path.join(folder, 'data-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const begun = Date.now();
  const program = spawn(electron, [...sandbox, '-r', path.join(folder, 'watcher.cjs'), app], {
    env: { ...process.env, DISPLAY: display, RELAYREADY_DATA: data },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const late = setTimeout(() => program.kill('SIGKILL'), LATE);
  const ended = new Promise<void>((resolve) => program.once('exit', () => resolve()));
  try {
    const shown = await new Promise<number>((resolve, reject) => {
      let said = '';
      program.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const at = /screen (\d+)/.exec(said)?.[1];
        if (at !== undefined) resolve(Number(at));
      });
      void ended.then(() => reject(new Error(`${app} showed nothing`)));
    });
    await new Promise((resolve) => setTimeout(resolve, SETTLED));
    return { ms: shown - begun, megabytes: memoryOf(program.pid ?? 0) };
  } finally {
    program.kill('SIGKILL');
    await ended;
    clearTimeout(late);
  }
}

const electron = inject('electron');
const why =
  electron === null ? inject('electronMissing') : process.platform === 'linux' ? '' : 'memory is read on Linux';

it.skipIf(why !== '')(`the window shows its first screen${why === '' ? '' : ` (skipped: ${why})`}`, async () => {
  writeFileSync(path.join(folder, 'watcher.cjs'), WATCHER);
  const empty = path.join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(path.join(empty, 'package.json'), '{"name":"empty","main":"main.cjs"}');
  writeFileSync(path.join(empty, 'main.cjs'), EMPTY);
  const display = await startDisplay();
  try {
    const rounds: { readonly empty: Opened; readonly ours: Opened }[] = [];
    for (let at = 0; at <= WINDOW_ROUNDS; at += 1) {
      const one = {
        empty: await openOnce(electron ?? '', empty, display.name),
        ours: await openOnce(electron ?? '', root, display.name),
      };
      // The first pair fills the caches of the disk.
      if (at > 0) rounds.push(one);
    }
    const of = (pick: (one: Opened) => number) => ({
      empty: round(median(rounds.map((one) => pick(one.empty)))),
      ours: round(median(rounds.map((one) => pick(one.ours)))),
      ratio: round(median(rounds.map((one) => pick(one.ours) / pick(one.empty))), 2),
    });
    const time = of(({ ms }) => ms);
    const memory = of(({ megabytes }) => megabytes);
    console.table({ 'first screen, ms': time, 'memory, MB': memory });
    expect(time.ratio).toBeLessThanOrEqual(MOST_WINDOW);
    expect(memory.ratio).toBeLessThanOrEqual(MOST_MEMORY);
  } finally {
    display.stop();
  }
});
