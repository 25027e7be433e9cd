/** `npm run package`: builds, then packages; with RELAYREADY_RELEASE only what can be signed, and with signed news of the version. */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { releaseOptions, systemsOf, whatIsMissing } from './release-settings.mjs';
import { root } from './set-up.mjs';
import { signUpdates } from './sign-updates.mjs';

const words = process.argv.slice(2);
const systems = systemsOf(words, process.platform);
const release = Boolean(process.env.RELAYREADY_RELEASE);

if (release) {
  const missing = whatIsMissing(process.env, systems);
  if (missing.length > 0) {
    process.stderr.write(
      [
        'This release is not made: what people install has to be signed. These settings are missing:',
        ...missing.map((line) => `  ${line}`),
        'docs/releasing.md says what each is. A package to try out needs none: leave RELAYREADY_RELEASE away.',
        '',
      ].join('\n'),
    );
    process.exit(1);
  }
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
run(path.join(root, 'scripts', 'build.mjs'), []);
run(fileURLToPath(import.meta.resolve('electron-builder/cli.js')), [
  ...words,
  ...(release ? releaseOptions(process.env, systems) : []),
]);
// What is in the packages, for auditors.
copyFileSync(path.join(root, 'dist', 'sbom.cdx.json'), path.join(root, 'release', 'sbom.cdx.json'));
if (release) signUpdates(path.join(root, 'release'), process.env);
