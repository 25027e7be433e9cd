/** The DNS of a practice world, over UDP and TCP: what it does not know does not exist. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import * as packet from 'dns-packet';
import { listen, type Listening } from './listen.ts';

type Type = 'A' | 'MX' | 'TXT' | 'CNAME' | 'PTR' | 'NS' | 'SOA';
/** Values as a zone file writes them; MX as `0 host`. */
export type Zone = Readonly<Record<string, Partial<Record<Type, readonly string[]>>>>;

const TTL_S = 300;
/** RFC 8482 and others: how much fits into one UDP answer without EDNS. */
const UDP_BYTES = 1232;

const encode = (name: string, type: Type, value: string): packet.Answer => {
  const base = { name, ttl: TTL_S };
  if (type === 'MX')
    return { ...base, type, data: { preference: Number(value.split(' ')[0]), exchange: value.split(' ')[1] ?? '.' } };
  if (type === 'TXT')
    return { ...base, type, data: (value.match(/.{1,255}/gs) ?? ['']).map((part) => Buffer.from(part)) };
  if (type === 'SOA') return { ...base, type, data: { mname: value, rname: `hostmaster.${value}` } };
  return { ...base, type, data: value };
};

/** RFC 1034 §4.3.2: aliases are followed, a name with records below it exists. */
function answer(zone: Zone, question: packet.Question): { readonly rcode: number; readonly answers: packet.Answer[] } {
  const answers: packet.Answer[] = [];
  let name = question.name.toLowerCase();
  for (let step = 0; step < 8; step += 1) {
    const entry = zone[name];
    if (!entry) {
      const exists = Object.keys(zone).some((other) => other.endsWith(`.${name}`));
      return { rcode: exists || answers.length > 0 ? 0 : 3, answers };
    }
    const type = question.type as Type;
    answers.push(...(entry[type] ?? []).map((value) => encode(name, type, value)));
    const alias = type === 'CNAME' ? undefined : entry.CNAME?.[0];
    if (alias === undefined) return { rcode: 0, answers };
    answers.push(encode(name, 'CNAME', alias));
    name = alias.toLowerCase();
  }
  return { rcode: 2, answers: [] };
}

function reply(zone: Zone, message: Buffer, limit: number): Buffer | null {
  let query: packet.Packet;
  try {
    query = packet.decode(message);
  } catch {
    return null;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || !question) return null;
  const { rcode, answers } = answer(zone, question);
  const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcode;
  const whole = packet.encode({ type: 'response', id: query.id ?? 0, flags, questions: [question], answers });
  if (whole.length <= limit) return whole;
  return packet.encode({
    type: 'response',
    id: query.id ?? 0,
    flags: flags | packet.TRUNCATED_RESPONSE,
    questions: [question],
  });
}

export async function startNames(zone: Zone): Promise<Listening> {
  const tcp = net.createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
        const message = reply(zone, bytes.subarray(2, 2 + bytes.readUInt16BE(0)), 65_535);
        bytes = bytes.subarray(2 + bytes.readUInt16BE(0));
        if (!message) return void socket.destroy();
        const length = Buffer.alloc(2);
        length.writeUInt16BE(message.length);
        socket.write(Buffer.concat([length, message]));
      }
    });
  });
  // The same number has to be free for both; another is taken when it is not.
  for (let attempt = 1; ; attempt += 1) {
    const listening = await listen(tcp);
    const udp = dgram.createSocket('udp4');
    udp.on('message', (message, from) => {
      const answered = reply(zone, message, UDP_BYTES);
      if (answered) udp.send(answered, from.port, from.address);
    });
    try {
      udp.bind(listening.port, '127.0.0.1');
      await once(udp, 'listening');
    } catch (error) {
      udp.close();
      await listening.stop();
      if (attempt === 5) throw error;
      continue;
    }
    return {
      port: listening.port,
      stop: async () => {
        udp.close();
        await listening.stop();
      },
    };
  }
}
