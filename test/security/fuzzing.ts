/** Runs one target on hostile input, many times from one seed: no crash, no hang, bounded memory, and only errors that are meant. */
import fc from 'fast-check';
import { isAppError, type ErrorCode } from '../../core/errors.ts';
import { afterAll, expect, it } from 'vitest';

/** Cases of each target; the long run is `FUZZ_CASES=100000 npx vitest run --project unit test/security/fuzz.test.ts`. */
const LONG = process.env['FUZZ_CASES'];
const CASES = Number(LONG ?? 6000);
/** The same at every run; a long one takes another each time, unless it is given one. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (LONG === undefined ? 20_261_125 : Date.now() % 2 ** 31));
/** One case longer than this hangs; a busy computer may take a while. */
const LONGEST_MS = 5000;
/** A target may keep no more than this when all its cases are over. */
const MOST_KEPT_BYTES = 256 * 1024 * 1024;

let cases = 0;
let targets = 0;
afterAll(() => console.log(`fuzz cases: ${cases} in ${targets} targets, seed ${SEED}`));

type Options = {
  /** A target that needs a server or a disk gets so many times fewer, in a short run and in a long one. */
  readonly fewer?: readonly [short: number, long: number];
};
/** What once went wrong, tried first at every run. */
type Examples<T> = { readonly examples?: readonly T[] };

/** @param check throws what it does not like; the failing input is made as small as can be and printed */
export function fuzz<T>(
  name: string,
  input: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
  { fewer: [short, long] = [1, 1], examples = [] }: Options & Examples<T> = {},
): void {
  const runs = Math.max(50, Math.ceil(CASES / (LONG === undefined ? short : long)));
  it(
    `${name}: ${runs} cases`,
    async () => {
      targets += 1;
      const before = process.memoryUsage().heapUsed;
      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          cases += 1;
          const begun = performance.now();
          await check(value);
          const took = performance.now() - begun;
          if (took > LONGEST_MS) throw new Error(`took ${Math.round(took)} ms`);
        }),
        { numRuns: runs, seed: SEED, examples: examples.map((one): [T] => [one]) },
      );
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_KEPT_BYTES);
    },
    // Two milliseconds a case on a busy computer, and a minute to spare.
    60_000 + runs * 20,
  );
}

/** What breaks readers: ends, quotes, escapes, numbers at their limits, keys that reach into objects, turned writing. */
const PIECES = [
  '',
  ' ',
  '\0',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\u001b[2J',
  '\u009b31m',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ud800',
  '"',
  "'",
  '`',
  '\\',
  '\\u0000',
  '<',
  '>',
  '</script><script>',
  '<!--',
  '&#0;',
  '=1+1',
  '+cmd|',
  '-2',
  '@SUM(',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ';',
  '%00',
  '%s',
  '{x}',
  '../',
  '..\\',
  'C:',
  '__proto__',
  'constructor',
  'null',
  'true',
  '-0',
  '1e999',
  '9007199254740993',
  'NaN',
  'ſ',
  'İ',
  'é',
  '💥',
  '0x7f.1',
  '::1',
  '127.0.0.1',
  'x'.repeat(300),
  '['.repeat(200),
];
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

/** Text of hostile pieces, with the words of a grammar between them. */
export const hostileText = (...words: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(words.length === 0 ? piece : fc.oneof(piece, fc.constantFrom(...words)), { maxLength: 14 })
    .map((parts) => parts.join(''));

/** A good text with something taken out, doubled or put in, a few times. */
export const damagedText = (...good: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...good), fc.array(fc.tuple(fc.nat(), fc.nat(60), piece, fc.boolean()), { maxLength: 4 }))
    .map(([text, changes]) => {
      let now = text;
      for (const [place, length, put, twice] of changes) {
        const at = now.length === 0 ? 0 : place % (now.length + 1);
        const cut = now.slice(at, at + length);
        now = now.slice(0, at) + put + (twice ? cut + cut : '') + now.slice(at + length);
      }
      return now;
    });

/** Bytes: noise, or a good message with bytes changed, cut off or added. */
export const damagedBytes = (...good: readonly Uint8Array[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
    fc
      .tuple(
        fc.constantFrom(...good),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
        fc.option(fc.nat()),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([bytes, changes, cut, more]) => {
        const now = Buffer.from(bytes);
        for (const [at, byte] of changes) now[at % now.length] = byte;
        return Buffer.concat([cut === null ? now : now.subarray(0, cut % (now.length + 1)), more]);
      }),
  );

/** Nothing a terminal, a table program or a reader would obey: C0 but for line ends and tabs, DEL, C1, turned writing. */
export const OBEYED =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Objects are as they were: no input has reached into them. */
export function expectUntouched(): void {
  if (Object.keys(Object.prototype).length > 0 || Object.keys(Array.prototype).length > 0)
    throw new Error(`reached into all objects: ${Object.keys(Object.prototype).join()}`);
}

/** Anything else thrown is a bug of ours. */
export async function onlyErrors(work: () => unknown, ...codes: readonly ErrorCode[]): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error) || !codes.includes(error.code)) throw error;
    if (error.message === '') throw new Error('an error without words', { cause: error });
  }
  expectUntouched();
}
