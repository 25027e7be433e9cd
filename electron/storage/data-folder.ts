/** Where RelayReady keeps set-ups, outcomes and its journal on this computer. */
import os from 'node:os';
import path from 'node:path';

/** `RELAYREADY_DATA`, else the place the system has for it. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const own = env['RELAYREADY_DATA'];
  if (own) return path.resolve(own);
  const home = os.homedir();
  if (platform === 'win32') return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'RelayReady');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'RelayReady');
  return path.join(env['XDG_DATA_HOME'] || path.join(home, '.local', 'share'), 'relayready');
}
