/** DNS client: outcomes are values, not exceptions; keeps time to live, the AD bit and who answered. */
import type { Environment } from '../../core/environment.ts';
import { memoryOfOneLook, type AnswerMemory } from './answer-memory.ts';
import { exchangeDns } from './dns-exchange.ts';
import { MAX_ALIASES } from './dns-message.ts';
import { inventedNames } from './invented-names.ts';
import { UNPACED, type Pace } from './pace.ts';
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
  /** Given for names that do not exist as well: somebody on the way makes answers up. */
  | 'rewritten'
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
  /** Only the resolvers of this network; block lists do not serve the large public ones. */
  readonly local?: boolean;
};

export type Dns = {
  /** @throws the signal's reason when aborted; never for anything DNS can answer or not answer. */
  readonly query: (name: string, type: DnsType, options: DnsQueryOptions) => Promise<DnsAnswer>;
  /** Are names that do not exist given addresses on this network (RFC 4924 §2.5.2)? False also when it cannot be told. */
  readonly rewrites: (options: { readonly signal: AbortSignal }) => Promise<boolean>;
  /** The resolvers in use, `host:port`. */
  readonly servers: readonly string[];
};

const DEADLINE_MS = 8000;
/** A resolver that makes answers up does so at once. */
const INVENTED_MS = 3000;
/** No true answer is held back longer than this for it. */
const PATIENCE_MS = 700;

/** @returns null when it takes longer than `ms` */
async function within<T>(work: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

export type DnsShared = { readonly memory: AnswerMemory; readonly pace: Pace };

/** @param shared with other looks of the same run */
export function createDns(environment: Environment, shared?: Partial<DnsShared>): Dns {
  const { memory = memoryOfOneLook(), pace = UNPACED } = shared ?? {};
  const servers = [
    ...(environment.dns?.servers ?? []),
    ...(environment.dns === undefined || environment.dns.system === true ? systemServers() : []),
  ];
  const doh = environment.dns?.doh ?? [];

  const askOnce = (name: string, type: DnsType, options: DnsQueryOptions, onlyHttps = false): Promise<DnsAnswer> =>
    exchangeDns({
      name,
      type,
      servers: onlyHttps ? [] : (options.servers ?? servers),
      doh: options.servers || options.local ? [] : doh,
      ca: environment.ca,
      recursive: options.recursive ?? true,
      signal: options.signal,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
      pace,
    });

  let invented: Promise<ReadonlySet<string>> | null = null;
  /** Addresses that this network's resolvers give to names which do not exist. */
  const inventedAddresses = (signal: AbortSignal): Promise<ReadonlySet<string>> => {
    if (invented) return invented;
    const asking = Promise.all(
      inventedNames().map((name) => askOnce(name, 'A', { signal, local: true, deadlineMs: INVENTED_MS })),
    ).then((answers) => new Set(answers.flatMap(({ records }) => records.map(({ data }) => data))));
    invented = asking;
    asking.catch(() => (invented = null));
    return asking;
  };

  /** What is given for names that do not exist is no answer; HTTPS, where it is set, is asked instead. */
  const askTruly = async (name: string, type: DnsType, options: DnsQueryOptions): Promise<DnsAnswer> => {
    const plain = type === 'A' && options.servers === undefined && servers.length > 0;
    const inventing = plain ? inventedAddresses(options.signal) : null;
    inventing?.catch(() => undefined);
    const answer = await ask(name, type, options);
    const { status, records, via } = answer;
    if (inventing === null || status !== 'ok' || via === 'https') return answer;
    const forged = await within(inventing, PATIENCE_MS);
    if (!records.some(({ data }) => forged?.has(data))) return answer;
    const secure = doh.length > 0 && !options.local ? await askOnce(name, type, options, true) : null;
    if (secure && secure.via === 'https' && !['server-failed', 'refused'].includes(secure.status)) return secure;
    return { ...answer, status: 'rewritten', records: [] };
  };

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
    rewrites: async ({ signal }) => servers.length > 0 && (await inventedAddresses(signal)).size > 0,
    query: async (name, type, options) => {
      options.signal.throwIfAborted();
      const { servers: others = null, recursive = true, local = false } = options;
      const key = JSON.stringify([name.toLowerCase(), type, others, recursive, local]);
      const known = memory.get(key);
      if (known) return forAsker(known, options.signal);
      const asked = askTruly(name, type, memory.life ? { ...options, signal: memory.life } : options);
      memory.set(key, asked);
      return forAsker(asked, options.signal);
    },
  };

  /** Whoever waits no longer leaves; the question goes on for the others. */
  function forAsker(asked: Promise<DnsAnswer>, signal: AbortSignal): Promise<DnsAnswer> {
    if (memory.life === null) return asked;
    asked.catch(() => undefined);
    return new Promise((resolve, reject) => {
      const leave = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', leave, { once: true });
      asked.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}
