/** The intent journal in memory; shared between "runs" it stands for the file that survives a crash. */
import type { Journal, JournalEntry } from '../../../electron/storage/journal.ts';

export type MemoryJournal = Journal & { readonly lines: readonly string[] };

export function memoryJournal(): MemoryJournal {
  const entries = new Map<string, JournalEntry>();
  const lines: string[] = [];
  const settle = async (id: string, proof: string): Promise<void> => {
    lines.push(`done ${proof}`);
    entries.delete(id);
  };
  return {
    lines,
    begin: async (entry) => {
      const id = `intent-${lines.length}`;
      lines.push(`begin ${JSON.stringify(entry)}`);
      entries.set(id, { ...entry, id, startedAt: new Date().toISOString(), sent: false });
      return {
        id,
        sent: async () => {
          lines.push('sent');
          const known = entries.get(id);
          if (known) entries.set(id, { ...known, sent: true });
        },
        done: (proof) => settle(id, proof),
      };
    },
    pending: async () => [...entries.values()].filter(({ sent }) => sent),
    settle,
  };
}
