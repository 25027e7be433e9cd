/** Has a command taken effect? Compares what it asked for with what Exchange shows. */
import { readConnector, sameName, text, type ExchangeObject, type InboundConnector } from './inbound-connector.ts';
import type { Command } from './plan.ts';

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  new Set(one).size === new Set(other).size && one.every((entry) => other.includes(entry));

/** Read through the same door as Exchange's own answer, so that `smtp:*;1` and `*` are one. */
const COMPARED: Readonly<Record<string, (asked: InboundConnector, actual: InboundConnector) => boolean>> = {
  ConnectorType: (asked, actual) => asked.type.toLowerCase() === actual.type.toLowerCase(),
  SenderDomains: (asked, actual) => sameSet(asked.senderDomains, actual.senderDomains),
  SenderIPAddresses: (asked, actual) => sameSet(asked.ips, actual.ips),
  TlsSenderCertificateName: (asked, actual) =>
    (asked.certificateName ?? '').toLowerCase() === (actual.certificateName ?? '').toLowerCase(),
  AssociatedAcceptedDomains: (asked, actual) => sameSet(asked.acceptedDomains, actual.acceptedDomains),
  RequireTls: (asked, actual) => asked.requireTls === actual.requireTls,
  Enabled: (asked, actual) => asked.enabled === actual.enabled,
};

/** Name of the connector a command is about: its natural key. */
export const connectorNameOf = (command: Command): string =>
  text(command.parameters['Identity']) || text(command.parameters['Name']);

export const findConnector = (objects: readonly ExchangeObject[], name: string): InboundConnector | null =>
  objects.map(readConnector).find((connector) => sameName(connector.name, name)) ?? null;

/** Names of the command's parameters that are not so on the connector. */
export function differences(command: Command, actual: InboundConnector): readonly string[] {
  const asked = readConnector(command.parameters);
  // Lists and the type are always shown; a switch Exchange leaves out of its answer says nothing.
  const says = (name: string): boolean => !['RequireTls', 'Enabled'].includes(name) || name in actual.object;
  return Object.keys(command.parameters).filter((name) => says(name) && COMPARED[name]?.(asked, actual) === false);
}

export type Effect =
  | 'in-effect'
  /** Everything as asked, but switched off: Microsoft does so in new organisations. */
  | 'switched-off'
  | 'not-in-effect';

/**
 * @param actual the connector of the command's name, or null when there is none
 * @param exact when something is taken back, an address too many is an address not taken back
 */
export function effectOf(command: Command, actual: InboundConnector | null, exact = false): Effect {
  if (command.cmdlet.startsWith('Remove-')) return actual === null ? 'in-effect' : 'not-in-effect';
  if (actual === null) return 'not-in-effect';
  const asked = readConnector(command.parameters);
  const left = differences(command, actual).filter(
    // A colleague may have added an address in the meantime; ours being there is enough.
    (name) => exact || name !== 'SenderIPAddresses' || !asked.ips.every((address) => actual.ips.includes(address)),
  );
  if (left.length === 0) return 'in-effect';
  return left.length === 1 && left[0] === 'Enabled' && asked.enabled ? 'switched-off' : 'not-in-effect';
}
