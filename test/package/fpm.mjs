#!/usr/bin/env node
/**
 * Stands in for fpm where that cannot be had: electron-builder calls it with fpm's own options (CUSTOM_FPM_PATH) and gets a deb, put together
 * by dpkg-deb. Only what electron-builder asks for is understood; anything else ends it.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...text, short: 's' },
    t: { ...text, short: 't' },
    d: { ...text, short: 'd', multiple: true },
    force: { type: 'boolean' },
    architecture: text,
    'after-install': text,
    'after-remove': text,
    description: text,
    version: text,
    package: text,
    name: text,
    maintainer: text,
    vendor: text,
    url: text,
    category: text,
    license: text,
    'deb-priority': text,
    'deb-compression': text,
    'deb-recommends': { ...text, multiple: true },
  },
});
const given = (name) => String(values[name] ?? '');
if (values.s !== 'dir' || values.t !== 'deb') throw new Error('only debs are made here');

const work = mkdtempSync(path.join(tmpdir(), 'relayready-deb-'));
try {
  const root = path.join(work, 'root');
  for (const pair of positionals) {
    const [from, to] = pair.split('=');
    const target = path.join(root, to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  }
  const control = path.join(root, 'DEBIAN');
  mkdirSync(control);
  const [synopsis = '', ...long] = (values.description ?? '').split('\n');
  const size = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
  writeFileSync(
    path.join(control, 'control'),
    [
      `Package: ${given('name')}`,
      `Version: ${given('version')}`,
      `Architecture: ${given('architecture')}`,
      `Maintainer: ${given('maintainer')}`,
      `Homepage: ${given('url')}`,
      `Priority: ${given('deb-priority') || 'optional'}`,
      ...(values.category ? [`Section: ${given('category')}`] : []),
      `Installed-Size: ${Math.ceil(size / 1024)}`,
      ...(values.d ? [`Depends: ${values.d.join(', ')}`] : []),
      `Description: ${synopsis}`,
      ...long.map((line) => ` ${line.trim() || '.'}`),
      '',
    ].join('\n'),
  );
  for (const [option, file] of [
    ['after-install', 'postinst'],
    ['after-remove', 'postrm'],
  ]) {
    if (!values[option]) continue;
    writeFileSync(path.join(control, file), readFileSync(values[option]));
    chmodSync(path.join(control, file), 0o755);
  }
  // Weakly packed: this one is made to be unpacked again at once.
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', root, values.package], {
    stdio: 'inherit',
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}
