/** Builds dist/: core and electron as plain compiler output (checks are found by scanning their folder), the page as one bundle. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { markBuilt, root, sourceHash } from './set-up.mjs';
import { writeSupplyChain } from './supply-chain.mjs';

const hash = sourceHash();
// A file deleted from the sources must not live on in dist/, where the folder scans would still find it.
rmSync(path.join(root, 'dist'), { recursive: true, force: true });
for (const script of [
  ['node_modules/typescript/bin/tsc', '-b', 'core', 'electron'],
  ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
]) {
  const result = spawnSync(process.execPath, script, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}
writeSupplyChain(path.join(root, 'dist'));
markBuilt(hash);
