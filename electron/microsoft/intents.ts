/** Changes that were sent and never answered: how they are written down, and what became of them. */
import { effectOf, findConnector, connectorNameOf } from '../../core/plan/in-effect.ts';
import { sameName, type ExchangeObject } from '../../core/plan/inbound-connector.ts';
import { Command } from '../../core/plan/plan.ts';
import type { IntentKey, Journal } from '../storage/journal.ts';

export type UndoableCommand = Command & { readonly undo: Command | null };

/** Enough to look it up by its natural key, and to take it back, after a crash. */
export const intentKey = (tenantId: string, { cmdlet, parameters, undo }: UndoableCommand): IntentKey => ({
  tenant: tenantId,
  connector: connectorNameOf({ cmdlet, parameters }),
  command: JSON.stringify({ cmdlet, parameters }),
  undo: JSON.stringify(undo),
});

function parseCommand(json: string | undefined): Command | null {
  try {
    return Command.nullable().parse(JSON.parse(json ?? 'null'));
  } catch {
    return null;
  }
}

type Question = {
  readonly environmentName: string;
  readonly tenantId: string;
  readonly connectorName: string;
  /** All connectors as Exchange shows them now. */
  readonly objects: readonly ExchangeObject[];
};

/**
 * Settles every unanswered change to this connector by looking.
 * @returns those that did take effect
 */
export async function settleIntents(journal: Journal, question: Question): Promise<readonly UndoableCommand[]> {
  const { environmentName, tenantId, connectorName, objects } = question;
  const tookEffect: UndoableCommand[] = [];
  for (const { id, kind, environment, key } of await journal.pending()) {
    const isOurs = kind !== 'message' && environment === environmentName && key['tenant'] === tenantId;
    if (!isOurs || !sameName(key['connector'] ?? '', connectorName)) continue;
    const command = parseCommand(key['command']);
    const inEffect =
      command !== null &&
      effectOf(command, findConnector(objects, connectorNameOf(command)), kind === 'undo') === 'in-effect';
    await journal.settle(id, inEffect ? 'looked up: in effect' : 'looked up: not in effect');
    if (command && inEffect && kind === 'apply') tookEffect.push({ ...command, undo: parseCommand(key['undo']) });
  }
  return tookEffect;
}
