/** Import of clients: read twice, once to show what would become of it and once to keep it; kept is all of it or nothing. */
import { createHash, randomUUID } from 'node:crypto';
import { formulaIn, gather, textsOf, type Gathered } from '../../core/clients/gather.ts';
import type { ImportPreview, ImportProblem, ImportSource } from '../../core/clients/import.ts';
import { AppError } from '../../core/errors.ts';
import { say, type Text } from '../../core/text.ts';
import type { CallContext } from '../dispatch.ts';
import { MOST_CLIENTS, type Clients } from '../storage/clients.ts';
import { readProfileFiles, readProfiles, type ProfileRow } from '../storage/read-profiles.ts';

const MOST_PROBLEMS = 1000;
const MOST_SHOWN = 500;
const MOST_NOTES = 20;
/** Rows between two signs of life. */
const TELL_ROWS = 20_000;

type Read = {
  readonly digest: string;
  readonly rows: number;
  readonly gathered: readonly Gathered[];
  readonly problems: readonly ImportProblem[];
  readonly problemCount: number;
  readonly notes: readonly string[];
};

export type ImportOptions = {
  readonly source: ImportSource;
  readonly environment: string;
  readonly clients: Clients;
  readonly context: CallContext;
  /** Told of every bad row, however many there are. */
  readonly onProblem?: (problem: ImportProblem) => void;
};

const FORMULA = say('begins with a sign that a table program would run as a formula');

async function read({ source, environment, clients, context, onProblem }: ImportOptions): Promise<Read> {
  const { signal, onProgress, t } = context;
  const hash = createHash('sha256');
  const problems: ImportProblem[] = [];
  const notes = new Set<string>();
  let problemCount = 0;
  let rows = 0;
  const options = {
    onBytes: (bytes: Buffer | string) => void hash.update(bytes),
    onNote: (note: Text) => void (notes.size < MOST_NOTES && notes.add(t(note))),
  };
  const bad = (where: string, field: string | null, text: string, remedy: string): void => {
    const problem = { where, field, text, remedy };
    problemCount += 1;
    onProblem?.(problem);
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const gathering = gather({
    existing: await clients.all(),
    environment,
    now: new Date().toISOString(),
    newId: randomUUID,
  });
  const take = (row: ProfileRow): void => {
    const { where } = row;
    if ('problem' in row) return bad(where, row.field, t(row.problem), t(row.remedy));
    const texts =
      'document' in row
        ? Object.assign(
            { name: row.document.name },
            ...row.document.sites.map(({ profile }) => textsOf(profile, row.document.name)),
          )
        : textsOf(row.profile, row.client);
    const field = formulaIn(texts as Record<string, string | null>);
    if (field !== null)
      return bad(
        where,
        field,
        t('“{field}” is not right: {problem}.', { field, problem: t(FORMULA) }),
        t('Take the sign out of “{field}” in {file}.', { field, file: where }),
      );
    if ('document' in row) gathering.addDocument(row.document);
    else gathering.addRow(row.profile, row.client, row.reminders);
    if (gathering.size() > MOST_CLIENTS)
      throw new AppError(
        'bad-input',
        say('{where}: more than {most, number} clients do not fit.', { where, most: MOST_CLIENTS }),
        { field: where, remedy: say('Spread them over several files and data folders; docs/fleet.md shows how.') },
      );
  };
  const all =
    source.kind === 'path'
      ? readProfiles(source.path, options)
      : readProfileFiles(source.kind === 'files' ? source.files : [source], options);
  for await (const row of all) {
    signal.throwIfAborted();
    rows += 1;
    take(row);
    if (rows % TELL_ROWS === 0)
      onProgress({ topic: 'import', state: 'running', message: t('{rows, number} rows read.', { rows }) });
  }
  return { digest: hash.digest('hex'), rows, gathered: gathering.result(), problems, problemCount, notes: [...notes] };
}

const count = (gathered: readonly Gathered[], becomes: Gathered['becomes']): number =>
  gathered.filter((one) => one.becomes === becomes).length;

/** @throws AppError `bad-option` for what cannot be read at all, `bad-input` when there is too much */
export async function previewImport(options: ImportOptions): Promise<ImportPreview> {
  const { digest, rows, gathered, problems, problemCount, notes } = await read(options);
  return {
    digest,
    rows,
    added: count(gathered, 'added'),
    changed: count(gathered, 'changed'),
    same: count(gathered, 'same'),
    clients: gathered.slice(0, MOST_SHOWN).map(({ client, becomes }) => ({
      name: client.name,
      domains: [...new Set(client.sites.map(({ profile }) => profile.domain))],
      sites: client.sites.length,
      becomes,
    })),
    problemCount,
    problems: [...problems],
    notes: [...notes],
  };
}

export type Imported = {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly leftOut: number;
  /** All clients that were in it. */
  readonly ids: readonly string[];
};

/** @throws AppError `changed-meanwhile` when it is not what was previewed, `bad-input` when rows are bad and may not be left out */
export async function importClients(
  options: ImportOptions & { readonly digest: string; readonly leaveOutBad: boolean },
): Promise<Imported> {
  const { digest, gathered, problemCount, problems } = await read(options);
  if (digest !== options.digest)
    throw new AppError(
      'changed-meanwhile',
      say('What is to be imported has changed since it was looked at. Nothing was kept.'),
      {
        remedy: say('Look at the preview again.'),
      },
    );
  const [first] = problems;
  if (first && !options.leaveOutBad)
    throw new AppError(
      'bad-input',
      say('{count, plural, one {# row is bad} other {# rows are bad}}; the first one is {where}: {text}', {
        count: problemCount,
        where: first.where,
        text: first.text,
      }),
      { field: first.field ?? first.where, remedy: say('Correct them, or say that bad rows are to be left out.') },
    );
  options.context.signal.throwIfAborted();
  const fresh = new Map(gathered.map(({ client }) => [client.id, client]));
  await options.clients.update((clients) => [
    ...clients.map((client) => fresh.get(client.id) ?? client),
    ...gathered.flatMap(({ client }) => (clients.some(({ id }) => id === client.id) ? [] : [client])),
  ]);
  return {
    added: count(gathered, 'added'),
    changed: count(gathered, 'changed'),
    same: count(gathered, 'same'),
    leftOut: problemCount,
    ids: [...fresh.keys()],
  };
}
