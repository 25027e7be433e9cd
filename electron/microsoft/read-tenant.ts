/** Reads what planning needs to know of a tenant; a part that may not be read is null. */
import { isAppError, type ErrorCode } from '../../core/errors.ts';
import { readConnector, text } from '../../core/plan/inbound-connector.ts';
import { readAcceptedDomain, readOrganization, type TenantFacts } from '../../core/plan/tenant-facts.ts';
import type { CmdletResult, Exchange } from './exchange.ts';
import { together } from './together.ts';

/** What may befall a part that is good to know, but not needed. */
const OPTIONAL: readonly ErrorCode[] = ['exchange-refused', 'unexpected-answer', 'busy', 'timeout'];

export type ReadOptions = { readonly signal: AbortSignal; readonly onWait?: (seconds: number) => void };

/**
 * Everything is listed and filtered here: asked for a name that does not exist, Exchange may return all connectors.
 * @throws AppError when Exchange cannot be asked at all; a part that is merely not permitted is null
 */
export async function readTenant(exchange: Exchange, options: ReadOptions): Promise<TenantFacts> {
  const ask = async (cmdlet: string, signal: AbortSignal): Promise<CmdletResult['value'] | null> => {
    try {
      return (await exchange.run({ cmdlet, parameters: {} }, { ...options, signal, write: false })).value;
    } catch (error) {
      if (isAppError(error) && error.code === 'not-permitted') return null;
      throw error;
    }
  };
  /** Good to know, not needed: national clouds may lack these cmdlets. */
  const askIfThere = async (cmdlet: string, signal: AbortSignal): Promise<CmdletResult['value'] | null> => {
    try {
      return await ask(cmdlet, signal);
    } catch (error) {
      if (isAppError(error) && OPTIONAL.includes(error.code)) return null;
      throw error;
    }
  };
  const mayRun = async (signal: AbortSignal): Promise<readonly string[] | null> => {
    try {
      return (await exchange.permitted?.(signal)) ?? null;
    } catch (error) {
      if (isAppError(error)) return null;
      throw error;
    }
  };
  const [domains, connectors, organization, blocked, permitted] = await together(options.signal, (signal) => [
    ask('Get-AcceptedDomain', signal),
    ask('Get-InboundConnector', signal),
    askIfThere('Get-OrganizationConfig', signal),
    askIfThere('Get-BlockedConnector', signal),
    mayRun(signal),
  ]);
  return {
    acceptedDomains: domains && domains.map(readAcceptedDomain),
    connectors: connectors && connectors.map(readConnector),
    organization: organization?.[0] ? readOrganization(organization[0]) : null,
    blockedConnectors:
      blocked &&
      blocked.map((entry) => text(entry['ConnectorId']) || text(entry['Identity'])).filter((id) => id !== ''),
    permitted,
  };
}
