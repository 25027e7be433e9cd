/** Every test of the RFC 7208 suite once more, over UDP and TCP through the product's own DNS client. */
import { describe, expect, it } from 'vitest';
import { CLOUDS, type Environment } from '../../../core/environment.ts';
import { plainName } from '../../../core/spf/spf-question.ts';
import { english } from '../../../core/text.ts';
import { createDns } from '../../../electron/net/dns.ts';
import { createSpf } from '../../../electron/net/spf.ts';
import { startDnsServer, type DnsFault, type Zone as ServerZone } from '../../helpers/dns-server.ts';
import { readSuite, suiteIsThere, SUITE_FILE, type Zone } from '../../helpers/rfc7208-suite.ts';
import { identityOf } from '../../helpers/spf-run.ts';

if (!suiteIsThere) console.warn(`The RFC 7208 suite over DNS is skipped: there is no file ${SUITE_FILE}.`);

const signal = new AbortController().signal;

/** Names that only answer some types time out for the others; `error.` names always do. */
function served(zone: Zone): { readonly records: ServerZone; readonly faults: Readonly<Record<string, DnsFault>> } {
  const faults: Record<string, DnsFault> = {};
  const records: Record<string, ServerZone[string]> = {};
  for (const [name, entry] of zone) {
    const of = (type: string) => entry.records.filter((record) => record.type === type);
    records[name] = Object.fromEntries(
      ['A', 'AAAA', 'PTR', 'CNAME', 'MX', 'TXT'].flatMap((type) => {
        const found = of(type).map((record) =>
          record.type === 'TXT'
            ? record.strings
            : record.type === 'MX'
              ? `${record.preference} ${record.target}`
              : record.target,
        );
        return found.length === 0 ? [] : [[type, type === 'CNAME' ? found[0] : found]];
      }),
    );
    if (entry.timeout)
      for (const type of ['A', 'AAAA', 'PTR', 'MX', 'TXT'])
        if (of(type).length === 0) faults[`${name}/${type}`] = 'timeout';
  }
  return { records, faults };
}

describe.skipIf(!suiteIsThere)(
  `RFC 7208 suite over DNS${suiteIsThere ? '' : ` (skipped: there is no file ${SUITE_FILE})`}`,
  () => {
    it('gives 203 of 203 results', async () => {
      const wrong: string[] = [];
      let right = 0;
      await Promise.all(
        readSuite().map(async ({ zone, tests }) => {
          const server = await startDnsServer({
            ...served(zone),
            handler: ({ name }) => (zone.has(plainName(name)) ? undefined : null),
            silent: (name) => plainName(name).startsWith('error.') && !zone.has(plainName(name)),
          });
          await Promise.all(
            tests.map(async (test) => {
              const dns = createDns({
                ...(CLOUDS[0] as Environment),
                dns: { servers: [server.address], doh: [] },
                loopback: true,
              });
              const { result } = await createSpf(dns).evaluate(identityOf(test), { signal, t: english });
              if (test.results.includes(result)) right += 1;
              else wrong.push(`${test.id}: ${result}, not ${test.results.join(' or ')}`);
            }),
          );
          await server.close();
        }),
      );
      console.log(`RFC 7208 suite over UDP and TCP: ${right} of ${right + wrong.length} results`);
      expect({ wrong, right }).toEqual({ wrong: [], right: 203 });
    }, 60_000);
  },
);
