/** The DNS of a practice world, over UDP and TCP: what it does not know does not exist. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import * as packet from 'dns-packet';
import { listen, type Listening } from './listen.ts';
import { lookUp, type Zone, type ZoneRecord } from './zone.ts';

const TTL_S = 300;
/** RFC 1035 §4.2.1: what fits into one UDP answer when the asker announced no more (RFC 6891 §6.2.3). */
const UDP_BYTES = 512;
const MOST_UDP_BYTES = 1232;
const SERVER_FAILED = 2;
const NO_SUCH_NAME = 3;
const SERVER = 'ns1.provider.example';

const encode = ({ name, type, value }: ZoneRecord): packet.Answer => {
  const base = { name, ttl: TTL_S };
  if (type === 'MX')
    return { ...base, type, data: { preference: Number(value.split(' ')[0]), exchange: value.split(' ')[1] ?? '.' } };
  if (type === 'TXT')
    return { ...base, type, data: (value.match(/.{1,255}/gs) ?? ['']).map((part) => Buffer.from(part)) };
  if (type === 'SOA') return { ...base, type, data: { mname: value, rname: `hostmaster.${value}` } };
  return { ...base, type, data: value };
};

/** Negative answers name how long they hold (RFC 2308 §3). */
const startOfAuthority = (name: string): packet.Answer => ({
  name: name.split('.').slice(-2).join('.') || '.',
  ttl: TTL_S,
  type: 'SOA',
  data: { mname: SERVER, rname: `hostmaster.${SERVER}`, serial: 1, minimum: TTL_S },
});

/** @param stream over TCP, where everything fits */
function reply(zone: Zone, message: Buffer, stream: boolean): Buffer | null {
  let query: packet.Packet;
  try {
    query = packet.decode(message);
  } catch {
    return null;
  }
  const [question] = query.questions ?? [];
  if (query.type !== 'query' || !question) return null;
  const { status, records } = lookUp(zone, question.name, question.type);
  const rcode = status === 'no-such-name' ? NO_SUCH_NAME : status === 'alias-loop' ? SERVER_FAILED : 0;
  const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | rcode;
  const base = { type: 'response' as const, id: query.id ?? 0, questions: [question] };
  const last = records.at(-1);
  const whole = packet.encode({
    ...base,
    flags,
    answers: records.map(encode),
    authorities:
      status === 'found' || status === 'alias-loop'
        ? []
        : [startOfAuthority(last?.type === 'CNAME' ? last.value : question.name)],
  });
  const announced = query.additionals?.find((record) => record.type === 'OPT');
  const room = announced?.type === 'OPT' ? Math.min(announced.udpPayloadSize, MOST_UDP_BYTES) : 0;
  if (stream || whole.length <= Math.max(UDP_BYTES, room)) return whole;
  return packet.encode({ ...base, flags: flags | packet.TRUNCATED_RESPONSE });
}

export async function startNames(zone: Zone): Promise<Listening> {
  const tcp = net.createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 2 && bytes.length >= 2 + bytes.readUInt16BE(0)) {
        const message = reply(zone, bytes.subarray(2, 2 + bytes.readUInt16BE(0)), true);
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
      const answered = reply(zone, message, false);
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
    // Windows reports a peer that has gone away here.
    udp.on('error', () => undefined);
    return {
      port: listening.port,
      stop: async () => {
        udp.close();
        await listening.stop();
      },
    };
  }
}
