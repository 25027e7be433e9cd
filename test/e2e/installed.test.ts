/** The package people install: what is in it, installed below a folder of its own, used by an ordinary user, and removed. */
import { execFileSync, spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { insideOf, megabytes, packageOf, runtimePackages, sizeOf, unpack } from '../package/contents.ts';
import { dpkg, emptySystem, filesOf, makeDeb } from '../package/deb.ts';
import { root, startDisplay } from './hosts.ts';
import { LAST, mouse, picture, walkToDone } from './walk.ts';

/** `nobody`: Chromium does not sandbox root. */
const USER = { uid: 65_534, gid: 65_534 };
const electron = inject('electron');
const missing =
  electron === null
    ? inject('electronMissing')
    : process.getuid?.() !== 0 || spawnSync('dpkg-deb', ['--version']).status !== 0
      ? 'installing needs root and dpkg'
      : '';
if (missing !== '') console.log(`The installed package is not tried: ${missing}`);

const work = mkdtempSync(path.join(tmpdir(), 'relayready-installed-'));
const system = path.join(work, 'system');
const home = path.join(work, 'home');
const command = path.join(system, 'usr/bin/relayready');
const program = path.join(system, 'opt/RelayReady/relayready');
const archive = path.join(system, 'opt/RelayReady/resources/app.asar');
let display: { readonly name: string; readonly stop: () => void } | null = null;
let deb = '';
let untouched: readonly string[] = [];

beforeAll(async () => {
  if (missing !== '') return;
  chmodSync(work, 0o755);
  mkdirSync(home);
  chownSync(home, USER.uid, USER.gid);
  // Released programs cannot be driven from outside; this one differs in that word of its package.json alone.
  deb = await makeDeb(path.dirname(electron ?? ''), path.join(work, 'made'), [
    '-c.extraMetadata.relayready.inspectable=true',
  ]);
  emptySystem(system);
  untouched = filesOf(system);
  dpkg(system, '--install', deb);
  display = await startDisplay();
}, 120_000);

afterAll(() => {
  display?.stop();
  rmSync(work, { recursive: true, force: true });
});

const environment = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: '/usr/bin:/bin',
  HOME: home,
  LANG: 'C.UTF-8',
  ...more,
});

/** As an ordinary user, without a display. */
const relayready = (words: readonly string[], input = ''): SpawnSyncReturns<string> =>
  spawnSync(command, words, { ...USER, cwd: home, env: environment(), encoding: 'utf8', input, timeout: 60_000 });

describe.skipIf(missing !== '')('what is in the package', () => {
  it('is the built program, its data, and the packages it runs on', () => {
    const inside = insideOf(archive);
    const folders = new Set(inside.map(({ name }) => name.split('/')[0]));
    expect(folders).toEqual(new Set(['LICENSE', 'assets', 'bin', 'dist', 'node_modules', 'package.json']));
    expect(inside.map(({ name }) => name)).toContain('dist/renderer/index.html');
    const packages = new Set(inside.map(({ name }) => packageOf(name)).filter(Boolean));
    expect([...packages].filter((name) => !runtimePackages().includes(name))).toEqual([]);
    const sizes = new Map<string, number>();
    for (const { name, bytes } of inside) {
      const part = name.startsWith('node_modules/') ? packageOf(name) : (name.split('/').slice(0, 2).join('/') ?? '');
      sizes.set(part, (sizes.get(part) ?? 0) + bytes);
    }
    const largest = [...sizes].sort((a, b) => b[1] - a[1]).slice(0, 8);
    const unpacked = readdirSync(path.join(system, 'opt'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + sizeOf(path.join(parentPath, name)), 0);
    console.log(
      `Package: ${inside.length} files, app.asar ${megabytes(sizeOf(archive))}, unpacked ${megabytes(unpacked)}, deb (packed weakly) ${megabytes(sizeOf(deb))}; largest: ${largest.map(([name, bytes]) => `${name} ${megabytes(bytes)}`).join(', ')}`,
    );
    expect(sizeOf(archive)).toBeLessThan(13_000_000);
  });

  it('holds no sources, tests, maps, manuals or lists of the developers', () => {
    const names = insideOf(archive).map(({ name }) => name);
    expect(names.filter((name) => /\.(ts|tsx|mts|cts|map|tsbuildinfo|md|flow|sh|ps1|yml)$/.test(name))).toEqual([]);
    expect(names.filter((name) => /(^|\/)(tests?|__tests__|examples?|docs?|\.[^/]*)\//.test(name))).toEqual([]);
    expect(names.filter((name) => /(^|\/)(\.[^/]+|tsconfig\.json|package-lock\.json|vitest\..*)$/.test(name))).toEqual(
      [],
    );
  });

  it('holds all it needs: every module of it loads', () => {
    const folder = path.join(work, 'unpacked');
    unpack(archive, folder);
    copyFileSync(path.join(root, 'test/package/load-all.mjs'), path.join(folder, 'load-all.mjs'));
    const said = execFileSync(process.execPath, ['load-all.mjs'], {
      encoding: 'utf8',
      cwd: folder,
      env: environment(),
    });
    expect(said.trim()).toMatch(/^\d{3,} modules$/);
  });
});

describe.skipIf(missing !== '')('the installed command', () => {
  it('says its version, with no display', () => {
    const { stdout, stderr, status } = relayready(['--version']);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    expect({ stdout, stderr, status }).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 });
  });

  it('ends with the exit codes it promises', () => {
    expect(relayready(['--help']).status).toBe(0);
    const wrong = relayready(['chekc', '--json']);
    expect(wrong.status).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ schema: 'relayready/error@1', code: 'bad-option' });
  });

  it('reads standard input', () => {
    const { stdout, status } = relayready(
      ['explain', '-', '--json'],
      '550 5.7.64 TenantAttribution; Relay Access Denied',
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'relayready/explanation@1', id: 'relay-denied' });
  });

  it('takes options that look like the window runtime’s as its own', () => {
    for (const option of ['--js-flags=--help', '--remote-debugging-port=0', '--inspect-brk', '--no-sandbox'])
      expect(relayready(['explain', option, '--json']).status).toBe(2);
  });

  it('walks the whole job in practice', () => {
    const { stdout, stderr, status } = relayready(['practice']);
    expect(stderr).not.toMatch(/error/i);
    expect(stdout).toMatch(/Connector – good/);
    expect(status).toBe(0);
  });

  it('also runs as root, and in a folder that does not exist any more', () => {
    expect(spawnSync(command, ['--version'], { env: environment(), encoding: 'utf8' }).status).toBe(0);
  });
});

describe.skipIf(missing !== '')('the installed window', () => {
  it('opens in its sandbox for an ordinary user, and walks the whole job in practice', async () => {
    const opened = await openInstalled(['--practice']);
    try {
      const { page } = opened;
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.title()).toContain('RelayReady');
      expect(sandboxed(opened.child.pid ?? 0)).toEqual([]);
      await picture(page, 'installed', 'start');
      await mouse.press(page, 'Start practising');
      await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
      const visits = await walkToDone(page, mouse, async () => undefined);
      expect(visits.at(-1)?.heading).toBe(LAST);
      await picture(page, 'installed', 'done');
    } finally {
      await opened.close();
    }
  });
});

describe.skipIf(missing !== '')('files of ours', () => {
  const report = {
    schema: 'relayready/profile@1',
    domain: 'contoso.com',
    sender: 'scanner@contoso.com',
  };
  const file = (name: string, content: unknown): string => {
    writeFileSync(path.join(home, name), JSON.stringify(content));
    return path.join(home, name);
  };
  const second = (word: string) =>
    spawnSync(program, [word], { ...USER, cwd: home, env: environment({ DISPLAY: display?.name }), timeout: 30_000 });

  it('open with a double click, also while the window is there already; others are refused', async () => {
    const opened = await openInstalled([file('office.relayready', report)]);
    try {
      const { page } = opened;
      await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
      expect(await page.locator('.side-name').textContent()).toContain('contoso.com');

      second(pathToFileURL(file('other one.relayready', { schema: 'relayready/plan@1' })).href);
      await page.getByText(/Only reports and saved set-ups/).waitFor();
      await picture(page, 'installed', 'file-refused');
      await mouse.press(page, 'Close');
      await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();

      second('/dev/null.json');
      await page.getByText('null.json is not a file that can be opened.').waitFor();
    } finally {
      await opened.close();
    }
  });
});

describe.skipIf(missing !== '')('removing', () => {
  it('leaves nothing behind but what is the user’s own', () => {
    dpkg(system, '--purge', 'relayready');
    expect(filesOf(system)).toEqual(untouched);
    const own = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(home, name)).isFile(),
    );
    // GTK keeps the desktop's settings in its own cache.
    const elsewhere = own.filter(
      (name) => name.startsWith('.') && !/^\.(local\/share\/relayready|cache\/dconf)\//.test(name),
    );
    expect(elsewhere).toEqual([]);
    expect(existsSync(path.join(home, '.local/share/relayready'))).toBe(true);
  });
});

type Opened = { readonly page: Page; readonly child: ChildProcess; readonly close: () => Promise<void> };

async function openInstalled(words: readonly string[]): Promise<Opened> {
  const child = spawn(program, ['--remote-debugging-port=0', ...words], {
    ...USER,
    cwd: home,
    env: environment({ DISPLAY: display?.name }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await expect.poll(() => said, { timeout: 60_000, message: 'the inspector of the program' }).toMatch(/ws:\/\/127/);
  const browser: Browser = await chromium.connectOverCDP(/ws:\/\/\S+/.exec(said)?.[0] ?? '');
  const pages = () =>
    browser
      .contexts()[0]
      ?.pages()
      .filter((page) => page.url().startsWith('app:')) ?? [];
  await expect.poll(() => pages().length, { timeout: 60_000 }).toBe(1);
  const page = pages()[0] as Page;
  await page.waitForLoadState();
  return {
    page,
    child,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      await browser.close().catch(() => undefined);
    },
  };
}

/** Page processes of the program that the kernel does not hold in a sandbox (seccomp mode 2). */
function sandboxed(parent: number): readonly string[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.startsWith(program) && line.includes('--type=renderer') ? [pid] : [];
      } catch {
        return [];
      }
    });
  if (processes.length === 0) return [`no page process below ${parent}`];
  return processes.filter((pid) => !/^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
}
