/** `docs/faults.md` tells the truth: every row points at a test file that is there and holds the words of its test. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rows = readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]-\d\d /.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', what = '', file = '', words = '']) => ({ id, what, file: file.replaceAll('`', ''), words }));

it('every row of docs/faults.md points at a test', () => {
  const wrong = rows.filter(({ what, file, words }) => {
    const at = path.join(root, 'test', file);
    if (what === '' || words === '' || !existsSync(at)) return true;
    return !readFileSync(at, 'utf8').includes(words);
  });
  expect(wrong.map(({ id, file, words }) => `${id}: ${file} has no "${words}"`)).toEqual([]);
});
