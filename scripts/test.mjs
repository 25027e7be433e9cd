/** `npm test`: brings the checkout up to date, then runs everything `npm run check` runs. */
import { spawnSync } from 'node:child_process';
import { root, setUp } from './set-up.mjs';

setUp();
const result = spawnSync('npm', ['run', '--silent', 'check'], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exit(result.status ?? 1);
