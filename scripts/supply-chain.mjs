/** What ships besides our own code: the packages of the programs and of the page, as a list for auditors (CycloneDX) and with their licences for people. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './set-up.mjs';

const read = (...names) => readFileSync(path.join(root, ...names), 'utf8');
const manifest = JSON.parse(read('package.json'));
const { packages } = JSON.parse(read('package-lock.json'));

/** Development packages that are bundled into the page, and the window's runtime. */
const BUNDLED = ['@base-ui/react', 'electron', 'react', 'react-dom', 'zustand'];
/** The runtime's npm package only fetches it; what it needs for that does not ship. */
const ALONE = new Set(['electron']);

/** Where Node finds a package from a place, as the lockfile writes places. */
function placeOf(name, from) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return null;
  }
}

/** Places of all packages that ship, sorted. */
function shipped() {
  const found = new Set();
  const add = (name, from) => {
    const place = placeOf(name, from);
    if (place === null || found.has(place)) return;
    found.add(place);
    if (ALONE.has(name)) return;
    for (const next of Object.keys(packages[place].dependencies ?? {})) add(next, place);
  };
  for (const name of [...Object.keys(manifest.dependencies), ...BUNDLED]) add(name, '');
  return [...found].sort((one, other) => (one < other ? -1 : 1));
}

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
const linkOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** CycloneDX 1.5; the same sources give the same file. */
export function billOfMaterials() {
  const link = linkOf(manifest.name, manifest.version);
  const components = shipped().map((place) => {
    const { version, license, integrity } = packages[place];
    const name = nameOf(place);
    const [, kind, value] = /^(sha\d+)-(.*)$/.exec(integrity);
    return {
      type: name === 'electron' ? 'framework' : 'library',
      'bom-ref': `${linkOf(name, version)}#${place}`,
      name,
      version,
      purl: linkOf(name, version),
      licenses: [/ (OR|AND) /.test(license) ? { expression: license } : { license: { id: license } }],
      hashes: [{ alg: kind.replace('sha', 'SHA-'), content: Buffer.from(value, 'base64').toString('hex') }],
    };
  });
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': link,
        name: manifest.name,
        version: manifest.version,
        purl: link,
        licenses: [{ license: { id: manifest.license } }],
      },
    },
    components,
  };
}

/** Every package with its licence in full. */
export function notices() {
  const parts = shipped().map((place) => {
    const { version, license } = packages[place];
    const folder = path.join(root, place);
    const files = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(file))
      .sort();
    const { author } = JSON.parse(read(place, 'package.json'));
    const by = typeof author === 'object' ? author?.name : author;
    const texts = files.map((file) => read(place, file).replaceAll('\r\n', '\n').trim());
    return [
      `${nameOf(place)} ${version}  (${license})`,
      '-'.repeat(78),
      ...(texts.length > 0 ? texts : [`${by ? `Copyright ${by}. ` : ''}Licensed under ${license}.`]),
    ].join('\n');
  });
  return `${[
    'RelayReady is made with these packages. Each belongs to its authors, under its own licence.',
    'The licences of Electron’s own parts (Chromium, Node.js and others) lie beside the program: LICENSES.chromium.html.',
    ...parts,
  ].join('\n\n\n')}\n`;
}

/** Both files, into the folder of the build. */
export function writeSupplyChain(folder) {
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
  writeFileSync(path.join(folder, 'third-party-notices.txt'), notices());
}
