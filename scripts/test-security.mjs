/** `npm run test:security`: every security test, with the large case counts, and a summary of their figures at the end. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root, setUp } from './set-up.mjs';

/** What a test's line begins with → how the summary adds up several of them. */
const FIGURES = {
  checklist: 'last',
  fuses: 'last',
  'loopback attacks': 'last',
  'fuzz cases': 'sum',
  'torture runs': 'sum',
  'fault rows': 'last',
};
const begins = new RegExp(`console\\.log\\(\\s*[\`'](?:${Object.keys(FIGURES).join('|')})`);

setUp();
const files = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((file) => path.posix.join('test', file.replaceAll(path.sep, '/')))
  .filter((file) => file.endsWith('.ts') && begins.test(readFileSync(path.join(root, file), 'utf8')));
// A figure printed by a helper is its neighbour tests' figure.
const filters = [
  ...new Set([...files.map((f) => (f.endsWith('.test.ts') ? f : path.posix.dirname(f))), 'test/packaged']),
];

const child = spawn(
  process.execPath,
  [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit', '--project', 'packaged', ...filters],
  {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { FUZZ_CASES: '100000', HOSTILE_LINKS: '100000', ...process.env },
  },
);
let output = '';
child.stdout.on('data', (chunk) => {
  output += chunk;
  process.stdout.write(chunk);
});
child.on('close', (code) => {
  // eslint-disable-next-line no-control-regex
  const lines = output.replaceAll(/\u001b\[[\d;]*m/g, '').split('\n');
  console.log('\nSecurity figures');
  for (const [name, way] of Object.entries(FIGURES)) {
    const said = lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    const sum = said.reduce((total, text) => total + (Number.parseInt(text, 10) || 0), 0);
    console.log(`${name}: ${said.length === 0 ? 'not told' : way === 'sum' ? sum : said.at(-1)}`);
  }
  const why = lines.find((line) => line.startsWith('The packaged program is not tested: '));
  if (why) console.log(why);
  process.exit(code ?? 1);
});
