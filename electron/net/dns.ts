/** DNS client: outcomes are values, not exceptions; keeps time to live, the AD bit and who answered. */
import type { Environment } from '../../core/environment.ts';
import { exchangeDns } from './dns-exchange.ts';
import { systemServers } from './system-servers.ts';

export type DnsType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'NS' | 'CNAME' | 'PTR' | 'SOA';

/** One record of the answer section. `data` is the address, the target name, or the text with its strings joined (RFC 7208 §3.3). */
export type DnsRecord = {
  readonly name: string;
  readonly type: DnsType;
  /** Seconds. */
  readonly ttl: number;
  readonly data: string;
  /** MX only. */
  readonly preference?: number;
  /** TXT only: the character-strings as published. */
  readonly strings?: readonly string[];
};

export type DnsStatus =
  | 'ok'
  /** The name exists without a record of this type. */
  | 'no-data'
  /** NXDOMAIN. */
  | 'no-such-name'
  | 'server-failed'
  | 'refused'
  /** Truncated, and TCP gave nothing better. */
  | 'incomplete'
  | 'alias-loop'
  | 'malformed'
  | 'bad-name'
  | 'timeout'
  | 'unreachable';

export type DnsAnswer = {
  readonly name: string;
  readonly type: DnsType;
  readonly status: DnsStatus;
  /** Records of the asked type after following aliases; empty unless `ok` or `incomplete`. */
  readonly records: readonly DnsRecord[];
  /** Alias targets followed, in order. */
  readonly aliases: readonly string[];
  /** The resolver says it validated the answer with DNSSEC (RFC 4035 §3.2.3). */
  readonly authenticated: boolean;
  readonly authoritative: boolean;
  /** `host:port` or the DNS-over-HTTPS address that answered; null when nobody did. */
  readonly server: string | null;
  readonly via: 'udp' | 'tcp' | 'https' | null;
  readonly durationMs: number;
};

export type DnsQueryOptions = {
  readonly signal: AbortSignal;
  /** Wall clock for the whole question; default 8000 ms. */
  readonly deadlineMs?: number;
  /** Ask these `host:port` servers instead of the environment's. */
  readonly servers?: readonly string[];
  /** Recursion desired; false for a question to an authoritative server. */
  readonly recursive?: boolean;
};

export type Dns = {
  /** @throws the signal's reason when aborted; never for anything DNS can answer or not answer. */
  readonly query: (name: string, type: DnsType, options: DnsQueryOptions) => Promise<DnsAnswer>;
  /** The resolvers in use, `host:port`. */
  readonly servers: readonly string[];
};

const DEADLINE_MS = 8000;
/** RFC 1034 sets no limit; longer chains are somebody's mistake. */
const MAX_ALIASES = 12;

export function createDns(environment: Environment): Dns {
  const servers = environment.dns ? environment.dns.servers : systemServers();
  const doh = environment.dns?.doh ?? [];
  const memory = new Map<string, Promise<DnsAnswer>>();

  const askOnce = (name: string, type: DnsType, options: DnsQueryOptions): Promise<DnsAnswer> =>
    exchangeDns({
      name,
      type,
      servers: options.servers ?? servers,
      doh: options.servers ? [] : doh,
      ca: environment.ca,
      recursive: options.recursive ?? true,
      signal: options.signal,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    });

  /** Follows aliases that the server left for us to ask about. */
  const ask = async (name: string, type: DnsType, options: DnsQueryOptions): Promise<DnsAnswer> => {
    let answer = await askOnce(name, type, options);
    const seen = new Set([name.toLowerCase(), ...answer.aliases.map((alias) => alias.toLowerCase())]);
    while (answer.status === 'ok' && answer.records.length === 0 && answer.aliases.length > 0 && type !== 'CNAME') {
      const target = answer.aliases.at(-1) as string;
      if (answer.aliases.length > MAX_ALIASES) return { ...answer, name, status: 'alias-loop' };
      const next = await askOnce(target, type, options);
      const loops = next.aliases.some((alias) => seen.has(alias.toLowerCase()));
      for (const alias of next.aliases) seen.add(alias.toLowerCase());
      answer = {
        ...next,
        name,
        aliases: [...answer.aliases, ...next.aliases],
        status: loops ? 'alias-loop' : next.status,
      };
    }
    return answer;
  };

  return {
    servers,
    query: async (name, type, options) => {
      options.signal.throwIfAborted();
      const key = JSON.stringify([name.toLowerCase(), type, options.servers ?? null, options.recursive ?? true]);
      const known = memory.get(key);
      if (known) return known;
      const asked = ask(name, type, options);
      memory.set(key, asked);
      // What was cut short is no answer for the next one who asks.
      asked.catch(() => memory.delete(key));
      return asked;
    },
  };
}
