/** Reads many profiles or clients, one after the other: from a folder of JSON files, JSON lines, or a CSV table; every bad one is named. */
import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { z } from 'zod';
import { Client, Reminder } from '../../core/clients/client.ts';
import { AppError } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { say, type Text } from '../../core/text.ts';
import { describeZodError, parseStrictly } from '../../core/read-json.ts';
import { readLines, SAVE_AS_UTF8 } from './read-lines.ts';
import { readTable } from './read-table.ts';

/** `where` names the file, and the line in it, for errors and results. */
export type ProfileRow = { readonly where: string } & (
  | { readonly profile: Profile; readonly client: string | null; readonly reminders: readonly Reminder[] }
  /** A whole client, as it was exported. */
  | { readonly document: Client }
  | { readonly problem: Text; readonly field: string | null; readonly remedy: Text }
);

export type ReadOptions = {
  /** Told of everything read, to recognise the same content later. */
  readonly onBytes?: (bytes: Buffer | string) => void;
  /** What is passed over without harm. */
  readonly onNote?: (note: Text) => void;
};

const MOST_FILE_BYTES = 1024 * 1024;
const KINDS = say('Name a folder of profiles, a .jsonl file or a .csv file.');

/** @throws AppError `bad-option` when the path cannot be read */
export async function* readProfiles(location: string, options: ReadOptions = {}): AsyncGenerator<ProfileRow> {
  const wrong = (text: Text): AppError => new AppError('bad-option', text, { field: 'PATH', remedy: KINDS });
  const info = await stat(location).catch(() => null);
  if (!info) throw wrong(say('There is no file or folder {location}.', { location }));
  if (info.isDirectory()) return yield* fromFolder(location, options);
  // A pipe or a device would keep us waiting for ever.
  if (!info.isFile()) throw wrong(say('{location} is none of the kinds that can be read.', { location }));
  yield* readProfileText(path.basename(location), createReadStream(location), options);
}

/** @param name of the file; its ending tells what it is. @throws AppError `bad-option` for an ending nobody knows */
export async function* readProfileText(
  name: string,
  source: AsyncIterable<Buffer>,
  options: ReadOptions = {},
): AsyncGenerator<ProfileRow> {
  if (/\.csv$/i.test(name)) yield* fromTable(name, source, options);
  else if (/\.(jsonl|ndjson)$/i.test(name))
    for await (const { number, text, problem } of readLines(source, options.onBytes)) {
      const where = `${name}:${number}`;
      if (problem !== null) yield { where, field: null, problem, remedy: SAVE_AS_UTF8 };
      else if (text !== null && text.trim() !== '') yield fromJson(where, text);
    }
  else
    throw new AppError('bad-option', say('{location} is none of the kinds that can be read.', { location: name }), {
      field: 'PATH',
      remedy: KINDS,
    });
}

/** Files that came with their text: tables, JSON lines, and one profile or client in a `.json`. */
export async function* readProfileFiles(
  files: readonly { readonly name: string; readonly text: string }[],
  options: ReadOptions = {},
): AsyncGenerator<ProfileRow> {
  for (const { name, text } of files)
    if (/\.json$/i.test(name)) {
      options.onBytes?.(name);
      options.onBytes?.(text);
      yield text.length > MOST_FILE_BYTES
        ? { where: name, field: null, problem: tooLarge(name), remedy: say('Take it out of the folder.') }
        : fromJson(name, text);
    } else if (/\.(csv|jsonl|ndjson)$/i.test(name))
      yield* readProfileText(name, Readable.from([Buffer.from(text)]), options);
    else
      yield {
        where: name,
        field: null,
        problem: say('{location} is none of the kinds that can be read.', { location: name }),
        remedy: KINDS,
      };
}

const tooLarge = (file: string): Text => say('{file} is too large to be a {what}.', { file, what: 'profile' });

async function* fromFolder(folder: string, { onBytes }: ReadOptions): AsyncGenerator<ProfileRow> {
  const names: string[] = [];
  for await (const entry of await opendir(folder))
    if (entry.name.endsWith('.json') && (entry.isFile() || entry.isSymbolicLink())) names.push(entry.name);
  for (const where of names.sort()) {
    const file = path.join(folder, where);
    const bad = (problem: Text, remedy: Text): ProfileRow => ({ where, field: null, problem, remedy });
    const info = await stat(file).catch(() => null);
    if (info?.isFile() !== true) {
      yield bad(say('This is no file that can be read.'), say('Take it out of the folder.'));
      continue;
    }
    if (info.size > MOST_FILE_BYTES) {
      yield bad(tooLarge(where), say('Take it out of the folder.'));
      continue;
    }
    // One file, however many lines it has.
    const parts: Buffer[] = [];
    try {
      for await (const part of createReadStream(file)) parts.push(part as Buffer);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '?';
      yield bad(
        say('{file} cannot be read ({code}).', { file: where, code }),
        say('Check the name of the file and your right to read it.'),
      );
      continue;
    }
    const bytes = Buffer.concat(parts);
    onBytes?.(where);
    onBytes?.(bytes);
    const text = decode(bytes);
    yield text === null
      ? bad(say('{file} is not saved as UTF-8.', { file: where }), SAVE_AS_UTF8)
      : fromJson(where, text);
  }
}

function decode(bytes: Buffer): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function fromJson(where: string, text: string): ProfileRow {
  let value: unknown;
  try {
    value = parseStrictly(text);
  } catch (error) {
    const { message } = error as Error;
    return {
      where,
      field: message.startsWith('key ') ? message.slice(4) : null,
      problem:
        message === 'depth'
          ? say('This is nested too deeply to be a profile.')
          : message.startsWith('key ')
            ? say('There is no field “{field}”.', { field: message.slice(4) })
            : say('This is not JSON.'),
      remedy: say('Correct it, or save it again from RelayReady.'),
    };
  }
  if (typeof value === 'object' && value !== null && (value as { schema?: unknown }).schema === 'relayready/client@1') {
    const result = Client.safeParse(value);
    return result.success ? { where, document: result.data } : wrongRow(where, result.error);
  }
  return profileRow(where, value, null, []);
}

function profileRow(where: string, value: unknown, client: string | null, reminders: readonly Reminder[]): ProfileRow {
  const result = Profile.safeParse(value);
  return result.success ? { where, profile: result.data, client, reminders } : wrongRow(where, result.error);
}

function wrongRow(where: string, error: z.ZodError): ProfileRow {
  const { field, text } = describeZodError(error);
  return { where, field, problem: text, remedy: say('Correct “{field}” in {file}.', { field, file: where }) };
}

/** Columns of a table, in small letters, and how a person writes them. */
export const COLUMNS = [
  'client',
  'name',
  'domain',
  'sender',
  'device',
  'deviceName',
  'brand',
  'model',
  'publicIps',
  'relayHost',
  'internal',
  'external',
  'connector',
  'authentication',
  'certificateName',
  'requireTls',
  'firmwareOn',
  'certificateOn',
  'notes',
] as const;
const SECRET = /pass|kennwort|mot ?de ?passe|contrase|secret|token|api.?key|credential/i;

/** publicIps are separated by spaces or semicolons; several devices of an office are several rows with the same client and name. */
async function* fromTable(
  name: string,
  source: AsyncIterable<Buffer>,
  options: ReadOptions,
): AsyncGenerator<ProfileRow> {
  const known = new Set(COLUMNS.map((column) => column.toLowerCase()));
  let problem: { readonly text: Text; readonly field: string } | null = null;
  const onColumns = (columns: readonly string[]): void => {
    const twice = columns.find((column, at) => known.has(column) && columns.indexOf(column) !== at);
    if (!columns.includes('domain')) problem = { field: 'domain', text: say('The first row has no column “domain”.') };
    else if (twice !== undefined)
      problem = { field: twice, text: say('The first row has the column “{column}” twice.', { column: twice }) };
    for (const column of columns.filter((one) => one !== '' && !known.has(one)))
      options.onNote?.(
        SECRET.test(column)
          ? say(
              'The column “{column}” looks like secrets. It is not read and not kept; better take it out of the file.',
              {
                column: column.slice(0, 60),
              },
            )
          : say('The column “{column}” is not known and not read.', { column: column.slice(0, 60) }),
      );
  };
  for await (const row of readTable(source, onColumns, options.onBytes)) {
    const where = `${name}:${row.number}`;
    if (problem !== null) break;
    if ('problem' in row) yield { where, field: null, problem: row.problem, remedy: row.remedy };
    else yield tableRow(where, row.cells);
  }
  // Also when no row follows the first.
  const { text, field } = (problem ?? {}) as { text?: Text; field?: string };
  if (text !== undefined)
    yield {
      where: `${name}:1`,
      field: field ?? null,
      problem: text,
      remedy: say('The first row names the columns: {columns}.', { columns: COLUMNS.join(', ') }),
    };
}

function tableRow(where: string, cells: ReadonlyMap<string, string>): ProfileRow {
  const cell = (name: (typeof COLUMNS)[number]): string | null => {
    // A sign that an export put before what a table program would run as a formula.
    const value = (cells.get(name.toLowerCase()) ?? '').replace(/^'(?='*[=+\-@])/, '');
    return value === '' ? null : value;
  };
  const reminders: Reminder[] = [];
  for (const [kind, column] of [
    ['firmware', 'firmwareOn'],
    ['certificate', 'certificateOn'],
  ] as const) {
    const dueOn = cell(column);
    if (dueOn === null) continue;
    const what = (kind === 'certificate' ? cell('certificateName') : cell('deviceName')) ?? cell('name') ?? kind;
    const reminder = Reminder.safeParse({ kind, what, dueOn });
    if (!reminder.success)
      return {
        where,
        field: column,
        problem: say('“{field}” is not right: {problem}.', {
          field: column,
          problem: 'is not a date; write it like 2027-03-31',
        }),
        remedy: say('Correct “{field}” in {file}.', { field: column, file: where }),
      };
    reminders.push(reminder.data);
  }
  const device = { address: cell('device'), name: cell('deviceName'), brand: cell('brand'), model: cell('model') };
  const connector = {
    name: cell('connector'),
    authentication: cell('authentication'),
    certificateName: cell('certificateName'),
    requireTls: cell('requireTls') === null ? null : /^(true|yes|1)$/i.test(cell('requireTls') ?? ''),
  };
  const given = <T extends object>(parts: T): Partial<T> =>
    Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null)) as Partial<T>;
  return profileRow(
    where,
    {
      domain: cell('domain') ?? '',
      name: cell('name') ?? cell('domain') ?? '',
      sender: cell('sender'),
      devices: Object.values(device).every((value) => value === null) ? [] : [given(device)],
      publicIps: (cell('publicIps') ?? '').split(/[\s;,]+/).filter(Boolean),
      relayHost: cell('relayHost'),
      testRecipients: { internal: cell('internal'), external: cell('external') },
      ...(Object.values(connector).every((value) => value === null) ? {} : { connector: given(connector) }),
      notes: cell('notes') ?? '',
    },
    cell('client'),
    reminders,
  );
}
