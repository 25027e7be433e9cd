/** The log of our own bugs: a small local file, secrets removed, never sent anywhere. */
import { appendFile, mkdir, readFile, stat, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { redact as redactText } from '../core/redact.ts';

const FILE = 'relayready.log';
const LIMIT_BYTES = 1024 * 1024;

/** Secrets, people's addresses and the home folder's name go. */
export const redact = (text: string): string => redactText(text).replaceAll(os.homedir(), '~');

const TAIL_CHARACTERS = 8000;

/** The latest of what was written down; empty when there is nothing. */
export const logTail = async (folder: string): Promise<string> => {
  const text = await readFile(path.join(folder, FILE), 'utf8').catch(() => '');
  return text.slice(-TAIL_CHARACTERS);
};

/** Writes a bug down and returns the path of the log. */
export async function logBug(folder: string, error: unknown): Promise<string> {
  const file = path.join(folder, FILE);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (((await stat(file).catch(() => null))?.size ?? 0) > LIMIT_BYTES) await truncate(file, 0);
    await appendFile(file, `${new Date().toISOString()} ${redact(text)}\n`, { mode: 0o600 });
  } catch {
    // The log is a convenience; a full disk must not hide the bug itself.
  }
  return file;
}
