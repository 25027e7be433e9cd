/** The simulated scanner: a web page that says who it is, and a scan sent the way plain devices send. */
import dgram from 'node:dgram';
import http from 'node:http';
import net from 'node:net';
import { listen, type Listening } from './listen.ts';

export const SCANNER = { brand: 'Ricoh', model: 'IM C3000' } as const;

export type Scanner = { readonly address: string; readonly stop: () => Promise<void> };

const page = (): http.Server =>
  http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html', server: 'Web-Server/3.0' });
    response.end(`<html><head><title>RICOH ${SCANNER.model}</title></head><body>Web Image Monitor</body></html>`);
  });

/** An address of its own where the system has all of 127/8 (Linux, Windows) and lets us have port 80; else a silent one. */
export async function startScanner(): Promise<Scanner> {
  const part = () => 1 + Math.floor(Math.random() * 250);
  for (const port of [80, 8080]) {
    const address = `127.77.${part()}.${part()}`;
    try {
      const listening: Listening = await listen(page(), port, address);
      const management = await answerManagement(address);
      return {
        address,
        stop: async () => {
          management.close();
          await listening.stop();
        },
      };
    } catch {
      // Not allowed, taken, or no such address here.
    }
  }
  return { address: '127.0.0.1', stop: async () => undefined };
}

/** Position of the error status in a GET of SNMP v2c whose request id takes 1 to 4 bytes (RFC 3416 §3): behind `A0 len 02 n id`. */
const errorAt = (packet: Buffer): number => {
  const pdu = packet.indexOf(0xa0, packet.indexOf('public') + 6);
  return pdu < 0 ? -1 : pdu + 2 + 2 + (packet[pdu + 3] ?? 0) + 2;
};

/** Says at once that it has no such values; a device that keeps silent would let everybody wait. Nothing where port 161 is not ours to take. */
async function answerManagement(address: string): Promise<{ readonly close: () => void }> {
  const socket = dgram.createSocket('udp4');
  socket.on('message', (packet, from) => {
    const at = errorAt(packet);
    if (at < 0 || at >= packet.length) return;
    const reply = Buffer.from(packet);
    reply[packet.indexOf(0xa0, packet.indexOf('public') + 6)] = 0xa2;
    reply[at] = 5;
    socket.send(reply, from.port, from.address);
  });
  const ready = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind(161, address, () => resolve(true));
  });
  socket.on('error', () => undefined);
  if (!ready) return { close: () => undefined };
  socket.unref();
  return { close: () => socket.close() };
}

/** `reply` is the last one of the server; empty when there was none. */
export type Scan = { readonly accepted: boolean; readonly reply: string };

const DEADLINE_MS = 30_000;

/** Sends one page without encryption, as old devices do. @throws the signal's reason when aborted */
export async function scanTo(port: number, from: string, to: string, signal: AbortSignal): Promise<Scan> {
  signal.throwIfAborted();
  const socket = net.connect({ port, host: '127.0.0.1' });
  const cut = (): void => void socket.destroy();
  const timer = setTimeout(cut, DEADLINE_MS);
  signal.addEventListener('abort', cut, { once: true });
  const message = `From: <${from}>\r\nTo: <${to}>\r\nSubject: Scan\r\nDate: ${new Date().toUTCString()}\r\n\r\nOne page.\r\n.`;
  const lines = ['EHLO scanner.contoso.com', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', message];
  let heard = '';
  let reply = '';
  try {
    // However the line breaks, it ends the same way for a scanner: the page was not sent.
    for await (const text of socket.setEncoding('utf8') as AsyncIterable<string>) {
      heard += text;
      for (;;) {
        const whole = /^(?:\d{3}-[^\n]*\n)*(\d{3} [^\r\n]*)\r?\n/.exec(heard);
        if (!whole) break;
        heard = heard.slice(whole[0].length);
        reply = whole[1] ?? '';
        if (!/^[23]/.test(reply)) return { accepted: false, reply };
        const next = lines.shift();
        if (next === undefined) return { accepted: true, reply };
        socket.write(`${next}\r\n`);
      }
    }
  } catch {
    signal.throwIfAborted();
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cut);
    socket.destroy();
  }
  signal.throwIfAborted();
  return { accepted: false, reply };
}
