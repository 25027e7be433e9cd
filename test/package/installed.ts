/** Uses an installed program as an ordinary user does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

/** `nobody`: Chromium does not sandbox root. */
export const USER = { uid: 65_534, gid: 65_534 };

export type Installed = { readonly program: string; readonly home: string; readonly display: string | undefined };

export const environment = (home: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  PATH: '/usr/bin:/bin',
  HOME: home,
  LANG: 'C.UTF-8',
  ...more,
});

export type Opened = { readonly page: Page; readonly child: ChildProcess; readonly close: () => Promise<void> };

/** The window of an installed program that may be driven. */
export async function openInstalled(
  { program, home, display }: Installed,
  words: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Opened> {
  const child = spawn(program, ['--remote-debugging-port=0', ...words], {
    ...USER,
    cwd: home,
    env: environment(home, { DISPLAY: display, ...more }),
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
export function unsandboxed(program: string): readonly string[] {
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
  if (processes.length === 0) return ['no page process at all'];
  return processes.filter((pid) => !/^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
}
