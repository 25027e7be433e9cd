/** Reads one answer of InvokeCommand, tolerant of spelling and strict about doubt: an odd answer never passes for "there is nothing". */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { HttpResponse } from '../net/http.ts';
import { cleanText } from './clean-text.ts';

export type CmdletResult = {
  /** Objects of all pages. */
  readonly value: readonly Record<string, unknown>[];
  /** `@adminapi.warnings`; a disabled new connector is announced here. */
  readonly warnings: readonly string[];
};

export type Page = CmdletResult & { readonly next: string | null };

/** More than a person could read; a server that goes on and on is not Exchange. */
const MOST_WARNINGS = 50;

export const unexpected = (detail: string): AppError =>
  new AppError('unexpected-answer', say('Exchange answered in a way RelayReady does not understand.'), {
    remedy: say('Try again later, or use the script. A proxy or security program in between may also be the cause.'),
    who: 'nobody',
    detail: cleanText(detail, 400),
  });

/** A byte order mark is not JSON, but some servers send one. */
export function parseBody(response: HttpResponse): unknown {
  try {
    return JSON.parse(response.text.replace(/^\ufeff/, '')) as unknown;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** Plain sentences, or objects with a message. */
const warningText = (entry: unknown): string => {
  const said = isObject(entry) ? (entry['message'] ?? entry['Message']) : entry;
  return typeof said === 'string' ? cleanText(said) : '';
};

/** @throws AppError `unexpected-answer` */
export function readPage(response: HttpResponse, body: unknown, write: boolean): Page {
  const empty = response.status === 204 || response.text.trim() === '';
  if (empty && write) return { value: [], warnings: [], next: null };
  if (!isObject(body)) throw unexpected(`HTTP ${response.status}, not JSON`);
  const { value } = body;
  // One object may come bare; a list with holes in it is no list to decide names by.
  const objects = Array.isArray(value) ? value : isObject(value) ? [value] : null;
  if (!write && (objects === null || !objects.every(isObject)))
    throw unexpected(`HTTP ${response.status}, ${objects === null ? 'no value' : 'not only objects'}`);
  const next = body['@odata.nextLink'];
  return {
    value: (objects ?? []).filter(isObject),
    warnings: list(body['@adminapi.warnings'])
      .slice(0, MOST_WARNINGS)
      .map(warningText)
      .filter((line) => line !== ''),
    next: typeof next === 'string' && next !== '' ? next : null,
  };
}

/** Microsoft said that it did not run the command, and asks to come back. */
export const isThrottling = (response: HttpResponse, write: boolean): boolean =>
  response.status === 429 ||
  (response.status === 503 && !write) ||
  // Said in a 4xx, so it was not run.
  (response.status >= 400 &&
    response.status < 500 &&
    /maximum number of concurrent requests per tenant/i.test(response.text.slice(0, 20_000)));

/** Registered by Microsoft, one cloud a line; an administrator's token may go about within its cloud, and nowhere else. */
const CLOUDS: readonly (readonly string[])[] = [
  ['outlook.com', 'office365.com'],
  ['office365.us', 'apps.mil'],
  ['outlook.cn', 'office365.cn'],
];
const cloudOf = (host: string): number =>
  CLOUDS.findIndex((names) => names.some((name) => host === name || host.endsWith(`.${name}`)));

/** @returns where a link of the answer leads, or null when the token must not go there */
export function followable(link: string, from: string): string | null {
  try {
    const target = new URL(link, from);
    const origin = new URL(from);
    if (target.username !== '' || target.password !== '' || target.protocol !== 'https:') return null;
    const allowed =
      target.origin === origin.origin ||
      (cloudOf(origin.hostname) >= 0 && cloudOf(target.hostname) === cloudOf(origin.hostname) && target.port === '');
    return allowed ? target.href : null;
  } catch {
    return null;
  }
}
