/** 100,000 random and hostile DNS packets, SMTP replies and address answers: nothing breaks, nothing hangs, nothing wrong is believed. */
import { EventEmitter } from 'node:events';
import { BlockList } from 'node:net';
import type net from 'node:net';
import packet from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { isPublicIpv4, parseIpv4 } from '../../../core/address.ts';
import { decodeAnswer } from '../../../electron/net/dns-message.ts';
import { readReplies } from '../../../electron/net/smtp-replies.ts';
import { randomOf, type Random } from '../../helpers/random.ts';

const SEED = Number(process.env['SEED'] ?? 20_261_123);
const NAME = 'contoso.com';
const TYPES = ['A', 'AAAA', 'MX', 'TXT', 'NS', 'CNAME', 'PTR', 'SOA'] as const;
/** Longer is a hang. */
const LONGEST_MS = 5000;

/** Runs `one` that often; the number of the run that failed is part of the error. */
function repeat(count: number, one: (random: Random) => void): void {
  for (let run = 0; run < count; run += 1) {
    const begun = performance.now();
    try {
      one(randomOf(SEED + run));
    } catch (error) {
      throw new Error(`SEED=${SEED + run}`, { cause: error });
    }
    const took = performance.now() - begun;
    if (took > LONGEST_MS) throw new Error(`SEED=${SEED + run} took ${Math.round(took)} ms`);
  }
}

const damaged = (random: Random, good: Buffer): Buffer => {
  const bytes = Buffer.from(good);
  for (let count = random.below(6); count >= 0; count -= 1) bytes[random.below(bytes.length)] = random.below(256);
  if (random.chance(0.2)) return bytes.subarray(0, random.below(bytes.length + 1));
  return random.chance(0.2) ? Buffer.concat([bytes, random.bytes(random.below(40))]) : bytes;
};

function answerPacket(random: Random): Buffer {
  if (random.chance(0.1)) return random.bytes(random.below(120));
  const name = () => random.pick([NAME, 'www.contoso.com', 'other.invalid', '', 'a.'.repeat(20) + 'b']);
  const answers = Array.from({ length: random.below(5) }, (): packet.Answer => {
    const about = { name: name(), ttl: random.pick([0, 60, 0x7fffffff, 0xffffffff]) };
    switch (random.below(5)) {
      case 0:
        return { ...about, type: 'A', data: random.pick(['203.0.113.7', '127.0.0.1', '10.0.0.1']) };
      case 1:
        return { ...about, type: 'CNAME', data: random.pick([NAME, 'www.contoso.com', 'b.invalid']) };
      case 2:
        return { ...about, type: 'MX', data: { preference: random.below(65_536), exchange: name() } };
      case 3:
        return {
          ...about,
          type: 'TXT',
          data: Array.from({ length: random.below(4) }, () => random.bytes(random.below(255))),
        };
      default:
        return { ...about, type: 'AAAA', data: '2001:db8::1' };
    }
  });
  const questions = [{ name: random.pick([NAME, NAME, NAME, 'other.invalid']), type: random.pick(TYPES) }];
  const good = packet.encode({
    type: 'response',
    id: random.below(65_536),
    flags: random.below(65_536),
    questions: random.chance(0.9) ? questions : [],
    answers,
  });
  // A pointer that points to itself or onwards is the classic of all DNS faults.
  if (random.chance(0.1)) good.writeUInt16BE(0xc000 | random.below(good.length + 4), random.below(good.length - 1));
  return random.chance(0.7) ? damaged(random, good) : good;
}

const STATUSES = new Set([
  'ok',
  'no-data',
  'no-such-name',
  'server-failed',
  'refused',
  'incomplete',
  'alias-loop',
  'malformed',
]);

describe('Hostile input', () => {
  it('40,000 DNS packets: an answer to the question or none', () => {
    let believed = 0;
    repeat(40_000, (random) => {
      const type = random.pick(TYPES);
      const answer = decodeAnswer(answerPacket(random), NAME, type);
      if (answer === null) return;
      believed += 1;
      expect(STATUSES.has(answer.status), answer.status).toBe(true);
      for (const record of answer.records) {
        expect(record.type).toBe(type);
        // Only the asked name or one that an alias led to.
        expect([NAME, ...answer.aliases]).toContain(record.name.toLowerCase().replace(/\.$/, ''));
        expect(record.ttl).toBeGreaterThanOrEqual(0);
        expect(record.ttl).toBeLessThanOrEqual(604_800);
      }
    });
    expect(believed).toBeGreaterThan(1000);
  }, 60_000);

  it('30,000 SMTP replies: whole and within bounds, or refused', () => {
    let whole = 0;
    let refused = 0;
    repeat(30_000, (random) => {
      const socket = new EventEmitter();
      const reader = readReplies(socket as net.Socket);
      const seen: unknown[] = [];
      const ends: { done: boolean } = { done: false };
      reader.next().then(
        (reply) => {
          whole += 1;
          seen.push(reply);
          ends.done = true;
          if (!(reply.code >= 200 && reply.code < 600)) throw new Error(`code ${reply.code}`);
          if (reply.lines.length > 129) throw new Error('too many lines');
        },
        () => {
          refused += 1;
          ends.done = true;
        },
      );
      const line = (): string | Buffer =>
        random.pick<() => string | Buffer>([
          () => `250-${'x'.repeat(random.below(300))}\r\n`,
          () => '250 OK\r\n',
          () => '220 ready\n',
          () => `${random.below(1000)}${random.pick([' ', '-', '', '\t'])}text\r\n`,
          () => '250\r\n',
          () => '\r\n',
          () => '250 \u001B[2J\u0000\u202E\r\n',
          () => random.bytes(random.below(200)),
          () => 'HTTP/1.1 200 OK\r\n\r\n',
          () => '250-'.repeat(2000),
        ])();
      for (let count = random.below(8); count >= 0; count -= 1) {
        const bytes = Buffer.from(line());
        const cut = random.below(bytes.length + 1);
        socket.emit('data', bytes.subarray(0, cut));
        socket.emit('data', bytes.subarray(cut));
      }
      socket.emit('close');
      expect(reader.leftover()).toBeLessThan(200_000);
    });
    // The promises above settle before this one.
    return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      expect(whole + refused).toBe(30_000);
      expect(whole).toBeGreaterThan(1000);
      expect(refused).toBeGreaterThan(1000);
    });
  }, 60_000);

  it('30,000 answers of address services: never a private, shared or reserved address', () => {
    /** IANA's list, kept apart from the product's own (RFC 6890 and its successors). */
    const notPublic = new BlockList();
    for (const [net4, bits] of [
      ['0.0.0.0', 8],
      ['10.0.0.0', 8],
      ['100.64.0.0', 10],
      ['127.0.0.0', 8],
      ['169.254.0.0', 16],
      ['172.16.0.0', 12],
      ['192.0.0.0', 24],
      ['192.168.0.0', 16],
      ['198.18.0.0', 15],
      ['224.0.0.0', 3],
    ] as const)
      notPublic.addSubnet(net4, bits, 'ipv4');
    let accepted = 0;
    repeat(30_000, (random) => {
      const first = random.pick([0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 255, random.below(256)]);
      const second = random.pick([0, 16, 18, 31, 64, 127, 168, 254, random.below(256)]);
      const plain = [first, second, random.below(256), random.below(256)].join('.');
      const body = random.pick([
        plain,
        ` ${plain}\r\n`,
        `"${plain}"`,
        `${plain}:80`,
        `0${plain}`,
        `::ffff:${plain}`,
        `<p>${plain}</p>`,
        `${plain} ${plain}`,
        plain.replace('.', '.0x'),
        String(random.below(2 ** 32)),
        plain.slice(0, random.below(plain.length)),
        `${plain}\u0000`,
        plain.replaceAll('.', '。'),
        `${plain}%eth0`,
        random.bytes(random.below(60)).toString('latin1'),
      ]);
      const address = parseIpv4(body);
      if (address === null) return;
      expect(body.trim()).toBe(address);
      const isPublic = isPublicIpv4(address, { loopback: false });
      if (notPublic.check(address)) expect([address, isPublic]).toEqual([address, false]);
      else if (isPublic) accepted += 1;
    });
    expect(accepted).toBeGreaterThan(500);
  }, 60_000);
});
