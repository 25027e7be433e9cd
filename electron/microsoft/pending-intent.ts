/** One change that was sent and never answered: what became of it, and what it takes to keep it or to take it back. */
import type { PendingIntent } from '../../core/calls/program.ts';
import { AppError } from '../../core/errors.ts';
import type { Command, Outcome, Tenant } from '../../core/plan/plan.ts';
import { say } from '../../core/text.ts';
import type { JournalEntry } from '../storage/journal.ts';
import { OLD_LOOKS_MS, parseCommand, type LookContext } from './intents.ts';
import { LOOKS_MS, lookUntilInEffect, YOUNG_MS } from './look-up.ts';

/** @throws AppError `not-found` when the entry does not say what was sent */
function commandOf({ key }: JournalEntry): Command {
  const command = parseCommand(key['command']);
  if (command) return command;
  throw new AppError('not-found', say('What was sent is not written down readably.'), {
    remedy: say('Read Microsoft 365 again; it shows how things are now.'),
  });
}

/** @throws AppError when Exchange cannot be asked; the signal's reason when aborted */
export async function lookUpIntent(
  entry: JournalEntry,
  { exchange, signal, onWait, wait }: LookContext,
): Promise<Exclude<PendingIntent['state'], 'not-looked-up'>> {
  const command = commandOf(entry);
  const isYoung = Date.now() - Date.parse(entry.startedAt) < YOUNG_MS;
  const { effect } = await lookUntilInEffect(exchange, command, command.cmdlet.startsWith('Remove-') ? 2 : 1, {
    signal,
    onWait,
    wait,
    looksMs: isYoung ? LOOKS_MS : OLD_LOOKS_MS,
    exact: entry.kind === 'undo',
  });
  // Switched off by Microsoft, the connector stands all the same.
  return effect === 'not-in-effect' ? 'no-effect' : 'took-effect';
}

/** As if its answer had come: what the papers tell and "take it back" works from. */
export const outcomeOfIntent = (entry: JournalEntry, tenant: Tenant): Outcome => ({
  schema: 'relayready/outcome@1',
  status: 'done',
  tenant,
  steps: [{ ...commandOf(entry), status: 'done', warnings: [], error: null, undo: parseCommand(entry.key['undo']) }],
  connector: null,
  findings: [],
  finishedAt: entry.startedAt,
});
