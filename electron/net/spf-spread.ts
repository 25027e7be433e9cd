/** Looks for a record at the domain's own name servers first, then at several resolvers, each asked by itself. */
import { isSpfRecord } from '../../core/spf/parse-record.ts';
import { sameRecord, spreadOf, type SpfSpread } from '../../core/spf/spread.ts';
import type { DnsAnswer } from './dns.ts';
import type { Net } from './net.ts';

/** Resolvers many people use; asked only where the program may ask beyond its own network. */
const PUBLIC = ['1.1.1.1:53', '8.8.8.8:53', '9.9.9.9:53'];
const ANSWER_MS = 4000;
const MOST_RESOLVERS = 6;

/** @throws the signal's reason when aborted */
export async function lookForRecord(
  net: Net,
  options: {
    readonly domain: string;
    readonly record: string;
    readonly askPublic: boolean;
    readonly signal: AbortSignal;
  },
): Promise<SpfSpread> {
  const { domain, record, signal } = options;
  const judge = (server: string, own: boolean, { status, records }: DnsAnswer): SpfSpread['answers'][number] => {
    const found = records.map(({ data }) => data).filter(isSpfRecord);
    const told = status === 'ok' || status === 'no-data' || status === 'no-such-name';
    const [only, second] = found;
    const isNew = only !== undefined && second === undefined && sameRecord(only, record);
    return {
      server,
      own,
      state: told ? (isNew ? 'new' : 'old') : 'silent',
      records: found,
      ttlSeconds: records[0]?.ttl ?? null,
    };
  };
  const resolvers = [...new Set([...net.dns.servers, ...(options.askPublic ? PUBLIC : [])])].slice(0, MOST_RESOLVERS);
  const [own, others] = await Promise.all([
    net.authority.ask(domain, 'TXT', { signal }),
    Promise.all(
      resolvers.map(async (server) =>
        judge(server, false, await net.dns.query(domain, 'TXT', { signal, servers: [server], deadlineMs: ANSWER_MS })),
      ),
    ),
  ]);
  return spreadOf(domain, [...(own?.answers ?? []).map((answer) => judge(answer.nameServer, true, answer)), ...others]);
}
