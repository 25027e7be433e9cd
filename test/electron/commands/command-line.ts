/** Runs the program's command line as people do, with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

export type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string };
export type RunOptions = {
  readonly dataFolder: string;
  /** Called with the address to sign in at. */
  readonly signIn?: (url: string) => Promise<void>;
  readonly onStart?: (child: ChildProcess) => void;
};

export function relayready(args: readonly string[], { dataFolder, signIn, onStart }: RunOptions): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(root, 'bin/relayready.mjs'), ...args], {
    env: { ...process.env, RELAYREADY_DATA: dataFolder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart?.(child);
  let stdout = '';
  let stderr = '';
  let asked = false;
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    const url = /^Open this address to sign in: (\S+)$/m.exec(stderr)?.[1];
    if (url === undefined || asked) return;
    asked = true;
    // A page that went away shows as the command's own failure.
    signIn?.(url).catch(() => undefined);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
