/** DNS client: outcomes are values, not exceptions; keeps time to live, the AD bit and who answered. */
import type { Environment } from '../../core/environment.ts';

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

/** Outcomes that mean the question was answered: there is a record, or there is none. */
export const isAnswered = (answer: DnsAnswer): boolean =>
  answer.status === 'ok' || answer.status === 'no-data' || answer.status === 'no-such-name';

export function createDns(_environment: Environment): Dns {
  throw new Error('not built yet');
}
