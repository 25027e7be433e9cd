/** A mail server scripted line by line, as badly behaved as a test needs it. */
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { TestCertificate } from '../../helpers/tls-certificates.ts';

export type Script = {
  readonly greeting?: string | null;
  readonly certificate?: TestCertificate;
  readonly offersTls?: boolean;
  /** Reply by command word or whole command, or what to do: `silence`, `cut`, `drip`, `drops` (one byte at a time), or raw text. */
  readonly replies?: Readonly<Record<string, string>>;
};

export type RawServer = {
  readonly port: number;
  readonly log: readonly string[];
  readonly messages: readonly string[];
  readonly open: () => number;
  /** How many there have been. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

const USUAL: Readonly<Record<string, string>> = {
  MAIL: '250 2.1.0 Sender OK',
  RCPT: '250 2.1.5 Recipient OK',
  DATA: '354 Go ahead',
  '.': '250 2.6.0 Queued mail for delivery',
  QUIT: '221 2.0.0 Bye',
};

async function inDrops(socket: net.Socket, text: string): Promise<void> {
  for (const byte of text) {
    if (socket.destroyed) return;
    socket.write(byte);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function startRawServer(script: Script = {}): Promise<RawServer> {
  const log: string[] = [];
  const messages: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const talk = (socket: net.Socket, secure: boolean): void => {
    let text = '';
    let inData = false;
    const answer = (word: string, line = ''): void => {
      const reply = script.replies?.[line] ?? script.replies?.[word] ?? USUAL[word] ?? '500 5.5.1 Unknown';
      if (reply === 'silence') return;
      if (reply === 'cut') return void socket.destroy();
      if (reply === 'drip') {
        const timer = setInterval(
          () => (socket.destroyed ? clearInterval(timer) : socket.write('250-still here\r\n')),
          50,
        );
        return;
      }
      if (reply.startsWith('drops ')) return void inDrops(socket, `${reply.slice(6)}\r\n`);
      socket.write(`${reply}\r\n`);
      if (word === 'DATA' && /^[23]/.test(reply)) inData = true;
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = inData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          messages.push(line);
          answer('.');
          continue;
        }
        log.push(line);
        const word = line.split(/[ :]/)[0]?.toUpperCase() ?? '';
        if (word === 'EHLO' && !script.replies?.['EHLO']) {
          const tlsLine = script.certificate && script.offersTls !== false && !secure ? '250-STARTTLS\r\n' : '';
          socket.write(`250-host Hello [203.0.113.7]\r\n${tlsLine}250 ENHANCEDSTATUSCODES\r\n`);
        } else if (
          word === 'STARTTLS' &&
          script.certificate &&
          script.offersTls !== false &&
          !script.replies?.['STARTTLS']
        ) {
          socket.off('data', onData);
          socket.write('220 2.0.0 Ready\r\n');
          const wrapped = new tls.TLSSocket(socket, { isServer: true, ...script.certificate });
          wrapped.on('error', () => undefined);
          talk(wrapped, true);
          return;
        } else answer(word, line);
        if (word === 'STARTTLS' && script.replies?.['STARTTLS']?.startsWith('220')) {
          // What follows is encrypted: no line of it is one, even where its random bytes look like an end of line.
          socket.off('data', onData);
          socket.resume();
          return;
        }
      }
    };
    socket.on('error', () => undefined);
    socket.on('data', onData);
  };
  const server = net.createServer((socket) => {
    sockets.add(socket);
    connections += 1;
    socket.on('close', () => sockets.delete(socket));
    talk(socket, false);
    const { greeting = '220 host.mail.protection.outlook.com ready' } = script;
    if (greeting === 'cut') socket.destroy();
    else if (greeting !== null) socket.write(`${greeting}\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    log,
    messages,
    open: () => sockets.size,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
