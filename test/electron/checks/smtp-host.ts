/** A scripted mail host on the loopback address that talks like Microsoft's, or as badly as a test wants it to. */
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { TestCertificate } from '../../helpers/tls-certificates.ts';

export type SmtpHostOptions = {
  /** Whole first line; null stays silent. */
  readonly greeting?: string | null;
  /** Address in `Hello [x]`; one after the other on further connections, the last one stays. */
  readonly sees?: readonly string[];
  readonly certificate?: TestCertificate;
  /** What comes back to STARTTLS. */
  readonly startTls?: 'offered' | 'missing' | 'refused' | 'injected' | 'broken' | 'stalled';
  /** Takes the whole connection over. */
  readonly script?: (socket: net.Socket) => void;
  /** Every reply comes that much later. */
  readonly delayMs?: number;
  /** Told of every reply when it is sent: the connection's number and the text. */
  readonly onReply?: (connection: number, text: string) => void;
  /** Hang up after accepting. */
  readonly hangUp?: boolean;
  /** Default 127.0.0.1 and a free port. */
  readonly address?: string;
  readonly port?: number;
  readonly onConnection?: () => void;
};

export type SmtpHost = {
  readonly port: number;
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

export const BANNER = '220 AM1PEPF0001.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready';

export async function startSmtpHost(options: SmtpHostOptions = {}): Promise<SmtpHost> {
  const { greeting = BANNER, sees = ['203.0.113.7'], startTls = 'offered', certificate } = options;
  const sockets = new Set<net.Socket>();
  const numbers = new WeakMap<net.Socket, number>();
  let count = 0;
  const timers = new Set<NodeJS.Timeout>();
  const send = (socket: net.Socket, text: string, then: () => void = () => undefined): void => {
    const act = (): void => {
      options.onReply?.(numbers.get(socket) ?? 0, text);
      socket.write(text);
      then();
    };
    if (!options.delayMs) return act();
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, options.delayMs);
    timers.add(timer);
  };
  const talk = (socket: net.Socket, hello: string, secure: boolean): void => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        if (/^EHLO/i.test(line)) {
          const lines = [hello, 'SIZE 157286400', 'ENHANCEDSTATUSCODES'];
          if (!secure && startTls !== 'missing') lines.push('STARTTLS');
          lines.push('8BITMIME');
          send(socket, lines.map((text, at) => `250${at === lines.length - 1 ? ' ' : '-'}${text}\r\n`).join(''));
        } else if (/^STARTTLS/i.test(line)) {
          if (startTls === 'refused') send(socket, '454 4.7.0 TLS not available\r\n');
          else if (startTls === 'injected') send(socket, '220 2.0.0 Ready\r\n250 2.0.0 something slipped in\r\n');
          else if (startTls === 'stalled') {
            socket.removeAllListeners('data');
            send(socket, '220 2.0.0 Ready\r\n');
          } else if (startTls === 'broken') {
            send(socket, '220 2.0.0 Ready\r\n');
            socket.once('data', () => socket.write('this is not TLS at all'));
          } else {
            socket.removeAllListeners('data');
            send(socket, '220 2.0.0 SMTP server ready\r\n', () => {
              const wrapped = new tls.TLSSocket(socket, { isServer: true, ...certificate });
              numbers.set(wrapped, numbers.get(socket) ?? 0);
              talk(wrapped, hello, true);
            });
          }
          return;
        } else if (/^QUIT/i.test(line)) socket.end('221 2.0.0 Bye\r\n');
        else send(socket, '500 5.5.1 Unknown\r\n');
      }
    });
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const seen = sees[Math.min(count, sees.length - 1)];
    count += 1;
    options.onConnection?.();
    numbers.set(socket, count);
    if (options.hangUp) return void socket.destroy();
    if (options.script) return options.script(socket);
    talk(socket, seen === undefined ? 'AM1PEPF0001 at your service' : `AM1PEPF0001 Hello [${seen}]`, false);
    if (greeting !== null) send(socket, `${greeting}\r\n`);
  });
  server.listen(options.port ?? 0, options.address ?? '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
