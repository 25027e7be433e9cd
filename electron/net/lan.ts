/** The office network: is a port open, what a device says of itself (HTTP, SNMP, mDNS); polite, and only when asked. */
import { browse } from './lan-browse.ts';
import { identifyDevice, portState } from './lan-device.ts';
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
  readonly source: 'mdns';
};

export type Lan = {
  /** Connects and hangs up, sending nothing. */
  readonly port: (
    address: string,
    port: number,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<PortState>;
  /** One GET / on 443 or 80 and one SNMP GET (v2c, public); silence gives nulls. */
  readonly identify: (
    address: string,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<DeviceSigns>;
  /** Listens for what scanners and printers announce by mDNS (RFC 6762). */
  readonly browse: (options: {
    readonly signal: AbortSignal;
    readonly durationMs?: number;
    readonly onFound?: (device: FoundDevice) => void;
  }) => Promise<readonly FoundDevice[]>;
};

export const createLan = (guard: PeerGuard): Lan => ({
  port: (address, port, options) => portState(address, port, options, guard),
  identify: (address, options) => identifyDevice(address, options, guard),
  browse,
});
