/** `docs/faults.md` tells the truth: every fault has a row, every row a test that is there and runs, or a written reason why not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';
import { afterAll, expect, it } from 'vitest';

/** How many faults each letter has; a list of its own, so that a row taken out of the page is missed. */
const FAULTS = { D: 28, H: 21, A: 22, X: 25, S: 30, C: 11, W: 11, P: 23 } as const;
/** Of them need a test of their own. */
const FEWEST_TESTED = 165;
const ids = Object.entries(FAULTS).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, at) => `${letter}-${String(at + 1).padStart(2, '0')}`),
);

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(path.join(root, 'docs/faults.md'), 'utf8').split('\n');
const rows = page
  .filter((line) => /^\| [A-Z]-\d\d /.test(line))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .map(([, id = '', what = '', file = '', words = '']) => ({ id, what, file: file.replaceAll('`', ''), words }));
/** Below the tables: `- H-06, H-07: why`. */
const reasons = page.flatMap((line) => {
  const [, names = '', why = ''] = /^- ((?:[A-Z]-\d\d(?:, )?)+): (.+)$/.exec(line) ?? [];
  return names === '' ? [] : names.split(', ').map((id) => ({ id, why }));
});

/** The source without its comments: words there run nothing. */
const codes = new Map<string, string>();
function codeOf(file: string): string {
  const known = codes.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, 'utf8');
  let code = text;
  for (const { start, end } of parseSync(file, text).comments)
    code = code.slice(0, start) + ' '.repeat(end - start) + code.slice(end);
  codes.set(file, code);
  return code;
}
/** Test files beside a file of rows that take it in. */
const runners = (file: string): readonly string[] =>
  readdirSync(path.dirname(file))
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.join(path.dirname(file), name))
    .filter((test) => codeOf(test).includes(`./${path.basename(file)}'`));

/** @returns what is wrong with where a row points, or null */
function wrongIn({ what, file, words }: (typeof rows)[number]): string | null {
  const at = path.join(root, 'test', file);
  if (what === '' || words === '') return 'says nothing';
  if (!existsSync(at)) return `${file} is not there`;
  if (!/\.test\.tsx?$/.test(file) && runners(at).length === 0) return `no test takes ${file} in`;
  return codeOf(at).includes(words) ? null : `${file} has no "${words}"`;
}

const tested = new Set(rows.filter((row) => wrongIn(row) === null).map(({ id }) => id));
const mapped = new Set([...tested, ...reasons.map(({ id }) => id)]);
afterAll(() => {
  const count = (known: ReadonlySet<string>) => ids.filter((id) => known.has(id)).length;
  console.log(`fault rows: mapped ${count(mapped)} of ${ids.length}, with a test ${count(tested)}`);
});

it('these are 171 faults', () => expect(ids).toHaveLength(171));

it('every row of docs/faults.md points at a test', () => {
  const wrong = rows.flatMap((row) => {
    const why = wrongIn(row);
    return why === null ? [] : [`${row.id}: ${why}`];
  });
  expect(wrong).toEqual([]);
});

it('every fault has a test, or a reason why none can be had', () => {
  expect(ids.filter((id) => !mapped.has(id))).toEqual([]);
  expect(reasons.filter(({ why }) => why.length < 60)).toEqual([]);
  expect([...rows, ...reasons].filter(({ id }) => !ids.includes(id))).toEqual([]);
});

it('reasons are few, and none stands beside a test', () => {
  expect(ids.filter((id) => tested.has(id)).length).toBeGreaterThanOrEqual(FEWEST_TESTED);
  expect(reasons.filter(({ id }) => tested.has(id))).toEqual([]);
});
