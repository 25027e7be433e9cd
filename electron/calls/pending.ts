/** What was sent and never answered: looked up, kept, taken back, or closed. */
import type { pendingCalls } from '../../core/calls/pending.ts';
import type { PendingIntent } from '../../core/calls/program.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { undoOutcome } from '../microsoft/apply-plan.ts';
import type { Exchange } from '../microsoft/exchange.ts';
import { lookUpIntent, outcomeOfIntent } from '../microsoft/pending-intent.ts';
import { waitAtLeast } from '../microsoft/retry-after.ts';
import { traceMessage } from '../microsoft/trace.ts';
import type { JournalEntry } from '../storage/journal.ts';
import { saveOutcome } from '../storage/outcomes.ts';
import { exchangeOf, type Worlds } from '../worlds.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

/** Is somebody signed in where it was sent? A message may be traced from any sign-in of its environment. */
function signedInFor({ environment, kind, key }: JournalEntry, worlds: Worlds): boolean {
  const world = worlds.all().find(({ environment: { name } }) => name === environment);
  const tenant = world?.signedIn?.exchange.tenant.id;
  return tenant !== undefined && (kind === 'message' || tenant === key['tenant']);
}

export const pendingIntent = (
  entry: JournalEntry,
  worlds: Worlds,
  state: PendingIntent['state'] = 'not-looked-up',
): PendingIntent => {
  const { id, text, kind, environment, startedAt } = entry;
  return { id, text, kind, environment, startedAt, state, canLook: signedInFor(entry, worlds) };
};

export const pendingPart = ({ worlds, journal, dataFolder }: EngineParts): PartOf<typeof pendingCalls> => {
  const entryOf = async (id: string): Promise<JournalEntry> => {
    const entry = (await journal.pending()).find((candidate) => candidate.id === id);
    if (entry) return entry;
    throw new AppError('not-found', say('This has been settled meanwhile.'), {
      remedy: say('Go on with the set-up; it shows how things are now.'),
    });
  };
  const exchangeFor = (entry: JournalEntry): Exchange => {
    const exchange = exchangeOf(worlds.get(entry.environment));
    if (signedInFor(entry, worlds)) return exchange;
    throw new AppError(
      'wrong-tenant',
      say('This was sent to another organisation than the one you are signed in to.'),
      {
        remedy: say('Sign in to the organisation in which it was made.'),
        who: 'you',
      },
    );
  };
  return {
    'pending.list': async () => (await journal.pending()).map((entry) => pendingIntent(entry, worlds)),
    'pending.look': async ({ id }, { signal, onProgress, t }) => {
      const entry = await entryOf(id);
      const exchange = exchangeFor(entry);
      if (entry.kind === 'message') {
        const { events } = await traceMessage(exchange, entry.key['messageId'] ?? '', { signal, t });
        // Not yet written down does not mean not sent.
        return pendingIntent(entry, worlds, events.length > 0 ? 'took-effect' : 'not-looked-up');
      }
      const onWait = (seconds: number): void =>
        onProgress({
          topic: id,
          state: 'waiting',
          message: t('Looking for an earlier change that was never answered.'),
          seconds,
        });
      const state = await lookUpIntent(entry, { exchange, signal, onWait, wait: waitAtLeast });
      return pendingIntent(entry, worlds, state);
    },
    'pending.adopt': async ({ id }) => {
      const entry = await entryOf(id);
      const { kind, environment, key } = entry;
      const outcome = kind === 'apply' ? outcomeOfIntent(entry, exchangeFor(entry).tenant) : null;
      if (outcome) await saveOutcome(dataFolder, environment, outcome.tenant.id, key['connector'] ?? '', outcome);
      await journal.settle(id, 'kept by the person');
      return outcome;
    },
    'pending.undo': async ({ id }, context) => {
      const entry = await entryOf(id);
      const exchange = exchangeFor(entry);
      const { environment, key } = entry;
      const outcome = outcomeOfIntent(entry, exchange.tenant);
      // Written down first: should this be cut off as well, it can still be taken back.
      await saveOutcome(dataFolder, environment, exchange.tenant.id, key['connector'] ?? '', outcome);
      const undone = await undoOutcome({ outcome, exchange, journal, environmentName: environment, ...context });
      await saveOutcome(dataFolder, environment, exchange.tenant.id, key['connector'] ?? '', undone);
      return undone;
    },
    'pending.close': async ({ id }) => {
      await journal.settle((await entryOf(id)).id, 'closed by the person');
      return {};
    },
  };
};
