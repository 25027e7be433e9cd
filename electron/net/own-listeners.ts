/** Every port this program listens on itself: no probe and no test mail may be led to one of them. */
import type { Server } from 'node:net';
import { networkInterfaces } from 'node:os';

const open = new Set<Server>();

/** Until it closes. */
export function isOurs(server: Server): void {
  open.add(server);
  server.once('close', () => open.delete(server));
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** @returns `address:port`, each under every address it can be reached at */
export function ownListeners(): readonly string[] {
  return [...open].flatMap((server) => {
    const at = server.address();
    if (at === null || typeof at === 'string') return [];
    const everywhere = at.address === '0.0.0.0' || at.address === '::';
    const elsewhere = everywhere
      ? Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address))
      : [at.address];
    return [...new Set([...LOOPBACK, ...elsewhere])].map((address) => `${address}:${at.port}`);
  });
}
