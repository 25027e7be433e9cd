/** Opens an https or loopback address in the system's browser. */
import { spawn } from 'node:child_process';

/** @throws Error when there is no browser to open it with */
export async function openBrowser(url: string): Promise<void> {
  const { href, protocol, hostname } = new URL(url);
  const loopback = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) throw new Error('not a web address');
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', href]
      : process.platform === 'win32'
        ? // Not `start`: cmd would read & and ^ in the address.
          ['rundll32', 'url.dll,FileProtocolHandler', href]
        : ['xdg-open', href];
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`exit ${code}`))));
    // A browser that stays in the foreground has opened.
    const timer = setTimeout(resolve, 3000);
    timer.unref();
    child.unref();
  });
}
