/** STUN: the mapped address, and nothing a stranger sends. */
import dgram from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createStun } from '../../../electron/net/stun.ts';

let socket: dgram.Socket | null = null;
afterEach(() => {
  socket?.close();
  socket = null;
});
const MAGIC = 0x2112a442;

/** Success response (RFC 8489 §14.2) with one attribute. */
function response(
  request: Buffer,
  { type = 0x0020, address = '203.0.113.7', id = request.subarray(8, 20), kind = 0x0101 } = {},
): Buffer {
  const value = Buffer.alloc(8);
  value[1] = 1;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  value.writeUInt16BE(type === 0x0020 ? 4000 ^ (MAGIC >>> 16) : 4000, 2);
  value.writeUInt32BE(type === 0x0020 ? (number ^ MAGIC) >>> 0 : number, 4);
  const head = Buffer.alloc(24);
  head.writeUInt16BE(kind, 0);
  head.writeUInt16BE(12, 2);
  head.writeUInt32BE(MAGIC, 4);
  id.copy(head, 8);
  head.writeUInt16BE(type, 20);
  head.writeUInt16BE(8, 22);
  return Buffer.concat([head, value]);
}

async function ask(
  answer: (request: Buffer) => readonly Buffer[],
  deadlineMs = 800,
  signal = new AbortController().signal,
) {
  const server = dgram.createSocket('udp4');
  socket = server;
  server.on('message', (request, from) => {
    for (const reply of answer(request)) server.send(reply, from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  const stun = createStun(
    { servers: [], query: () => Promise.reject(new Error('not asked')), rewrites: () => Promise.resolve(false) },
    { loopback: true, ownListeners: () => [] },
  );
  return stun.ask(`127.0.0.1:${server.address().port}`, { signal, deadlineMs });
}

describe('STUN', () => {
  it.each([
    ['XOR-MAPPED-ADDRESS', 0x0020],
    ['MAPPED-ADDRESS', 0x0001],
  ])('reads %s', async (_, type) => {
    expect(await ask((request) => [response(request, { type })])).toBe('203.0.113.7');
  });
  it('passes over an answer to somebody else', async () => {
    expect(
      await ask((request) => [response(request, { id: Buffer.alloc(12), address: '198.51.100.1' }), response(request)]),
    ).toBe('203.0.113.7');
  });
  it.each<[string, (request: Buffer) => readonly Buffer[]]>([
    ['nothing', () => []],
    ['noise', () => [Buffer.from('hello'), Buffer.alloc(20), Buffer.alloc(1400, 0xff)]],
    ['an error', (request) => [response(request, { kind: 0x0111 })]],
  ])('does not take %s for an answer', async (_, answer) => {
    const begun = performance.now();
    await expect(ask(answer)).rejects.toMatchObject({ name: 'AppError' });
    expect(performance.now() - begun).toBeLessThan(2000);
  });
  it('stops within a second', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await expect(ask(() => [], 5000, controller.signal)).rejects.toThrow(/abort/);
  });
});
