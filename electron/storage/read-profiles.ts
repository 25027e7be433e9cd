/** Reads many profiles, one after the other: from a folder of JSON files, JSON lines, or a CSV table. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { AppError, isAppError } from '../../core/errors.ts';
import { Profile } from '../../core/profile.ts';
import { say, type Text } from '../../core/text.ts';
import { describeZodError, readProfile } from './read-document.ts';

/** `where` names the file or row, for errors and results. */
export type ProfileRow =
  { readonly where: string; readonly profile: Profile } | { readonly where: string; readonly problem: Text };

/** @throws AppError `bad-option` when the path cannot be read */
export async function* readProfiles(location: string): AsyncGenerator<ProfileRow> {
  const info = await stat(location).catch(() => null);
  if (!info)
    throw new AppError('bad-option', say('There is no file or folder {location}.', { location }), {
      field: 'PATH',
      remedy: say('Name a folder of profiles, a .jsonl file or a .csv file.'),
    });
  if (info.isDirectory()) yield* fromFolder(location);
  else if (location.endsWith('.csv')) yield* fromCsv(location);
  else if (/\.(jsonl|ndjson)$/.test(location)) yield* fromLines(location);
  else
    throw new AppError('bad-option', say('{location} is none of the kinds that can be read.', { location }), {
      field: 'PATH',
      remedy: say('Name a folder of profiles, a .jsonl file or a .csv file.'),
    });
}

async function* fromFolder(folder: string): AsyncGenerator<ProfileRow> {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort())
    try {
      yield { where: file, profile: await readProfile(path.join(folder, file)) };
    } catch (error) {
      if (!isAppError(error)) throw error;
      yield { where: file, problem: error.text };
    }
}

async function* fromLines(file: string): AsyncGenerator<ProfileRow> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = line.length > 1024 * 1024 ? undefined : JSON.parse(line);
    } catch {
      value = undefined;
    }
    yield value === undefined
      ? { where: `${path.basename(file)}:${number}`, problem: say('This line is not JSON.') }
      : parsed(`${path.basename(file)}:${number}`, value);
  }
}

/** Columns: name, domain, sender, device, publicIps (separated by spaces or semicolons), relayHost, internal, external, notes. */
async function* fromCsv(file: string): AsyncGenerator<ProfileRow> {
  const rows = createReadStream(file).pipe(
    parse({
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 65_536,
    }),
  );
  let number = 1;
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    number += 1;
    const cell = (name: string): string | null => (row[name] === undefined || row[name] === '' ? null : row[name]);
    yield parsed(`${path.basename(file)}:${number}`, {
      domain: cell('domain') ?? '',
      name: cell('name') ?? cell('domain') ?? '',
      sender: cell('sender'),
      devices: cell('device') === null ? [] : [{ address: cell('device') }],
      publicIps: (cell('publicIps') ?? '').split(/[\s;]+/).filter(Boolean),
      relayHost: cell('relayHost'),
      testRecipients: { internal: cell('internal'), external: cell('external') },
      notes: cell('notes') ?? '',
    });
  }
}

function parsed(where: string, value: unknown): ProfileRow {
  const result = Profile.safeParse(value);
  return result.success ? { where, profile: result.data } : { where, problem: describeZodError(result.error).text };
}
