/** Asks who scans or prints by multicast DNS (RFC 6762, RFC 6763) on one network, and reads what is announced. */
import dgram from 'node:dgram';
import packet from 'dns-packet';
import { cleanText } from './clean-text.ts';
import { isInside, type OwnNetwork } from './lan-networks.ts';

export const MDNS = { group: '224.0.0.251', port: 5353 } as const;
const TYPES = ['_uscan', '_uscans', '_scanner', '_ipp', '_ipps', '_pdl-datastream', '_printer'].map(
  (type) => `${type}._tcp.local`,
);
/** Some miss the first one (RFC 6762 §5.2 doubles the pause). */
const ASK_AT_MS = [0, 1000, 3000];
/** Names that were announced without their address are asked for, this often at most. */
const MOST_FOLLOW_UPS = 3;
const MOST_RECORDS = 2000;
const MOST_DEVICES = 64;

export type Announced = {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly txt: Readonly<Record<string, string>>;
};

type Service = { target?: string; txt?: Readonly<Record<string, string>> };
type Memory = {
  readonly instances: Map<string, Service>;
  readonly hosts: Map<string, Set<string>>;
  records: number;
};

const plain = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** Calls `onFound` for every service that is complete, once for each. */
export function listenMdns(
  network: OwnNetwork,
  { signal, onFound }: { readonly signal: AbortSignal; readonly onFound: (announced: Announced) => void },
): Promise<void> {
  const socket = dgram.createSocket({ type: 'udp4', reuseAddr: true });
  const memory: Memory = { instances: new Map(), hosts: new Map(), records: 0 };
  const told = new Set<string>();
  const timers: NodeJS.Timeout[] = [];
  let followUps = 0;
  const send = (questions: readonly { readonly type: 'PTR' | 'SRV' | 'TXT' | 'A'; readonly name: string }[]): void => {
    const bytes = packet.encode({ type: 'query', questions: [...questions] });
    socket.send(bytes, MDNS.port, MDNS.group, () => undefined);
  };
  const look = (): void => {
    for (const [instance, { target, txt }] of memory.instances) {
      const addresses = [...(memory.hosts.get(plain(target ?? '')) ?? [])].filter((one) => isInside(one, network));
      if (told.has(instance) || told.size >= MOST_DEVICES || !target || addresses.length === 0 || !txt) continue;
      told.add(instance);
      onFound({ name: cleanText(instance.split('._')[0] ?? '', 100), addresses, txt });
    }
  };
  /** Most devices send all they have in one answer; the others are asked for the rest. */
  const followUp = (): void => {
    if (followUps >= MOST_FOLLOW_UPS) return;
    const questions = [...memory.instances].flatMap(([name, { target, txt }]) => [
      ...(target ? [] : [{ type: 'SRV' as const, name }]),
      ...(txt ? [] : [{ type: 'TXT' as const, name }]),
      ...(target && !memory.hosts.has(plain(target)) ? [{ type: 'A' as const, name: target }] : []),
    ]);
    if (questions.length === 0) return;
    followUps += 1;
    send(questions.slice(0, 20));
  };

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
      if (!isInside(address, network) || address === network.address) return;
      remember(bytes, memory);
      look();
    });
    socket.bind(MDNS.port, () => {
      try {
        socket.setMulticastTTL(255);
        socket.setMulticastInterface(network.address);
        socket.addMembership(MDNS.group, network.address);
      } catch {
        return end();
      }
      for (const at of ASK_AT_MS)
        timers.push(setTimeout(() => send(TYPES.map((name) => ({ type: 'PTR' as const, name }))), at));
      for (const at of ASK_AT_MS) timers.push(setTimeout(followUp, at + 600));
    });
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}

function remember(bytes: Buffer, memory: Memory): void {
  let message: packet.DecodedPacket;
  try {
    message = packet.decode(bytes);
  } catch {
    return;
  }
  if (message.type !== 'response') return;
  for (const record of [...(message.answers ?? []), ...(message.additionals ?? [])]) {
    memory.records += 1;
    if (memory.records > MOST_RECORDS) return;
    const name = plain(record.name);
    if (record.type === 'PTR' && TYPES.includes(name) && plain(record.data).endsWith(`.${name}`))
      service(memory, record.data);
    else if (record.type === 'SRV' && memory.instances.has(name)) service(memory, name).target = record.data.target;
    else if (record.type === 'TXT' && memory.instances.has(name)) service(memory, name).txt = readTxt(record.data);
    else if (record.type === 'A') memory.hosts.set(name, (memory.hosts.get(name) ?? new Set()).add(record.data));
  }
}

const service = (memory: Memory, name: string): Service => {
  const known = memory.instances.get(plain(name)) ?? {};
  memory.instances.set(plain(name), known);
  return known;
};

/** `key=value` strings; keys count without their case (RFC 6763 §6.4). */
export function readTxt(data: packet.TxtData): Readonly<Record<string, string>> {
  const strings = (Array.isArray(data) ? data : [data]).map((part) => part.toString());
  return Object.fromEntries(
    strings.flatMap((part) => {
      const at = part.indexOf('=');
      return at > 0 ? [[part.slice(0, at).toLowerCase(), cleanText(part.slice(at + 1).replaceAll('\0', ''), 200)]] : [];
    }),
  );
}
