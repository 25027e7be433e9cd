/** Loads every module of an unpacked program and looks up every package it names; prints what is missing. Runs as a file in its folder. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const folder = path.dirname(fileURLToPath(import.meta.url));
const modules = ['core', 'electron'].flatMap((part) =>
  readdirSync(path.join(folder, 'dist', part), { recursive: true })
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(folder, 'dist', part, name)),
);
let loaded = 0;
const packages = new Set();
for (const file of modules) {
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'([@\w][\w@/:.-]*)'/g))
    packages.add(name);
  // They start something, or need the window's runtime.
  if (/electron\/(main|entry)\.js$/.test(file)) continue;
  try {
    await import(pathToFileURL(file).href);
    loaded += 1;
  } catch (error) {
    console.log(`${path.relative(folder, file)}: ${error.message}`);
  }
}
for (const name of packages) {
  if (name.startsWith('node:') || name === 'electron') continue;
  try {
    import.meta.resolve(name);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}
console.log(`${loaded} modules`);
process.exit();
