/** Looks for scanners and printers on the office network: listens to what they announce, then asks those and no others what they are. */
import { maySearch } from '../../core/evidence/network-kind.ts';
import { identifyDevice as nameOf } from '../../core/evidence/identify-device.ts';
import { cleanText } from './clean-text.ts';
import { joinSignals, withDeadline } from './deadline.ts';
import { identifyDevice } from './lan-device.ts';
import { listenMdns, type Announced } from './lan-mdns.ts';
import { ownNetworks, type OwnNetwork } from './lan-networks.ts';
import { listenWsd } from './lan-wsd.ts';
import type { FoundDevice, Search } from './lan.ts';
import type { PeerGuard } from './smtp.ts';

const LISTEN_MS = 6000;
const IDENTIFY_MS = 3000;
/** Announcements are free for anyone to send. */
const MOST_DEVICES = 32;
/** Asked at the same time. */
const AT_ONCE = 4;

export async function browse(
  { signal, ownNetwork, durationMs = LISTEN_MS }: Parameters<Search>[0],
  guard: PeerGuard,
): ReturnType<Search> {
  signal.throwIfAborted();
  // A world on the loopback interface has no office around it.
  const networks = guard.loopback ? [] : await ownNetworks(signal);
  signal.throwIfAborted();
  const searched = networks.filter(({ kind }) => maySearch(kind, ownNetwork));
  const found = new Map<string, FoundDevice>();
  const keep = (device: FoundDevice): void => {
    const known = found.get(device.address);
    if (known?.source === 'mdns' || (!known && found.size >= MOST_DEVICES)) return;
    if (!networks.some(({ address }) => address === device.address)) found.set(device.address, device);
  };
  const limit = joinSignals(signal, withDeadline(signal, durationMs));
  await Promise.all(searched.map((network) => listen(network, limit, keep)));
  signal.throwIfAborted();
  const waiting = [...found.values()];
  const devices: FoundDevice[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) devices.push(await identified(next, signal, guard));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  signal.throwIfAborted();
  return { networks, searched: searched.length > 0, devices: devices.toSorted(byAddress) };
}

const byAddress = (one: FoundDevice, other: FoundDevice): number =>
  one.address.localeCompare(other.address, 'en', { numeric: true });

async function listen(network: OwnNetwork, signal: AbortSignal, keep: (device: FoundDevice) => void): Promise<void> {
  await Promise.all([
    listenMdns(network, {
      signal,
      onFound: (announced) => {
        const device = readAnnouncement(announced);
        if (device) keep(device);
      },
    }),
    listenWsd(network, {
      signal,
      onFound: (address) => keep({ address, name: address, brand: null, model: null, note: null, source: 'wsd' }),
    }),
  ]);
}

/** What it says of itself when asked beats what it announces for printing. */
async function identified(device: FoundDevice, signal: AbortSignal, guard: PeerGuard): Promise<FoundDevice> {
  const signs = await identifyDevice(device.address, { signal, deadlineMs: IDENTIFY_MS }, guard).catch(() => null);
  const known = signs && nameOf(signs);
  const announced = nameOf({ httpServer: null, httpTitle: device.name, snmpDescription: null, snmpObjectId: null });
  const brand = known?.brand ?? announced?.brand ?? device.brand;
  const model = known?.model ?? announced?.model ?? device.model;
  const name = device.name === device.address ? [brand, model].filter(Boolean).join(' ') || device.name : device.name;
  return { ...device, brand, model, name };
}

const text = (value: string | undefined): string | null => {
  const cleaned = cleanText(value ?? '', 100).trim();
  return cleaned === '' ? null : cleaned;
};

/** Null for queues that a computer re-announces for a printer it knows (CUPS): they are not the device. */
export function readAnnouncement({ name, addresses, txt }: Announced): FoundDevice | null {
  const [address] = addresses;
  if (address === undefined || 'printer-type' in txt || 'printer-state' in txt || txt['rp']?.startsWith('printers/'))
    return null;
  const product = text(txt['product'])?.replace(/^\(|\)$/g, '') ?? null;
  const label = text(txt['ty']) ?? product ?? text(name) ?? address;
  return {
    address,
    name: label,
    brand: text(txt['usb_mfg']) ?? text(txt['usb_mfc']) ?? text(label.split(' ')[0]),
    model: text(txt['usb_mdl']) ?? product,
    note: text(txt['note']),
    source: 'mdns',
  };
}
