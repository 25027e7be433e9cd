/** Clients on disk: one file of all of them, written whole or not at all, and beside it a history and the newest reports of each. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Client } from '../../core/clients/client.ts';
import type { Look } from '../../core/clients/history.ts';
import { AppError } from '../../core/errors.ts';
import { Report } from '../../core/report/report.ts';
import { say } from '../../core/text.ts';
import { openClientHistories, type ClientHistories } from './client-histories.ts';
import { withFileLock } from './file-lock.ts';
import { storageError, unreadableError, writeFileSafely } from './write-file.ts';

/** All of them are held in memory; whoever has more spreads them (docs/fleet.md). */
export const MOST_CLIENTS = 20_000;

export type Clients = {
  readonly all: () => Promise<readonly Client[]>;
  /** @throws AppError `not-found` */
  readonly get: (id: string) => Promise<Client>;
  /** Reads, changes and writes all of them in one go. @throws AppError `storage` | `bad-input` when they become too many */
  readonly update: (change: (clients: readonly Client[]) => readonly Client[]) => Promise<readonly Client[]>;
  readonly put: (client: Client) => Promise<void>;
  /** With their history. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
  readonly histories: ClientHistories;
  readonly addLook: (id: string, look: Look, report: Report) => Promise<void>;
  /** Newest report of each office. */
  readonly reports: (client: Client) => Promise<Record<string, Report>>;
};

/** @param folder the data folder */
export function openClients(folder: string): Clients {
  const place = path.join(folder, 'clients');
  const file = path.join(place, 'clients.jsonl');
  const reportOf = (id: string, site: string) => path.join(place, 'reports', id, `${site}.json`);
  const histories = openClientHistories(place);
  /** `others` are lines of a newer version; they are written back as they are. */
  let known: {
    readonly stamp: string;
    readonly clients: readonly Client[];
    readonly others: readonly string[];
  } | null = null;
  const refused = (error: unknown): never => {
    throw storageError(error, file);
  };
  const unreadable = (error: unknown): never => {
    throw unreadableError(error, file);
  };
  const ready = (name: string) => mkdir(path.join(place, name), { recursive: true, mode: 0o700 }).catch(refused);

  const stampOf = async (): Promise<string> => {
    // A file that cannot be looked at is not one that is not there: the next write would lose everybody in it.
    const found = await stat(file).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? null : unreadable(error),
    );
    return found === null ? 'none' : `${found.size} ${found.mtimeMs} ${found.ino}`;
  };
  const read = async (): Promise<readonly Client[]> => {
    const stamp = await stampOf();
    if (known?.stamp === stamp) return known.clients;
    const text = stamp === 'none' ? '' : await readFile(file, 'utf8').catch(unreadable);
    const lines = text.split('\n').filter((line) => line !== '');
    const read = lines.map((line) => [line, clientIn(line)] as const);
    const clients = read.flatMap(([, client]) => client ?? []);
    const strange = read.flatMap(([line, client]) => (client === null ? [line] : []));
    const others = strange.filter(isNewer);
    const damaged = strange.filter((line) => !others.includes(line)).join('\n');
    // What cannot be read is kept for a person to look at; the next write would lose it.
    if (damaged !== '')
      await writeFileSafely(
        `${file}.damaged-${createHash('sha256').update(damaged).digest('hex').slice(0, 16)}`,
        damaged,
      );
    known = { stamp, clients, others };
    return clients;
  };
  const update: Clients['update'] = async (change) => {
    await ready('');
    return withFileLock(file, async () => {
      const clients = change(await read());
      if (clients.length > MOST_CLIENTS)
        throw new AppError(
          'bad-input',
          say('That would be {count, number} clients; {most, number} fit.', {
            count: clients.length,
            most: MOST_CLIENTS,
          }),
          { remedy: say('Spread them over several computers or data folders; docs/fleet.md shows how.') },
        );
      const others = known?.others ?? [];
      await writeFileSafely(
        file,
        [...clients.map((client) => JSON.stringify(client)), ...others].map((line) => `${line}\n`).join(''),
      );
      // Saved is saved; a stamp that cannot be taken only means reading it again.
      known = await stampOf().then(
        (stamp) => ({ stamp, clients, others }),
        () => null,
      );
      return clients;
    });
  };
  return {
    all: read,
    get: async (id) => {
      const client = (await read()).find((one) => one.id === id);
      if (client) return client;
      throw new AppError('not-found', say('This client is not here any more.'), {
        remedy: say('Look at the list again.'),
      });
    },
    update,
    put: async (client) => {
      await update((clients) =>
        clients.some(({ id }) => id === client.id)
          ? clients.map((one) => (one.id === client.id ? client : one))
          : [...clients, client],
      );
    },
    remove: async (ids) => {
      const gone = new Set(ids);
      await update((clients) => clients.filter(({ id }) => !gone.has(id)));
      for (const id of gone) {
        await histories.remove(id);
        await rm(path.dirname(reportOf(id, 'any')), { recursive: true, force: true });
      }
    },
    histories,
    addLook: async (id, look, report) => {
      await ready(path.join('reports', id));
      await writeFileSafely(reportOf(id, look.site), JSON.stringify(report));
      await histories.add(id, look);
    },
    reports: async ({ id, sites }) => {
      const found = await Promise.all(
        sites.map(async (site) => {
          try {
            return [[site.id, Report.parse(JSON.parse(await readFile(reportOf(id, site.id), 'utf8')))] as const];
          } catch {
            return [];
          }
        }),
      );
      return Object.fromEntries(found.flat());
    },
  };
}

function clientIn(line: string): Client | null {
  try {
    return Client.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** Whole, and written by a version that knows more than this one. */
function isNewer(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    const { schema } = value as { readonly schema?: unknown };
    if (typeof schema !== 'string' || !schema.startsWith('relayready/client@')) return false;
    const issues = Client.safeParse(value).error?.issues ?? [];
    return schema !== 'relayready/client@1' || issues.every(({ code }) => code === 'unrecognized_keys');
  } catch {
    return false;
  }
}
