/** Runs a program of the system and waits for its end without standing in the way of the servers of the test. */
import { spawn } from 'node:child_process';

export type Apart = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type ApartOptions = {
  readonly cwd?: string;
  readonly env: NodeJS.ProcessEnv;
  /** Typed once it has asked. */
  readonly answer?: { readonly to: string; readonly typed: string };
};

export function runApart(file: string, args: readonly string[], { answer, ...options }: ApartOptions): Promise<Apart> {
  const child = spawn(file, args, { ...options, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  let asked = answer;
  if (!asked) child.stdin.end();
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
    if (!asked || !said.stdout.includes(asked.to)) return;
    child.stdin.write(asked.typed);
    asked = undefined;
  });
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      child.stdin.destroy();
      resolve({ code, ...said });
    }),
  );
}
