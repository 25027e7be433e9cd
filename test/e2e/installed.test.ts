/** The package people install: what is in it, installed below a folder of its own, used by an ordinary user, and removed. */
import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
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
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { updateServer } from '../electron/updates/update-server.ts';
import { startDisplay } from '../helpers/display.ts';
import { insideOf, megabytes, packageOf, runtimePackages, sizeOf, unpack } from '../package/contents.ts';
import { dpkg, emptySystem, filesOf, makeDeb } from '../package/deb.ts';
import { environment, openInstalled, unsandboxed, USER } from '../package/installed.ts';
import { pictures, root } from './hosts.ts';
import { LAST, mouse, picture, walkToDone } from './walk.ts';

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
    `-c.extraMetadata.relayready.update.url=${server.feed.url}`,
    `-c.extraMetadata.relayready.update.key=${server.feed.key}`,
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

const server = await updateServer();
afterAll(() => server.close());

const installed = () => ({ program, home, display: display?.name });

/** As an ordinary user, without a display. */
const relayready = (words: readonly string[], input = ''): SpawnSyncReturns<string> =>
  spawnSync(command, words, { ...USER, cwd: home, env: environment(home), encoding: 'utf8', input, timeout: 60_000 });

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
      env: environment(home),
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

  it('gives a slow reader all of it', () => {
    const whole = relayready(['--licences']).stdout;
    expect(whole.length).toBeGreaterThan(70_000);
    const slowly = spawnSync('sh', ['-c', `"${command}" --licences | (sleep 1; wc -c)`], {
      ...USER,
      cwd: home,
      env: environment(home),
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(Number(slowly.stdout)).toBe(Buffer.byteLength(whole));
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
    expect(spawnSync(command, ['--version'], { env: environment(home), encoding: 'utf8' }).status).toBe(0);
  });
});

describe.skipIf(missing !== '')('the installed window', () => {
  it('opens in its sandbox for an ordinary user, and walks the whole job in practice', async () => {
    const opened = await openInstalled(installed(), ['--practice']);
    try {
      const { page } = opened;
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.title()).toContain('RelayReady');
      expect(unsandboxed(program)).toEqual([]);
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
    spawnSync(program, [word], {
      ...USER,
      cwd: home,
      env: environment(home, { DISPLAY: display?.name }),
      timeout: 30_000,
    });

  it('open with a double click, also while the window is there already; others are refused', async () => {
    const opened = await openInstalled(installed(), [file('office.relayready', report)]);
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

describe.skipIf(missing !== '')('a newer version', () => {
  it('is looked for, fetched and started, each at the press of a button', async () => {
    // The deb says that it does not update itself; started as an AppImage it does.
    const resources = path.join(system, 'opt/RelayReady/resources');
    const appImage = path.join(home, 'RelayReady.AppImage');
    writeFileSync(
      path.join(resources, 'app-update.yml'),
      'provider: custom\nupdaterCacheDirName: relayready-updater\n',
    );
    writeFileSync(appImage, 'the version that is installed');
    chownSync(appImage, USER.uid, USER.gid);
    server.publish('99.0.0', `#!/bin/sh\ntouch ${home}/started\n`);
    const opened = await openInstalled(installed(), [], { APPIMAGE: appImage });
    try {
      const { page, child } = opened;
      await page
        .getByRole('button', { name: /^Start/ })
        .first()
        .click();
      await page.getByText(/^RelayReady \d/).click();
      await page.getByText(/Nobody has looked/).waitFor();
      expect(server.asked).toEqual([]);
      await mouse.press(page, 'Look for a newer version');
      await mouse.press(page, 'Fetch version 99.0.0');
      await page.getByText(/Version 99.0.0 is here/).waitFor();
      await page.getByText(/Version 99.0.0 is here/).scrollIntoViewIfNeeded();
      await page.screenshot({ path: path.join(pictures, 'installed/update.png') });
      expect(readFileSync(appImage, 'utf8')).toBe('the version that is installed');
      await mouse.press(page, 'Close RelayReady and install');
      await expect.poll(() => existsSync(path.join(home, 'started')), { timeout: 30_000 }).toBe(true);
      await expect.poll(() => child.exitCode, { timeout: 30_000 }).toBe(0);
    } finally {
      await opened.close();
      rmSync(path.join(resources, 'app-update.yml'));
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
    // GTK keeps the desktop's settings in its own cache; what was fetched lies in ours.
    const elsewhere = own.filter(
      (name) => name.startsWith('.') && !/^\.(local\/share\/relayready|cache\/(dconf|relayready-updater))\//.test(name),
    );
    expect(elsewhere).toEqual([]);
    expect(existsSync(path.join(home, '.local/share/relayready'))).toBe(true);
  });
});
