/** Changes that were sent and never answered: how they are written down, and what became of them. */
import { effectOf, findConnector, connectorNameOf } from '../../core/plan/in-effect.ts';
import { sameName, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import { Command } from '../../core/plan/plan.ts';
import type { IntentKey, Journal } from '../storage/journal.ts';
import type { Exchange } from './exchange.ts';
import { LOOKS_MS, lookUntilInEffect, YOUNG_MS } from './look-up.ts';
import type { Wait } from './retry-after.ts';

export type UndoableCommand = Command & { readonly undo: Command | null };

/** Enough to look it up by its natural key, and to take it back, after a crash. */
export const intentKey = (tenantId: string, { cmdlet, parameters, undo }: UndoableCommand): IntentKey => ({
  tenant: tenantId,
  connector: connectorNameOf({ cmdlet, parameters }),
  command: JSON.stringify({ cmdlet, parameters }),
  undo: JSON.stringify(undo),
});

export function parseCommand(json: string | undefined): Command | null {
  try {
    return Command.nullable().parse(JSON.parse(json ?? 'null'));
  } catch {
    return null;
  }
}

export type LookContext = {
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
  readonly onWait: (seconds: number) => void;
  readonly wait: Wait;
};

type Question = {
  readonly environmentName: string;
  readonly tenantId: string;
  readonly connectorName: string;
  /** All connectors as Exchange shows them now. */
  readonly objects: readonly ExchangeObject[];
};

type Place = Pick<Question, 'environmentName' | 'tenantId' | 'connectorName'>;

const unanswered = async (journal: Journal, { environmentName, tenantId, connectorName }: Place) =>
  (await journal.pending()).filter(
    ({ kind, environment, key }) =>
      kind !== 'message' &&
      environment === environmentName &&
      key['tenant'] === tenantId &&
      sameName(key['connector'] ?? '', connectorName),
  );

/** Pauses before the looks, in milliseconds: a change just sent may not show for a minute, an old one shows by now. */
export const OLD_LOOKS_MS: readonly number[] = [0, 2000, 5000];

/**
 * Looks patiently for changes that were sent and never answered, before anybody decides by one look that they did not happen.
 * @returns those commands that were seen in effect: what is read afterwards has to show them as well
 * @throws the signal's reason when aborted
 */
export async function awaitIntents(
  journal: Journal,
  place: Place,
  context: LookContext,
): Promise<readonly { readonly command: Command; readonly exact: boolean }[]> {
  const { exchange, signal, onWait, wait } = context;
  const seen: { readonly command: Command; readonly exact: boolean }[] = [];
  for (const { kind, key, startedAt } of await unanswered(journal, place)) {
    const command = parseCommand(key['command']);
    if (command === null) continue;
    const isYoung = Date.now() - Date.parse(startedAt) < YOUNG_MS;
    const looksMs = isYoung ? LOOKS_MS : OLD_LOOKS_MS;
    const needed = command.cmdlet.startsWith('Remove-') ? 2 : 1;
    const exact = kind === 'undo';
    const { effect } = await lookUntilInEffect(exchange, command, needed, { signal, onWait, wait, looksMs, exact });
    if (effect === 'in-effect') seen.push({ command, exact });
  }
  return seen;
}

/** Does this list show what was already seen? One that does not is an old copy. */
export const shows = (
  objects: readonly ExchangeObject[],
  seen: readonly { readonly command: Command; readonly exact: boolean }[],
): boolean =>
  seen.every(
    ({ command, exact }) => effectOf(command, findConnector(objects, connectorNameOf(command)), exact) === 'in-effect',
  );

/**
 * Settles every unanswered change to this connector by looking.
 * @returns those that did take effect
 */
export async function settleIntents(journal: Journal, question: Question): Promise<readonly UndoableCommand[]> {
  const { environmentName, tenantId, connectorName, objects } = question;
  const tookEffect: UndoableCommand[] = [];
  for (const { id, kind, key } of await unanswered(journal, { environmentName, tenantId, connectorName })) {
    const command = parseCommand(key['command']);
    const inEffect =
      command !== null &&
      effectOf(command, findConnector(objects, connectorNameOf(command)), kind === 'undo') === 'in-effect';
    await journal.settle(id, inEffect ? 'looked up: in effect' : 'looked up: not in effect');
    if (command && inEffect && kind === 'apply') tookEffect.push({ ...command, undo: parseCommand(key['undo']) });
  }
  return tookEffect;
}
