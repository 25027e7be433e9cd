/** `npm start`: the wizard in its window, else in the browser, else its address on the terminal. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root, setUp } from './set-up.mjs';

const practice = process.argv.includes('--practice');
const say = (text) => process.stderr.write(`${text}\n`);
setUp();

const electron = path.join(root, 'node_modules', 'electron');
const name = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron';
const binary = path.join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(electron, 'dist'), name);
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);

/** Why the window cannot be had, or null. */
function whyNoWindow() {
  if (!display) return 'There is no display here';
  if (process.platform === 'linux' && process.getuid() === 0)
    return 'The window does not run as root (its sandbox would be off)';
  if (existsSync(binary)) return null;
  say('Getting the window’s runtime (Electron)…');
  const got = spawnSync(process.execPath, [path.join(electron, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  return got.status === 0 && existsSync(binary) ? null : 'The window’s runtime (Electron) cannot be had here';
}

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

const why = whyNoWindow();
if (why === null) run(binary, [root, ...(practice ? ['--practice'] : [])]);
else {
  say(
    display
      ? `${why}; opening the same wizard in your browser.`
      : `${why}; open this address in a browser on this computer, or use the command line: npx relayready --help`,
  );
  const args = [path.join(root, 'bin', 'relayready.mjs'), 'serve'];
  if (practice) args.push('--practice');
  if (display) args.push('--open');
  run(process.execPath, args);
}
