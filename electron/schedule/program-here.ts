/** How the program that runs now is started again by a scheduler: Node and the command, or the packaged window in its command mode. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Program } from '../../core/schedule/schedule.ts';

/** Two folders further up once it is built (`dist/electron/schedule/`). */
const root = [new URL('../../../', import.meta.url), new URL('../../', import.meta.url)]
  .map((url) => path.resolve(fileURLToPath(url)))
  .find((folder) => existsSync(path.join(folder, 'package.json')));

export function programHere(env: NodeJS.ProcessEnv = process.env): Program {
  if (process.versions['electron'] === undefined)
    return {
      file: process.execPath,
      args: [path.join(root ?? process.cwd(), 'bin', 'relayready.mjs')],
      packaged: false,
    };
  // What an AppImage and a portable Windows program unpack is gone when they end; the file itself stays.
  const file = env['APPIMAGE'] ?? env['PORTABLE_EXECUTABLE_FILE'] ?? process.execPath;
  const fromSource = !(root ?? '').includes('app.asar');
  // As `assets/installation/relayready` starts it: a command loads no page, and needs neither display nor sandbox (decision 0027).
  const switches = process.platform === 'linux' ? ['--no-sandbox', '--no-zygote', '--log-level=3'] : [];
  const source = fromSource && root !== undefined ? [root] : [];
  return { file, args: [...switches, ...source, '--'], packaged: true };
}
