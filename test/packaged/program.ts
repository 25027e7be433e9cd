/** Starts the packaged program as an ordinary user, with folders of its own and a stand-in for the system's browser. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inject } from 'vitest';
import type { Packaged } from './packaged.ts';

export const packaged = (): Packaged => {
  const found = inject('packaged');
  if (found === null) throw new Error(inject('packagedMissing'));
  return found;
};

export type Home = {
  readonly folder: string;
  /** Addresses the program gave to the system's browser. */
  readonly opened: () => readonly string[];
  readonly remove: () => void;
};

export function newHome(): Home {
  const { user } = packaged();
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-home-'));
  const tools = path.join(folder, 'tools');
  mkdirSync(tools);
  const list = path.join(folder, 'opened');
  for (const tool of ['xdg-open', 'gio', 'kde-open', 'xdg-email']) {
    writeFileSync(path.join(tools, tool), `#!/bin/sh\nprintf '%s\\n' "$*" >> "${list}"\n`);
    chmodSync(path.join(tools, tool), 0o755);
  }
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  return {
    folder,
    opened: () => (existsSync(list) ? readFileSync(list, 'utf8').split('\n').filter(Boolean) : []),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type Program = {
  readonly child: ChildProcess;
  /** Both streams so far. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
};

type Start = {
  readonly home: Home;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the build; the released one. */
  readonly build?: string;
};

export function start({ home, args = [], env = {}, build = packaged().released }: Start): Program {
  const { display, user } = packaged();
  const child = spawn(path.join(build, 'relayready'), args, {
    ...user,
    cwd: home.folder,
    env: {
      PATH: `${path.join(home.folder, 'tools')}:/usr/bin:/bin`,
      HOME: home.folder,
      RELAYREADY_DATA: path.join(home.folder, 'data'),
      DISPLAY: display,
      LANG: 'C.UTF-8',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return {
    child,
    output: () => text,
    ended,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks until it is so. @throws Error with `what` when it never is */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined> | T | null | undefined,
): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export type Driven = Program & { readonly page: Page; readonly browser: Browser };

/** The build that may be driven, and its page. */
export async function drive(home: Home, args: readonly string[] = ['--practice']): Promise<Driven> {
  const program = start({ home, build: packaged().inspectable, args: ['--remote-debugging-port=0', ...args] });
  const address = await until(`the inspector of the program; it said: ${program.output()}`, () => {
    if (program.child.exitCode !== null) throw new Error(`the program ended: ${program.output()}`);
    return /ws:\/\/127\.0\.0\.1:\d+\/\S+/.exec(program.output())?.[0];
  });
  const browser = await chromium.connectOverCDP(address);
  const page = await until('the page', () =>
    browser
      .contexts()[0]
      ?.pages()
      .find((open) => open.url().startsWith('app:')),
  );
  await page.waitForLoadState();
  return { ...program, page, browser };
}

/** Ids of the processes of one program with this word on their command line. */
export const processesOf = (program: string, word: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => commandLine(pid).startsWith(program) && commandLine(pid).includes(word));

/** Words separated by NUL; empty for a process that is gone. */
export function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
