/** The packaged program with its page, a server nobody may reach, and the modules of its archive. */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type * as OpenLink from '../../electron/open-link.ts';
import type * as Rules from '../../electron/window-rules.ts';
import { unpack } from '../package/contents.ts';
import { commandLine, drive, newHome, packaged, processesOf } from './program.ts';

export type Trial = Awaited<ReturnType<typeof beginTrial>>;

export async function beginTrial() {
  const hits: string[] = [];
  const worlds: string[] = [];
  const requests: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*').end('x');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const home = newHome();
  const program = await drive(home);
  const session = await program.page.context().newCDPSession(program.page);
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context.name));
  await session.send('Runtime.enable');
  program.page.on('request', (request) => requests.push(request.url()));
  const inside = mkdtempSync(path.join(tmpdir(), 'relayready-inside-'));
  unpack(path.join(packaged().released, 'resources/app.asar'), inside);
  const load = (name: string) => import(pathToFileURL(path.join(inside, 'dist/electron', `${name}.js`)).href);

  /** As the page's own code after a click. */
  const inPage = async <T>(code: string): Promise<T> => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression: `(async () => { ${code} })()`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
      allowUnsafeEvalBlockedByCSP: false,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  };

  return {
    hits,
    worlds,
    requests,
    home,
    program,
    session,
    /** Folder with the files of the released archive. */
    inside,
    /** The very modules of the archive. */
    rules: (await load('window-rules')) as typeof Rules,
    links: (await load('open-link')) as typeof OpenLink,
    trap: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inPage,
    /** Tries things in the page; nothing of it may reach the trap, leave the page or open another. */
    inVain: async (code: string): Promise<void> => {
      await inPage(`${code}; await new Promise((done) => setTimeout(done, 300));`);
      expect(program.page.url().replace(/#.*$/, '')).toBe('app://wizard/');
      expect(program.browser.contexts().flatMap((context) => context.pages()).length).toBe(1);
      expect(hits).toEqual([]);
    },
    /** Works with the page's policy set aside: what is left are the other locks. */
    withoutPolicy: async <T>(code: string): Promise<T> => {
      await session.send('Page.setBypassCSP', { enabled: true });
      await program.page.reload();
      try {
        return await inPage<T>(code);
      } finally {
        await session.send('Page.setBypassCSP', { enabled: false });
        await program.page.reload();
      }
    },
    /** Command line of the page's process. */
    renderer: (): string =>
      commandLine(processesOf(path.join(packaged().inspectable, 'relayready'), '--type=renderer')[0] ?? ''),
    end: async (): Promise<void> => {
      await program.stop();
      server.close();
      home.remove();
      rmSync(inside, { recursive: true, force: true });
    },
  };
}
