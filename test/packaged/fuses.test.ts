/** The fuses of the built program, read back from its bytes, and the archive they are to guard. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { FUSES, readWire } from './fuse-wire.ts';
import { packaged } from './program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const missing = inject('packagedMissing');

const config = parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as {
  electronFuses: Record<string, boolean>;
};

it('every fuse electron-builder can set is set, to what it has to be', () => {
  const wanted = Object.fromEntries(FUSES.flatMap(([, on, option]) => (option === null ? [] : [[option, on]])));
  expect(config.electronFuses).toEqual(wanted);
});

it('no release is built to be driven', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(JSON.stringify([manifest, config])).not.toContain('inspectable');
});

describe.skipIf(missing !== '')(`in the packaged program${missing === '' ? '' : `: ${missing}`}`, () => {
  it('the wire says the same, fuse by fuse', () => {
    const { released, electronVersion } = packaged();
    const { version, fuses } = readWire(path.join(released, 'relayready'));
    expect(version).toBe(1);
    const held = FUSES.filter(([, on], at) => fuses[at] === (on ? '1' : '0')).map(([name]) => name);
    const known = FUSES.slice(0, fuses.length).map(([name]) => name);
    console.log(
      `fuses: ${held.length}/${FUSES.length}${
        fuses.length < FUSES.length
          ? ` (the wire of Electron ${electronVersion} has ${fuses.length}; ${FUSES.slice(fuses.length)
              .map(([name]) => name)
              .join()} came later, and is on unless it is taken out)`
          : ''
      }`,
    );
    expect(held).toEqual(known);
    // A fuse of a later Electron has to be decided on before it ships.
    expect(fuses.length).toBeLessThanOrEqual(FUSES.length);
  });
});
