/** Starts the real program the way people do: the loopback page in Chromium, or the window in Electron. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, chromium, type Browser, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, inject } from 'vitest';
import { startDisplay } from '../helpers/display.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Screenshots for people to look at. */
export const pictures = path.join(root, 'test-output/screens');

export type OpenWizard = {
  readonly page: Page;
  /** What the page complained about: uncaught errors, console errors, blocked requests. */
  readonly complaints: readonly string[];
  /** Ends the program at once, as a crash would. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The program behind the window; there is none behind a browser. */
  readonly electron?: ElectronApplication;
};

export const newDataFolder = (): string => mkdtempSync(path.join(tmpdir(), 'relayready-e2e-'));
export const removeDataFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Chromium reports a streamed reply as aborted although the page has read it to its end; a lost one shows in the page.
    if (/\/(call|here)$/.test(request.url()) && reason === 'net::ERR_ABORTED') return;
    complaints.push(`request: ${request.url()} ${reason}`);
  });
  return complaints;
}

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', () => resolve()))
    : Promise.resolve();

export type BrowserOptions = {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  readonly colorScheme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
};

/** `relayready serve` and a Chromium that opens its address. */
export async function openInBrowser({
  dataFolder,
  args = [],
  colorScheme = 'light',
  size,
}: BrowserOptions): Promise<OpenWizard> {
  const server = spawn(process.execPath, [path.join(root, 'bin/relayready.mjs'), 'serve', '--json', ...args], {
    env: { ...process.env, RELAYREADY_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  server.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      try {
        resolve((JSON.parse(output) as { url: string }).url);
      } catch {
        // Not whole yet.
      }
    });
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${errors}`)));
  });
  const context = await (
    await sharedBrowser()
  ).newContext({
    viewport: size ?? { width: 1200, height: 800 },
    colorScheme,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(url);
  const stop = async (signal: NodeJS.Signals) => {
    server.kill(signal);
    await Promise.all([context.close(), ended(server)]);
  };
  return { page, complaints, kill: () => stop('SIGKILL'), close: () => stop('SIGTERM') };
}

/** One Chromium for all tests of a file; each gets a profile of its own in it. */
let browser: Promise<Browser> | null = null;
afterAll(async () => {
  await (await browser)?.close();
  browser = null;
});

function sharedBrowser(): Promise<Browser> {
  const found = inject('chromium');
  browser ??= chromium.launch({
    executablePath: found?.executablePath ?? '',
    env: { ...process.env, ...found?.env },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  return browser;
}

/** The window in Electron; under Xvfb where there is no display. */
export async function openInWindow({ dataFolder, args = [] }: BrowserOptions): Promise<OpenWizard> {
  const display = process.env['DISPLAY'] ? null : await startDisplay();
  // No `executablePath`: Playwright then finds the same Electron by its package and holds it until it listens. Given a path it does not
  // hold it, and waits for ever for a window that opened in the meantime.
  const electron = await _electron.launch({
    // Electron's own sandbox cannot run as root; page and preload stay isolated and sandboxed by their preferences.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...args],
    cwd: root,
    env: { ...process.env, RELAYREADY_DATA: dataFolder, ...(display ? { DISPLAY: display.name } : {}) },
  });
  // However it ends: a program that crashes is not closed by its test.
  electron.process().once('exit', () => display?.stop());
  const page = await electron.firstWindow();
  const complaints = listen(page);
  await page.waitForLoadState();
  return {
    page,
    complaints,
    electron,
    kill: async () => {
      const child = electron.process();
      child.kill('SIGKILL');
      await ended(child);
    },
    close: () => electron.close(),
  };
}
