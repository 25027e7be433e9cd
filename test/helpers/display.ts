/** A virtual display of our own for windows in tests; `-displayfd` lets the server pick a free number and say when it is ready. */
import { spawn } from 'node:child_process';

export type Display = { readonly name: string; readonly stop: () => void };

/** @param user whose it is, where that is not us */
export async function startDisplay(user: { readonly uid?: number; readonly gid?: number } = {}): Promise<Display> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    ...user,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
  });
  return { name: `:${number}`, stop: () => void server.kill() };
}
