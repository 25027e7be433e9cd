/** Listens for what scanners and printers announce of themselves by mDNS (RFC 6762, RFC 6763). */
import { cleanText } from './clean-text.ts';
import type { FoundDevice, Lan } from './lan.ts';

const TYPES = ['ipp', 'ipps', 'uscan', 'uscans', 'scanner', 'pdl-datastream', 'printer'];
const LISTEN_MS = 8000;

type Announced = {
  readonly name?: string;
  readonly addresses?: readonly string[];
  readonly txt?: Record<string, unknown>;
};

export const browse: Lan['browse'] = async ({ signal, durationMs = LISTEN_MS, onFound }) => {
  signal.throwIfAborted();
  const { Bonjour } = await import('bonjour-service');
  const bonjour = new Bonjour(undefined, () => undefined);
  const found = new Map<string, FoundDevice>();
  const browsers = TYPES.map((type) =>
    bonjour.find({ type }, (service: Announced) => {
      const device = readAnnouncement(service);
      const key = device && (text(service.txt?.['UUID']) ?? device.address);
      if (!device || !key || found.has(key) || [...found.values()].some(({ address }) => address === device.address))
        return;
      found.set(key, device);
      onFound?.(device);
    }),
  );
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, durationMs);
      signal.addEventListener(
        'abort',
        () => {
          clearTimeout(timer);
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
    return [...found.values()];
  } finally {
    for (const browser of browsers) browser.stop();
    await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  }
};

const text = (value: unknown): string | null => {
  const cleaned = typeof value === 'string' ? cleanText(value, 100).trim() : '';
  return cleaned === '' ? null : cleaned;
};

/** Null for queues that a computer re-announces for a printer it knows (CUPS): they are not the device. */
export function readAnnouncement({ name, addresses = [], txt = {} }: Announced): FoundDevice | null {
  const address = addresses.find((candidate) => /^\d+\.\d+\.\d+\.\d+$/.test(candidate));
  if (
    address === undefined ||
    'printer-type' in txt ||
    'printer-state' in txt ||
    String(txt['rp'] ?? '').startsWith('printers/')
  )
    return null;
  const product = text(txt['product'])?.replace(/^\(|\)$/g, '') ?? null;
  const label = text(txt['ty']) ?? product ?? text(name) ?? address;
  return {
    address,
    name: label,
    brand: text(txt['usb_MFG']) ?? text(txt['usb_MFC']) ?? text(label.split(' ')[0]),
    model: text(txt['usb_MDL']) ?? product,
    note: text(txt['note']),
    source: 'mdns',
  };
}
