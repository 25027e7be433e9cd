/** The name of the tenant one is signed in to, so that a person sees whose settings are about to change. */
import { isAppError } from '../../core/errors.ts';
import type { Tenant } from '../../core/plan/plan.ts';
import { initialDomainOf, readAcceptedDomain, readOrganization } from '../../core/plan/tenant-facts.ts';
import type { CmdletResult, Exchange } from './exchange.ts';

/** The name is a courtesy: what may not be read or does not come in time stays null. */
export async function readTenantName(
  exchange: Exchange,
  signal: AbortSignal,
  onWait?: (seconds: number) => void,
): Promise<Tenant> {
  const ask = async (cmdlet: string): Promise<CmdletResult['value']> => {
    try {
      return (await exchange.run({ cmdlet, parameters: {} }, { signal, write: false, ...(onWait ? { onWait } : {}) }))
        .value;
    } catch (error) {
      if (isAppError(error) || signal.aborted) return [];
      throw error;
    }
  };
  const [organization, domains] = await Promise.all([ask('Get-OrganizationConfig'), ask('Get-AcceptedDomain')]);
  return {
    ...exchange.tenant,
    name: organization[0] ? readOrganization(organization[0]).name : null,
    initialDomain: initialDomainOf(domains.map(readAcceptedDomain)),
  };
}
