/** SPF over the network: feeds the pure evaluator from DNS, starting every look-up of a record as soon as the record is known. */
import type { SpfDocument } from '../../core/spf/spf-document.ts';
import type { Translate } from '../../core/text.ts';
import type { Dns } from './dns.ts';

export type SpfQuestion = {
  /** IPv4 or IPv6 address of the sending host. */
  readonly ip: string;
  readonly domain: string;
  /** MAIL FROM; default `postmaster@domain` (RFC 7208 §2.4). */
  readonly sender?: string;
  readonly helo?: string;
  /** What the record should allow; without it nothing is proposed. */
  readonly wanted?: { readonly ips: readonly string[]; readonly include: string };
};

export type Spf = {
  /** @throws the signal's reason when aborted; DNS trouble is a `temperror` in the document */
  readonly evaluate: (
    question: SpfQuestion,
    options: { readonly signal: AbortSignal; readonly t: Translate; readonly deadlineMs?: number },
  ) => Promise<SpfDocument>;
};

export function createSpf(_dns: Dns): Spf {
  throw new Error('not built yet');
}
