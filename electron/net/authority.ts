/** Asks the domain's own name servers, past every cache: what they say is what the rest of the world will see (RFC 1034 §4.3.1). */
import type { Environment } from '../../core/environment.ts';
import { withDeadline } from './deadline.ts';
import type { Dns, DnsAnswer, DnsType } from './dns.ts';

export type OwnAnswer = {
  /** Name of the zone whose servers were asked. */
  readonly zone: string;
  /** One answer for each server that gave one, `server` being its address. */
  readonly answers: readonly (DnsAnswer & { readonly nameServer: string })[];
};

export type Authority = {
  /**
   * @returns null where they may not be asked, cannot be found, or stay silent: port 53 to the outside is often closed
   * @throws the signal's reason when aborted
   */
  readonly ask: (name: string, type: DnsType, options: { readonly signal: AbortSignal }) => Promise<OwnAnswer | null>;
};

const DEADLINE_MS = 4000;
const ANSWER_MS = 2000;
/** More would tell nothing new. */
const MOST_SERVERS = 4;

export function createAuthority(environment: Environment, dns: Dns): Authority {
  const { dns: settings } = environment;
  // A world with servers of its own has no others, unless it says on which port they listen.
  const port = settings?.authorityPort ?? (settings === undefined || settings.system === true ? 53 : null);
  return {
    ask: async (name, type, { signal }) => {
      if (port === null) return null;
      const limit = withDeadline(signal, DEADLINE_MS);
      try {
        const zone = await zoneOf(name, limit);
        if (zone === null) return null;
        const asked = await Promise.all(
          zone.nameServers.slice(0, MOST_SERVERS).map(async (nameServer) => {
            const address = (await dns.query(nameServer, 'A', { signal: limit })).records[0]?.data;
            if (address === undefined) return null;
            const answer = await dns.query(name, type, {
              signal: limit,
              servers: [`${address}:${port}`],
              recursive: false,
              deadlineMs: ANSWER_MS,
            });
            return { ...answer, nameServer };
          }),
        );
        const answers = asked.filter(
          (answer) => answer !== null && ['ok', 'no-data', 'no-such-name'].includes(answer.status),
        ) as OwnAnswer['answers'];
        return answers.length > 0 ? { zone: zone.name, answers } : null;
      } catch (error) {
        signal.throwIfAborted();
        if (limit.aborted) return null;
        throw error;
      }
    },
  };

  /** The name servers stand at the name itself or above it, where the zone begins. */
  async function zoneOf(
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly name: string; readonly nameServers: readonly string[] } | null> {
    const labels = name.split('.');
    const above = labels.slice(0, -1).map((_, at) => labels.slice(at).join('.'));
    const answers = await Promise.all(above.map((one) => dns.query(one, 'NS', { signal })));
    const at = answers.findIndex(({ records }) => records.length > 0);
    const found = answers[at];
    return found === undefined ? null : { name: above[at] ?? name, nameServers: found.records.map(({ data }) => data) };
  }
}
