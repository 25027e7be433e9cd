/** Reads a report file or a saved set-up that somebody sent: everything in it is hostile until it has passed here. */
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { describeZodError, parseStrictly } from '../read-json.ts';
import { SetUp } from '../set-up.ts';
import { MOST_BYTES } from './limits.ts';
import { say, type Text } from '../text.ts';
import { Report } from './report.ts';

/** The tree of an SPF record nests three levels for each include. */
const MOST_LEVELS = 100;
/** Values in the whole document; a report of this program has some thousands. */
const MOST_VALUES = 50_000;
const MOST_CHARACTERS = 20_000;

/** Shown, not obeyed: controls except newline and tab, and what turns the direction of writing. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What a file says, before its evidence is judged again. */
export type ReviewFile = {
  readonly kind: 'report' | 'set-up';
  readonly setUp: SetUp;
  readonly madeAt: string;
  readonly practice: boolean;
  readonly unknownFields: readonly string[];
};

const SOURCE = say(
  'Ask whoever sent it to save it again: “Save the report file” on the last page, or “relayready check --json”.',
);

const wrong = (text: Text, field = 'file', detail?: string): AppError =>
  new AppError('bad-input', text, { field, remedy: SOURCE, ...(detail === undefined ? {} : { detail }) });

/** @throws AppError `bad-input`, naming what is wrong and where */
export function readReview(text: string, newId: () => string): ReviewFile {
  if (text.length > MOST_BYTES) throw wrong(say('The file is larger than 16 MB; no report is.'));
  if (text.includes('\u0000') || text.startsWith('\uFFFD')) throw wrong(say('The file is not plain UTF-8 text.'));
  const value = cleaned(parsedText(text.replace(/^\uFEFF/, '')));
  const schema = isObject(value) ? value['schema'] : undefined;
  if (schema === 'relayready/report@1') return fromReport(value, newId());
  if (schema === 'relayready/set-up@1') return fromSetUp(value);
  if (typeof schema === 'string' && /^relayready\/(report|set-up)@\d+$/.test(schema))
    throw new AppError('bad-input', say('The file was made by a newer RelayReady ({schema}).', { schema }), {
      field: 'schema',
      remedy: say('Open it with a newer version of RelayReady.'),
    });
  throw wrong(
    typeof schema === 'string'
      ? say('The file is a “{schema}”. Only reports and saved set-ups can be opened.', { schema: schema.slice(0, 60) })
      : say('The file is neither a report nor a saved set-up: it does not say what it is.'),
    'schema',
  );
}

function parsedText(text: string): unknown {
  try {
    return parseStrictly(text, MOST_LEVELS);
  } catch (error) {
    const { message } = error as Error;
    throw message === 'depth'
      ? wrong(say('The file is nested too deeply; no report is.'))
      : wrong(say('The file is damaged, or no report: it is not a whole JSON document.'), 'file', message);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every text and every name in it made harmless to show, and counted. */
function cleaned(root: unknown): unknown {
  let values = 0;
  const clean = (text: string): string =>
    text.replaceAll(
      UNSAFE,
      (found) => `⟨U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    );
  const walk = (value: unknown, place: string): unknown => {
    values += 1;
    if (values > MOST_VALUES)
      throw wrong(say('The file holds more than {most, number} values; no report does.', { most: MOST_VALUES }));
    if (typeof value === 'string') {
      if (value.length > MOST_CHARACTERS)
        throw wrong(
          say('“{field}” is longer than {most, number} characters.', { field: place, most: MOST_CHARACTERS }),
          place,
        );
      return clean(value);
    }
    if (Array.isArray(value)) return value.map((item: unknown, index) => walk(item, `${place}.${index}`.slice(0, 120)));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const key = clean(name.slice(0, 200));
        return [key, walk(inner, (place === '' ? key : `${place}.${key}`).slice(0, 120))];
      }),
    );
  };
  return walk(root, '');
}

function parsedAs<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { field, text } = describeZodError(result.error);
  throw wrong(text, field);
}

function fromReport(value: unknown, id: string): ReviewFile {
  const report = checkedReport(parsedAs(Report, value), '');
  return {
    kind: 'report',
    madeAt: report.startedAt,
    practice: report.practice || report.environment === 'practice',
    unknownFields: unknownFields(value, report),
    setUp: {
      schema: 'relayready/set-up@1',
      id,
      profile: report.profile,
      environment: report.environment,
      step: 'start',
      skipped: [],
      finished: [],
      report,
      spf: null,
      plan: null,
      outcome: null,
      test: null,
      savedAt: report.startedAt,
    },
  };
}

function fromSetUp(value: unknown): ReviewFile {
  const setUp = parsedAs(SetUp, value);
  expectDate(setUp.savedAt, 'savedAt');
  if (setUp.outcome) expectDate(setUp.outcome.finishedAt, 'outcome.finishedAt');
  for (const [point, tick] of Object.entries(setUp.ticks ?? {})) expectDate(tick.at, `ticks.${point}.at`);
  if (setUp.report) checkedReport(setUp.report, 'report.');
  return {
    kind: 'set-up',
    madeAt: setUp.savedAt,
    practice: setUp.report?.practice === true || setUp.environment === 'practice',
    unknownFields: unknownFields(value, setUp),
    setUp,
  };
}

function expectDate(iso: string, field: string): void {
  if (Number.isNaN(Date.parse(iso)))
    throw wrong(say('“{field}” is not a date: {value}.', { field, value: iso.slice(0, 40) }), field);
}

function checkedReport(report: Report, place: string): Report {
  expectDate(report.startedAt, `${place}startedAt`);
  const seen = new Set<string>();
  for (const [index, result] of report.results.entries()) {
    const field = `${place}results.${index}`;
    if (seen.has(result.id))
      throw wrong(say('The result “{id}” is there twice.', { id: result.id.slice(0, 60) }), field);
    seen.add(result.id);
    for (const [at, detail] of result.details.entries())
      if (detail.kind === 'link' && !/^https?:\/\//i.test(detail.url))
        throw wrong(
          say('“{field}” is not a web address: {value}.', {
            field: `${field}.details.${at}.url`,
            value: detail.url.slice(0, 60),
          }),
          `${field}.details.${at}.url`,
        );
  }
  return report;
}

/** Names in the file that the schema passed over; evidence and parameters are open and have none. */
function unknownFields(given: unknown, kept: unknown, place = ''): readonly string[] {
  if (Array.isArray(given) && Array.isArray(kept))
    return [...new Set(given.flatMap((item: unknown, index) => unknownFields(item, kept[index], `${place}[]`)))].slice(
      0,
      10,
    );
  if (!isObject(given) || !isObject(kept)) return [];
  return Object.entries(given)
    .flatMap(([name, inner]) => {
      const field = place === '' ? name : `${place}.${name}`;
      return Object.hasOwn(kept, name) ? unknownFields(inner, kept[name], field) : [field.slice(0, 80)];
    })
    .slice(0, 10);
}
