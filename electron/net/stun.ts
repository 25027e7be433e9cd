/** STUN binding request (RFC 8489): which public address and port the UDP path shows. */
import dgram from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { withDeadline } from './deadline.ts';
import type { Dns } from './dns.ts';
import { UNPACED, type Pace } from './pace.ts';
import type { PeerGuard } from './smtp.ts';

export type Stun = {
  /** @param server `host:port`. @returns the mapped IPv4 address. @throws AppError `network` | `timeout` | `unexpected-answer` */
  readonly ask: (
    server: string,
    options: { readonly signal: AbortSignal; readonly deadlineMs?: number },
  ) => Promise<string>;
};

const DEADLINE_MS = 3000;
const RESEND_MS = 500;
const MAGIC = 0x2112a442;

export function createStun(dns: Dns, guard: PeerGuard, pace: Pace = UNPACED): Stun {
  return {
    ask: async (server, { signal, deadlineMs = DEADLINE_MS }) => {
      signal.throwIfAborted();
      const at = server.lastIndexOf(':');
      const host = server.slice(0, at);
      const address =
        parseIpv4(host) ??
        (host === 'localhost' ? '127.0.0.1' : (await dns.query(host, 'A', { signal })).records[0]?.data);
      if (address === undefined || (!guard.loopback && addressKind(address) === 'loopback'))
        throw new AppError('network', say('{server} could not be found.', { server }));
      await pace.turn('stun', server, signal);
      signal.throwIfAborted();
      return bind(address, Number(server.slice(at + 1)), server, withDeadline(signal, deadlineMs), signal);
    },
  };
}

function bind(address: string, port: number, server: string, limit: AbortSignal, signal: AbortSignal): Promise<string> {
  const id = randomBytes(12);
  const request = Buffer.alloc(20);
  request.writeUInt16BE(1, 0);
  request.writeUInt32BE(MAGIC, 4);
  id.copy(request, 8);
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    const again = setInterval(() => socket.send(request, port, address), RESEND_MS);
    const end = (settle: () => void) => {
      clearInterval(again);
      limit.removeEventListener('abort', cut);
      socket.close();
      settle();
    };
    const cut = () =>
      end(() =>
        reject(
          signal.aborted
            ? (signal.reason as Error)
            : new AppError('timeout', say('{server} did not answer.', { server })),
        ),
      );
    limit.addEventListener('abort', cut, { once: true });
    socket.once('error', () =>
      end(() => reject(new AppError('network', say('{server} could not be reached.', { server })))),
    );
    socket.on('message', (message) => {
      const mapped = mappedAddress(message, id);
      if (mapped !== null) end(() => resolve(mapped));
    });
    socket.send(request, port, address);
  });
}

/** XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS of older servers (RFC 8489 §14.1, §14.2), IPv4; null for anything that is not the answer to our request. */
function mappedAddress(message: Buffer, id: Buffer): string | null {
  if (
    message.length < 20 ||
    message.readUInt16BE(0) !== 0x0101 ||
    message.readUInt32BE(4) !== MAGIC ||
    !message.subarray(8, 20).equals(id)
  )
    return null;
  for (let at = 20; at + 4 <= message.length;) {
    const type = message.readUInt16BE(at);
    const length = message.readUInt16BE(at + 2);
    const isAddress = (type === 0x0020 || type === 0x0001) && length === 8 && message[at + 5] === 1;
    if (isAddress && at + 12 <= message.length) {
      const mask = type === 0x0020 ? MAGIC : 0;
      return [...message.subarray(at + 8, at + 12)]
        .map((byte, index) => byte ^ ((mask >>> (24 - 8 * index)) & 255))
        .join('.');
    }
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return null;
}
