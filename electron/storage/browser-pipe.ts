/** A browser without a window, driven over a pipe (Chrome DevTools Protocol), so that no port is opened and no page is written to disk. */
import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

type Answer = {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
};

function readAnswer(bytes: Buffer): Answer | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

export type BrowserPipe = {
  /** @throws Error when the browser refuses, or is gone */
  readonly ask: (
    method: string,
    params: Readonly<Record<string, unknown>>,
    session?: string,
  ) => Promise<Readonly<Record<string, unknown>>>;
  readonly close: () => Promise<void>;
};

/** Time to close by itself before it is ended. */
const CLOSING_MS = 3000;

/** @param profile an empty folder of its own. Aborting the signal ends the browser. */
export function openBrowserPipe(browser: string, profile: string, signal: AbortSignal): BrowserPipe {
  const child = spawn(
    browser,
    [
      '--headless',
      '--remote-debugging-pipe',
      '--no-startup-window',
      `--user-data-dir=${profile}`,
      '--disable-gpu',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-breakpad',
      '--disable-dev-shm-usage',
      '--password-store=basic',
      '--use-mock-keychain',
      '--host-resolver-rules=MAP * ~NOTFOUND',
      // Chromium's sandbox refuses to run as root; the page is our own, without scripts or network.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], windowsHide: true },
  );
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let complaints = '';
  let gone: Error | null = null;
  const end = (error: Error): void => {
    gone ??= error;
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      end(error);
      resolve();
    });
    child.once('exit', (code) => {
      end(new Error(`the browser ended (${code ?? 'killed'}) ${complaints.trim().split('\n').at(-1) ?? ''}`.trim()));
      resolve();
    });
  });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  child.stderr?.on('data', (chunk: Buffer) => (complaints = `${complaints}${chunk.toString()}`.slice(-2000)));
  const input = child.stdio[3] as Writable;
  const output = child.stdio[4] as Readable;
  // A browser that went away shows as its exit.
  for (const stream of [input, output]) stream.on('error', () => undefined);
  let parts: Buffer[] = [];
  output.on('data', (chunk: Buffer) => {
    let rest = chunk;
    for (let at = rest.indexOf(0); at >= 0; at = rest.indexOf(0)) {
      const answer = readAnswer(Buffer.concat([...parts, rest.subarray(0, at)]));
      parts = [];
      rest = rest.subarray(at + 1);
      if (answer === null) {
        end(new Error('it does not answer like a browser'));
        kill();
        return;
      }
      const asked = answer.id === undefined ? undefined : waiting.get(answer.id);
      if (answer.id !== undefined) waiting.delete(answer.id);
      if (answer.error) asked?.reject(new Error(answer.error.message));
      else asked?.resolve(answer);
    }
    parts.push(rest);
  });
  let count = 0;
  const ask: BrowserPipe['ask'] = async (method, params, session) => {
    if (gone) throw gone;
    count += 1;
    const id = count;
    const answer = new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject }));
    input.write(`${JSON.stringify({ id, method, params, ...(session ? { sessionId: session } : {}) })}\0`);
    return (await answer).result ?? {};
  };
  return {
    ask,
    close: async () => {
      const timer = setTimeout(kill, CLOSING_MS);
      ask('Browser.close', {}).catch(kill);
      await ended;
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    },
  };
}
