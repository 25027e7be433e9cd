/** The office network: is a port open, what a device says of itself (HTTP, SNMP, mDNS); polite, and only when asked. */
import { browse } from './lan-browse.ts';
import { identifyDevice, portState } from './lan-device.ts';
import { isNear, type OwnNetwork } from './lan-networks.ts';
import type { PeerGuard } from './smtp.ts';

export type PortState = 'open' | 'closed' | 'silent';

/** What a device announces or answers; every field as it came, control characters removed. */
export type DeviceSigns = {
  readonly httpServer: string | null;
  readonly httpTitle: string | null;
  readonly snmpDescription: string | null;
  readonly snmpObjectId: string | null;
};

export type FoundDevice = {
  readonly address: string;
  readonly name: string;
  readonly brand: string | null;
  readonly model: string | null;
  /** The human's own note on the device, e.g. the room. */
  readonly note: string | null;
  /** How it announced itself. */
  readonly source: 'mdns' | 'wsd';
};

/** Sends nothing without `ownNetwork`, and nothing into a network that is known to be a guest's, public or a tunnel. */
export type Search = (options: {
  readonly signal: AbortSignal;
  /** The person says that this computer is in the office's own network. */
  readonly ownNetwork: boolean;
  readonly durationMs?: number;
}) => Promise<{
  readonly networks: readonly OwnNetwork[];
  readonly searched: boolean;
  readonly devices: readonly FoundDevice[];
}>;

export type Lan = {
  /** Has this computer an address in the device's network; null for a name. Asks the system only. */
  readonly isNear: (address: string) => boolean | null;
  /** Connects and hangs up, sending nothing; never where what arrives comes out as paper. */
  readonly port: (
    address: string,
    port: number,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<PortState>;
  /** One GET / on 80, or on 443 where that tells nothing, and one SNMP GET (v2c, public); silence gives nulls. */
  readonly identify: (
    address: string,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<DeviceSigns>;
  readonly search: Search;
};

export const createLan = (guard: PeerGuard): Lan => ({
  isNear,
  port: (address, port, options) => portState(address, port, options, guard),
  identify: (address, options) => identifyDevice(address, options, guard),
  search: (options) => browse(options, guard),
});
