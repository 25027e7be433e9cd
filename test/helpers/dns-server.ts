/** A scripted DNS server on the loopback address, UDP and TCP on one port: records by name, faults by name, a log of questions. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import * as packet from 'dns-packet';

type Named = 'A' | 'AAAA' | 'NS' | 'CNAME' | 'PTR';
/** MX as `10 mail.contoso.com`; a TXT is one string (split at 255 bytes) or its character-strings as they are. */
export type Zone = Readonly<
  Record<
    string,
    Partial<Record<Named | 'MX' | 'SOA', string | readonly string[]>> & {
      readonly TXT?: string | readonly (string | readonly (string | Uint8Array)[])[];
    }
  >
>;

export type DnsFault =
  | 'ok'
  /** No answer at all. */
  | 'timeout'
  | 'servfail'
  | 'refused'
  | 'formerr'
  | 'notimp'
  | 'nxdomain'
  /** TC over UDP with no records, whole over TCP. */
  | 'truncate'
  /** TC over UDP with all records, TCP hangs up. */
  | 'truncate-no-tcp'
  /** FORMERR to a question with EDNS, else ok. */
  | 'no-edns'
  | 'wrong-id'
  | 'wrong-question'
  | 'wrong-owner'
  /** 50 answers with wrong ids, then the right one. */
  | 'wrong-id-then-right'
  | 'wrong-question-then-right'
  | { readonly delayMs: number }
  /** Sent as it is, but for the first two bytes: the question's id. */
  | { readonly bytes: Uint8Array };

export type DnsQuestion = {
  readonly name: string;
  readonly type: string;
  readonly via: 'udp' | 'tcp' | 'https';
  readonly edns: boolean;
  readonly recursive: boolean;
  readonly authenticData: boolean;
  readonly atMs: number;
};
/** Told of every answer when it is sent. */
type OnAnswer = (question: DnsQuestion, answers: readonly packet.Answer[]) => void;

export type DnsServerOptions = {
  /** `*.name` answers for everything below it that is not named. */
  readonly records?: Zone;
  /** Key `name` or `name/TYPE` or `*`; a list is used one question after the other, then ok. */
  readonly faults?: Readonly<Record<string, DnsFault | readonly DnsFault[]>>;
  /** Answers instead of `records` when it returns a zone entry; null says NXDOMAIN. */
  readonly handler?: (question: DnsQuestion) => Zone[string] | null | undefined;
  /** Sets the AD bit. */
  readonly authenticated?: boolean;
  readonly authoritative?: boolean;
  /** Default 127.0.0.1 and a free port. */
  readonly address?: string;
  readonly port?: number;
  /** Seconds, default 300. */
  readonly ttl?: number;
  /** Every answer comes that much later. */
  readonly delayMs?: number;
  readonly onAnswer?: OnAnswer;
  /** Names that are never answered. */
  readonly silent?: (name: string) => boolean;
};

export type DnsServer = {
  readonly address: string;
  readonly port: number;
  readonly log: readonly DnsQuestion[];
  /** The whole reply to one message, for DNS over HTTPS. */
  readonly respond: (message: Uint8Array) => Promise<Uint8Array | null>;
  readonly close: () => Promise<void>;
};

const chunks = (text: string): Buffer[] => {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += 255) parts.push(bytes.subarray(at, at + 255));
  return parts;
};

function answersOf(name: string, type: string, entry: Zone[string], ttl: number): packet.Answer[] {
  const given = entry[type as Named];
  const list = given === undefined ? [] : typeof given === 'string' ? [given] : given;
  return list.map((value: string | readonly (string | Uint8Array)[]) => {
    if (type === 'TXT') {
      const data = typeof value === 'string' ? chunks(value) : value.map((part) => Buffer.from(part));
      return { type, name, ttl, data };
    }
    const text = value as string;
    if (type === 'MX')
      return { type, name, ttl, data: { preference: Number(text.split(' ')[0]), exchange: text.split(' ')[1] ?? '.' } };
    if (type === 'SOA') return { type, name, ttl, data: { mname: text, rname: 'hostmaster.invalid' } };
    return { type: type as Named, name, ttl, data: text };
  });
}

export async function startDnsServer(options: DnsServerOptions = {}): Promise<DnsServer> {
  const lower = <V>(table: Readonly<Record<string, V>> = {}): Map<string, V> =>
    new Map(Object.entries(table).map(([key, value]) => [key.toLowerCase(), value]));
  const records = lower(options.records);
  const faults = lower(options.faults);
  const asked = new Map<string, number>();
  const log: DnsQuestion[] = [];
  const timers = new Set<NodeJS.Timeout>();
  const sockets = new Set<net.Socket>();
  const begun = performance.now();
  const { ttl = 300, delayMs = 0 } = options;

  const find = (question: DnsQuestion): Zone[string] | null => {
    const handled = options.handler?.(question);
    if (handled !== undefined) return handled;
    const exact = records.get(question.name);
    if (exact) return exact;
    const labels = question.name.split('.');
    for (let cut = 1; cut < labels.length; cut += 1) {
      const wild = records.get(`*.${labels.slice(cut).join('.')}`);
      if (wild) return wild;
    }
    return [...records.keys()].some((known) => known.endsWith(`.${question.name}`)) ? {} : null;
  };
  const faultOf = (question: DnsQuestion): DnsFault => {
    for (const key of [`${question.name}/${question.type.toLowerCase()}`, question.name, '*']) {
      const fault = faults.get(key);
      if (fault === undefined) continue;
      if (!Array.isArray(fault)) return fault as DnsFault;
      const count = asked.get(key) ?? 0;
      asked.set(key, count + 1);
      return (fault as readonly DnsFault[])[count] ?? 'ok';
    }
    return 'ok';
  };

  /** Calls `send` with each reply; hangs up a TCP connection with null. */
  const reply = (message: Uint8Array, via: DnsQuestion['via'], send: (bytes: Buffer | null) => void): void => {
    let query: packet.DecodedPacket;
    try {
      query = packet.decode(Buffer.from(message));
    } catch {
      return;
    }
    const asks = query.questions?.[0];
    if (!asks) return;
    const question: DnsQuestion = {
      name: asks.name.toLowerCase(),
      type: asks.type,
      via,
      edns: (query.additionals ?? []).some(({ type }) => type === 'OPT'),
      recursive: query.flag_rd,
      authenticData: query.flag_ad,
      atMs: performance.now() - begun,
    };
    log.push(question);
    if (options.silent?.(question.name)) return;
    const fault = faultOf(question);
    const answers: packet.Answer[] = [];
    let entry = find(question);
    let name = asks.name;
    for (let step = 0; entry && step < 20; step += 1) {
      if (entry.CNAME === undefined || question.type === 'CNAME') {
        answers.push(...answersOf(name, question.type, entry, ttl));
        break;
      }
      answers.push(...answersOf(name, 'CNAME', entry, ttl));
      name = String(entry.CNAME);
      entry = find({ ...question, name: name.toLowerCase() });
    }
    const build = (change: Partial<packet.Packet> & { rcode?: number; tc?: boolean } = {}): Buffer =>
      packet.encode({
        type: 'response',
        id: query.id,
        flags:
          (change.rcode ?? (entry ? 0 : 3)) |
          (query.flag_rd ? packet.RECURSION_DESIRED : 0) |
          packet.RECURSION_AVAILABLE |
          (options.authenticated ? packet.AUTHENTIC_DATA : 0) |
          (options.authoritative ? packet.AUTHORITATIVE_ANSWER : 0) |
          (change.tc ? packet.TRUNCATED_RESPONSE : 0),
        questions: [asks],
        answers: change.rcode === undefined ? answers : [],
        ...change,
      });
    const other = { ...asks, name: 'other.invalid' };
    const wrongId = () => build({ id: ((query.id ?? 0) + 1) & 0xffff });
    const wrongQuestion = () => build({ questions: [other] });
    const after = typeof fault === 'object' && 'delayMs' in fault ? fault.delayMs : delayMs;
    const act = (): void => {
      if (typeof fault === 'object' && 'bytes' in fault) {
        const raw = Buffer.from(fault.bytes);
        if (raw.length >= 2) raw.writeUInt16BE(query.id ?? 0);
        return send(raw);
      }
      if (fault === 'timeout') return;
      if (fault === 'servfail') return send(build({ rcode: 2 }));
      if (fault === 'refused') return send(build({ rcode: 5 }));
      if (fault === 'formerr') return send(build({ rcode: 1 }));
      if (fault === 'notimp') return send(build({ rcode: 4 }));
      if (fault === 'nxdomain') return send(build({ rcode: 3 }));
      if (fault === 'no-edns' && question.edns) return send(build({ rcode: 1 }));
      if (fault === 'truncate' && via === 'udp') return send(build({ tc: true, answers: [] }));
      if (fault === 'truncate-no-tcp') return send(via === 'udp' ? build({ tc: true }) : null);
      if (fault === 'wrong-id') return send(wrongId());
      if (fault === 'wrong-question') return send(wrongQuestion());
      if (fault === 'wrong-owner')
        return send(build({ answers: answers.map((record) => ({ ...record, name: 'other.invalid' })) }));
      if (fault === 'wrong-id-then-right') for (let count = 0; count < 50; count += 1) send(wrongId());
      if (fault === 'wrong-question-then-right') send(wrongQuestion());
      const whole = build();
      options.onAnswer?.(question, answers);
      send(via === 'udp' && whole.length > (question.edns ? 1232 : 512) ? build({ tc: true, answers: [] }) : whole);
    };
    if (after === 0) return act();
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, after);
    timers.add(timer);
  };

  const tcp = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
        const message = pending.subarray(2, 2 + pending.readUInt16BE());
        pending = pending.subarray(2 + message.length);
        reply(message, 'tcp', (bytes) => {
          if (bytes === null) return socket.destroy();
          const length = Buffer.alloc(2);
          length.writeUInt16BE(bytes.length);
          if (!socket.destroyed) socket.write(Buffer.concat([length, bytes]));
        });
      }
    });
  });
  const { udp, port } = await bindBoth(tcp, options.address ?? '127.0.0.1', options.port ?? 0);
  udp.on('error', () => {});
  udp.on('message', (message, from) =>
    reply(message, 'udp', (bytes) => {
      if (bytes !== null) udp.send(bytes, from.port, from.address, () => {});
    }),
  );
  return {
    address: `${options.address ?? '127.0.0.1'}:${port}`,
    port,
    log,
    respond: (message) => new Promise((resolve) => reply(message, 'https', resolve)),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      const closed = [once(udp, 'close'), once(tcp, 'close')];
      udp.close();
      tcp.close();
      await Promise.all(closed);
    },
  };
}

/** The same free port number for TCP and UDP; tries again when UDP's is taken. */
async function bindBoth(
  tcp: net.Server,
  address: string,
  wanted: number,
): Promise<{ udp: dgram.Socket; port: number }> {
  for (;;) {
    tcp.listen(wanted, address);
    await once(tcp, 'listening');
    const { port } = tcp.address() as net.AddressInfo;
    const udp = dgram.createSocket('udp4');
    try {
      udp.bind(port, address);
      await once(udp, 'listening');
      return { udp, port };
    } catch {
      udp.close();
      tcp.close();
      await once(tcp, 'close');
    }
  }
}
