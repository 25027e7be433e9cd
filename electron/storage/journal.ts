/** Intent journal: what is about to change something is written down first, so that nothing happens twice after a crash. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { PendingIntent } from '../../core/calls/program.ts';
import { appendJsonLine } from './json-lines.ts';
import { storageError } from './write-file.ts';

/** How to find out later whether it took effect. */
export type IntentKey = Readonly<Record<string, string>>;

export type Intent = {
  readonly id: string;
  /** Fsynced before the first byte leaves that can change something. */
  readonly sent: () => Promise<void>;
  /** It is known what became of it: `proof` says how (no secrets). */
  readonly done: (proof: string) => Promise<void>;
};

export type JournalEntry = Omit<PendingIntent, 'state' | 'canLook'> & {
  readonly key: IntentKey;
  readonly sent: boolean;
};

export type Journal = {
  /** Fsynced before it returns. */
  readonly begin: (entry: Pick<JournalEntry, 'kind' | 'text' | 'environment' | 'key'>) => Promise<Intent>;
  /** Entries that were sent and are not done. */
  readonly pending: () => Promise<readonly JournalEntry[]>;
  readonly settle: (id: string, proof: string) => Promise<void>;
};

type Line =
  | ({ readonly event: 'intent'; readonly key: IntentKey } & Omit<PendingIntent, 'state' | 'canLook'>)
  | { readonly event: 'sent'; readonly id: string }
  | { readonly event: 'done'; readonly id: string; readonly proof: string };

/** @param folder the data folder; the journal is `journal.jsonl` in it, one event a line, only ever appended */
export function openJournal(folder: string): Journal {
  const file = path.join(folder, 'journal.jsonl');

  const append = async (line: Line): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw storageError(error, file);
    });
    await appendJsonLine(file, line);
  };

  return {
    begin: async ({ kind, text, environment, key }) => {
      const id = randomUUID();
      await append({ event: 'intent', id, kind, text, environment, key, startedAt: new Date().toISOString() });
      return {
        id,
        sent: () => append({ event: 'sent', id }),
        done: (proof) => append({ event: 'done', id, proof }),
      };
    },
    pending: async () => {
      const entries = new Map<string, JournalEntry>();
      for (const line of await readLines(file))
        if (line.event === 'intent') {
          const { event: _, ...entry } = line;
          entries.set(line.id, { ...entry, sent: false });
        } else if (line.event === 'sent') {
          const entry = entries.get(line.id);
          if (entry) entries.set(line.id, { ...entry, sent: true });
        } else entries.delete(line.id);
      return [...entries.values()].filter(({ sent }) => sent);
    },
    settle: (id, proof) => append({ event: 'done', id, proof }),
  };
}

/** A line that a crash cut short never took effect and is passed over. */
async function readLines(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw storageError(error, file);
  });
  return text.split('\n').flatMap((line) => {
    try {
      const value = JSON.parse(line) as Line;
      return typeof value?.id === 'string' && ['intent', 'sent', 'done'].includes(value.event) ? [value] : [];
    } catch {
      return [];
    }
  });
}
