/** Intent journal: what is about to change something is written down first, so that nothing happens twice after a crash. */
import type { PendingIntent } from '../../core/contract.ts';

/** How to find out later whether it took effect. */
export type IntentKey = Readonly<Record<string, string>>;

export type Intent = {
  readonly id: string;
  /** Fsynced before the first byte leaves that can change something. */
  readonly sent: () => Promise<void>;
  /** It is known what became of it: `proof` says how (no secrets). */
  readonly done: (proof: string) => Promise<void>;
};

export type JournalEntry = Omit<PendingIntent, 'state'> & { readonly key: IntentKey; readonly sent: boolean };

export type Journal = {
  /** Fsynced before it returns. */
  readonly begin: (entry: Pick<JournalEntry, 'kind' | 'text' | 'environment' | 'key'>) => Promise<Intent>;
  /** Entries that were sent and are not done. */
  readonly pending: () => Promise<readonly JournalEntry[]>;
  readonly settle: (id: string, proof: string) => Promise<void>;
};

/** @param folder the data folder; the journal lives in `journal.jsonl` below it */
export function openJournal(_folder: string): Journal {
  throw new Error('not built yet');
}
