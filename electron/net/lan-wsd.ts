/** Asks who scans or prints by WS-Discovery (OASIS 1.1, April 2005 names as devices use them) on one network. */
import { randomUUID } from 'node:crypto';
import dgram from 'node:dgram';
import { isInside, type OwnNetwork } from './lan-networks.ts';

export const WSD = { group: '239.255.255.250', port: 3702 } as const;
/** Some miss the first one. */
const ASK_AT_MS = [0, 200];
const MOST_BYTES = 32 * 1024;
const MOST_DEVICES = 64;

const probe = (): string =>
  `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:wsd="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof"><soap:Header><wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</wsa:Action><wsa:MessageID>urn:uuid:${randomUUID()}</wsa:MessageID><wsa:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</wsa:To></soap:Header><soap:Body><wsd:Probe><wsd:Types>wsdp:Device</wsd:Types></wsd:Probe></soap:Body></soap:Envelope>`;

/** A match that scans or prints; other devices (computers, cameras) answer, too. */
export const isScannerOrPrinter = (xml: string): boolean =>
  /ProbeMatches/.test(xml) && /<[^>]*:?Types[^>]*>[^<]*\b(ScanDeviceType|PrintDeviceType)\b/.test(xml);

/** Calls `onFound` once for each address that answers; no address in the answer is believed but the sender's own. */
export function listenWsd(
  network: OwnNetwork,
  { signal, onFound }: { readonly signal: AbortSignal; readonly onFound: (address: string) => void },
): Promise<void> {
  const socket = dgram.createSocket('udp4');
  const told = new Set<string>();
  const timers: NodeJS.Timeout[] = [];
  const question = Buffer.from(probe());
  return new Promise((resolve) => {
    const end = (): void => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', end);
      try {
        socket.close();
      } catch {
        // It did not get as far as being open.
      }
      resolve();
    };
    socket.on('error', end);
    socket.on('message', (bytes, { address }) => {
      if (told.has(address) || told.size >= MOST_DEVICES || bytes.length > MOST_BYTES) return;
      if (!isInside(address, network) || !isScannerOrPrinter(bytes.toString('utf8'))) return;
      told.add(address);
      onFound(address);
    });
    socket.bind(0, network.address, () => {
      try {
        socket.setMulticastTTL(1);
        socket.setMulticastInterface(network.address);
      } catch {
        return end();
      }
      for (const at of ASK_AT_MS)
        timers.push(setTimeout(() => socket.send(question, WSD.port, WSD.group, () => undefined), at));
    });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
