/** STUN binding request (RFC 8489): which public address and port the UDP path shows. */
import type { Dns } from './dns.ts';
import type { PeerGuard } from './smtp.ts';

export type Stun = {
  /** @param server `host:port`. @returns the mapped IPv4 address. @throws AppError `network` | `timeout` | `unexpected-answer` */
  readonly ask: (
    server: string,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<string>;
};

export function createStun(_dns: Dns, _guard: PeerGuard): Stun {
  throw new Error('not built yet');
}
