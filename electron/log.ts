/** The log of our own bugs: a small local file, secrets removed, never sent anywhere. */
import { appendFile, mkdir, stat, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const LIMIT_BYTES = 1024 * 1024;

/** Takes tokens, codes and passwords out of a text, and shortens addresses of people and the home folder. */
export function redact(text: string): string {
  return text
    .replaceAll(/eyJ[\w-]{5,}\.[\w-]*\.?[\w-]*/g, '[token]')
    .replaceAll(
      /\b(code|state|client_info|device_code|user_code|refresh_token|access_token|id_token|code_verifier|assertion|password|secret)(["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi,
      '$1$2[removed]',
    )
    .replaceAll(/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [removed]')
    .replaceAll(/\bAUTH\s+(PLAIN|LOGIN|XOAUTH2)\b.*/gi, 'AUTH $1 [removed]')
    .replaceAll(/[\w.+-]+@([\w-]+\.[\w.-]+)/g, '…@$1')
    .replaceAll(os.homedir(), '~');
}

/** Writes a bug down and returns the path of the log. */
export async function logBug(folder: string, error: unknown): Promise<string> {
  const file = path.join(folder, 'relayready.log');
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
