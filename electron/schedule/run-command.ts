/** Runs a tool of the system without a shell, with a deadline; what it says is cut short and cleaned. */
import { execFile } from 'node:child_process';

export type Ran = {
  /** Null when it was ended from outside or never began. */
  readonly code: number | null;
  readonly output: string;
  /** There is no such tool. */
  readonly missing: boolean;
};

export type RunTool = (
  file: string,
  args: readonly string[],
  options: { readonly signal: AbortSignal; readonly env?: Readonly<Record<string, string>> },
) => Promise<Ran>;

const TOOL_MS = 20_000;
const MOST_BYTES = 1024 * 1024;

/** @param deadlineMs after which it is ended; then it gave no answer */
export const toolRunner =
  (deadlineMs = TOOL_MS): RunTool =>
  (file, args, { signal, env = {} }) =>
    new Promise((resolve, reject) => {
      const options = {
        signal,
        timeout: deadlineMs,
        killSignal: 'SIGKILL' as const,
        maxBuffer: MOST_BYTES,
        windowsHide: true,
        env: { ...process.env, ...env, LC_ALL: 'C.UTF-8' },
      };
      const done = (error: Error | null, stdout: string, stderr: string): void => {
        if (signal.aborted) return reject(signal.reason as Error);
        const code: unknown = error === null ? 0 : (error as { code?: unknown }).code;
        resolve({
          code: typeof code === 'number' ? code : null,
          output: `${stdout}\n${stderr}`.trim(),
          missing: code === 'ENOENT',
        });
      };
      execFile(file, [...args], options, done).stdin?.end();
    });

export const runTool = toolRunner();

/** The first lines of an answer, fit to be shown. */
export const shortAnswer = ({ output }: Ran): string =>
  output
    .slice(0, 400)
    .replaceAll(/\p{C}+/gu, ' ')
    .trim();
