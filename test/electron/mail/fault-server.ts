/** A mail server that does everything right save for the one step a test spoils; it counts what reaches it. */
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';

/** What it does instead of its usual answer; a text gets its CR LF, bytes go out as they are. */
export type Act = string | Uint8Array | ((socket: net.Socket, raw: net.Socket, line?: string) => void);
/** `EHLO` in clear, `EHLO2` under encryption, `TLS` in place of the handshake, `body` at the message's first byte. */
export type Step =
  'greeting' | 'EHLO' | 'HELO' | 'STARTTLS' | 'TLS' | 'EHLO2' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | '.' | 'QUIT';
export type Faults = Partial<Readonly<Record<Step, Act>>> & { readonly tls?: tls.TlsOptions };

export type FaultServer = {
  readonly port: number;
  /** Every command, without the message. */
  readonly log: readonly string[];
  /** How often DATA was asked, how many whole messages came, how many calls there were and are. */
  readonly count: { data: number; messages: number; calls: number; open: number };
  /** Resolves once `body` was done. */
  readonly bodyDone: Promise<void>;
  readonly close: () => Promise<void>;
};

const NAME = 'AM1PEPF0001.mail.protection.outlook.com';
const OFFERS = `250-${NAME} Hello [203.0.113.7]\r\n250-SIZE 157286400`;
const USUAL: Readonly<Record<Step, Act>> = {
  greeting: `220 ${NAME} Microsoft ESMTP MAIL Service ready`,
  EHLO: `${OFFERS}\r\n250 STARTTLS`,
  HELO: `250 ${NAME}`,
  STARTTLS: '220 2.0.0 SMTP server ready',
  TLS: '',
  EHLO2: `${OFFERS}\r\n250 8BITMIME`,
  MAIL: '250 2.1.0 Sender OK',
  RCPT: '250 2.1.5 Recipient OK',
  DATA: '354 Start mail input; end with <CRLF>.<CRLF>',
  body: '',
  '.': '250 2.6.0 <test> Queued mail for delivery',
  QUIT: '221 2.0.0 Bye',
};

export async function startFaultServer(faults: Faults, secure: tls.TlsOptions): Promise<FaultServer> {
  const log: string[] = [];
  const sockets = new Set<net.Socket>();
  const count = { data: 0, messages: 0, calls: 0, open: 0 };
  let tellBody = (): void => undefined;
  const bodyDone = new Promise<void>((resolve) => (tellBody = resolve));

  const talk = (socket: net.Socket, raw: net.Socket, encrypted: boolean): void => {
    let text = '';
    let inMessage = false;
    let begun = false;
    const act = (step: Step, line = ''): void => {
      const what = faults[step] ?? USUAL[step];
      if (typeof what === 'function') what(socket, raw, line);
      else if (typeof what !== 'string') socket.write(what);
      else if (what !== '') socket.write(`${what}\r\n`);
    };
    const onLine = (line: string): void => {
      log.push(line);
      const word = (line.split(/[ :]/)[0] ?? '').toUpperCase();
      if (word === 'EHLO') return act(encrypted ? 'EHLO2' : 'EHLO');
      if (word === 'DATA') {
        count.data += 1;
        act('DATA');
        // Whoever answers 354 anywhere in what it says takes what follows as the message.
        inMessage = typeof faults.DATA !== 'string' || /^354/m.test(faults.DATA);
        return;
      }
      if (word !== 'STARTTLS')
        return word in USUAL ? act(word as Step, line) : void socket.write('500 5.5.1 Unknown\r\n');
      act('STARTTLS');
      const yes = typeof faults.STARTTLS === 'string' ? faults.STARTTLS.startsWith('220') : !faults.STARTTLS;
      if (!yes) return;
      socket.off('data', onData);
      if (faults.TLS !== undefined) return void socket.once('data', () => act('TLS'));
      const wrapped = new tls.TLSSocket(socket, { isServer: true, ...secure, ...faults.tls });
      wrapped.on('error', () => socket.destroy());
      talk(wrapped, raw, true);
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      for (;;) {
        if (inMessage && !begun && text !== '') {
          begun = true;
          act('body');
          tellBody();
        }
        const end = inMessage ? /^\.\r\n|\r\n\.\r\n/.exec(text) : /\r\n/.exec(text);
        if (end === null) return;
        const line = text.slice(0, end.index);
        text = text.slice(end.index + end[0].length);
        if (inMessage) {
          inMessage = false;
          count.messages += 1;
          act('.');
        } else onLine(line);
      }
    };
    socket.on('error', () => undefined).on('data', onData);
    if (!encrypted) act('greeting');
  };

  const server = net.createServer((socket) => {
    sockets.add(socket);
    count.calls += 1;
    count.open += 1;
    socket.on('close', () => {
      sockets.delete(socket);
      count.open -= 1;
    });
    talk(socket, socket, false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    log,
    count,
    bodyDone,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export const silence: Act = () => undefined;
export const cut: Act = (_, raw) => raw.destroy();
/** TCP RST in place of FIN. */
export const reset: Act = (_, raw) => raw.resetAndDestroy();
/** Its side is over; it goes on reading. */
export const halfClosed: Act = (socket) => void socket.end();
const until = (socket: net.Socket, everyMs: number, write: () => void): void => {
  const timer = setInterval(() => (socket.destroyed || !socket.writable ? clearInterval(timer) : write()), everyMs);
};
/** A line that never is the last, again and again. */
export const drip =
  (code = '250'): Act =>
  (socket) =>
    until(socket, 20, () => socket.write(`${code}-still here\r\n`));
/** One byte at a time, and never a whole line. */
export const dripBytes: Act = (socket) => {
  socket.write('250');
  until(socket, 20, () => socket.write('-'));
};
/** As much as the other side takes, at most 256 MB. */
export const flood =
  (piece: string): Act =>
  (socket) => {
    const bytes = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)), 'latin1');
    let left = 4096;
    const more = (): void => {
      while (left-- > 0 && !socket.destroyed) if (!socket.write(bytes)) return void socket.once('drain', more);
    };
    more();
  };
/** In two pieces, with a pause between. */
export const later =
  (ms: number, ...parts: readonly string[]): Act =>
  (socket) => {
    const [first = '', ...rest] = parts;
    if (first !== '') socket.write(first);
    setTimeout(() => socket.destroyed || socket.write(rest.join('')), ms);
  };
