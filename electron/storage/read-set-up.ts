/** Reads one file of a set-up and tells apart what is not there, what is damaged, what a newer version wrote, and what cannot be read just now. */
import { readFile, stat } from 'node:fs/promises';
import type { AppError } from '../../core/errors.ts';
import { parseStrictly } from '../../core/read-json.ts';
import { SetUp } from '../../core/set-up.ts';
import { unreadableError } from './write-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;
/** Of objects and lists inside each other; a report has about ten. */
const MOST_LEVELS = 64;
const SCHEMA = /^relayready\/set-up@(\d{1,9})$/;

export type ReadSetUp =
  | { readonly state: 'none' }
  /** Its content is no set-up; only such a file may be set aside. */
  | { readonly state: 'damaged' }
  /** Whole, and not ours to touch. `told` is what can be said of it. */
  | { readonly state: 'newer'; readonly told: Told }
  /** The disk refuses, or somebody else holds it: what is in it may be whole. */
  | { readonly state: 'unreadable'; readonly error: AppError }
  /** `more` are fields of a newer version, kept when it is saved again. */
  | { readonly state: 'good'; readonly setUp: SetUp; readonly more: Readonly<Record<string, unknown>> };

export type Told = {
  readonly name: string;
  readonly domain: string;
  readonly environment: string;
  readonly savedAt: string;
};

export async function readSetUp(file: string): Promise<ReadSetUp> {
  let text: string;
  try {
    if ((await stat(file)).size > MAX_BYTES) return { state: 'damaged' };
    text = await readFile(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? { state: 'none' }
      : { state: 'unreadable', error: unreadableError(error, file) };
  }
  let value: unknown;
  try {
    value = parseStrictly(text.replace(/^\uFEFF/, ''), MOST_LEVELS);
  } catch {
    return { state: 'damaged' };
  }
  const result = SetUp.safeParse(value);
  if (result.success) {
    const known = new Set(Object.keys(SetUp.shape));
    const more = Object.fromEntries(Object.entries(value as object).filter(([key]) => !known.has(key)));
    return { state: 'good', setUp: result.data, more };
  }
  const version = Number(SCHEMA.exec(String((value as { schema?: unknown } | null)?.schema))?.[1] ?? 0);
  // Fields are only ever added, so nothing but fields that are not known means a newer version, too.
  const onlyMore = result.error.issues.every(({ code }) => code === 'unrecognized_keys');
  return version > 1 || (version === 1 && onlyMore)
    ? { state: 'newer', told: toldOf(value as Record<string, unknown>) }
    : { state: 'damaged' };
}

function toldOf(value: Readonly<Record<string, unknown>>): Told {
  const text = (from: unknown, most = 253): string => (typeof from === 'string' ? from.slice(0, most) : '');
  const profile = (value['profile'] ?? {}) as Readonly<Record<string, unknown>>;
  const domain = text(profile['domain']);
  return {
    name: text(profile['name'], 100) || domain,
    domain,
    environment: text(value['environment'], 60),
    savedAt: text(value['savedAt'], 40),
  };
}
