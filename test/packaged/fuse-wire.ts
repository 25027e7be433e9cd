/** The fuses of Electron as they lie in a built program. */
import { readFileSync } from 'node:fs';

/** In the order of the wire (Electron, docs/tutorial/fuses.md), each with what it has to be and the word of electron-builder for it. */
export const FUSES: readonly (readonly [name: string, on: boolean, option: string | null])[] = [
  ['RunAsNode', false, 'runAsNode'],
  ['EnableCookieEncryption', true, 'enableCookieEncryption'],
  ['EnableNodeOptionsEnvironmentVariable', false, 'enableNodeOptionsEnvironmentVariable'],
  ['EnableNodeCliInspectArguments', false, 'enableNodeCliInspectArguments'],
  ['EnableEmbeddedAsarIntegrityValidation', true, 'enableEmbeddedAsarIntegrityValidation'],
  ['OnlyLoadAppFromAsar', true, 'onlyLoadAppFromAsar'],
  ['LoadBrowserProcessSpecificV8Snapshot', false, 'loadBrowserProcessSpecificV8Snapshot'],
  ['GrantFileProtocolExtraPrivileges', false, 'grantFileProtocolExtraPrivileges'],
  // On by default, and electron-builder 26 has no word for it: it stays as Electron ships it.
  ['WasmTrapHandlers', true, null],
];
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** After the sentinel: version, number of fuses, one character each: 0 off, 1 on, r removed. */
export function readWire(file: string): { readonly version: number; readonly fuses: string } {
  const program = readFileSync(file);
  const at = program.indexOf(SENTINEL);
  if (at < 0) throw new Error('no fuse wire in this program');
  const start = at + SENTINEL.length;
  const length = program[start + 1] ?? 0;
  return { version: program[start] ?? 0, fuses: program.subarray(start + 2, start + 2 + length).toString('latin1') };
}
