/** The simulated scanner: a web page that says who it is, and a scan sent the way plain devices send. */
import http from 'node:http';
import net from 'node:net';
import { once } from 'node:events';
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
      return { address, stop: listening.stop };
    } catch {
      // Not allowed, taken, or no such address here.
    }
  }
  return { address: '127.0.0.1', stop: async () => undefined };
}

export type Scan = { readonly accepted: boolean; readonly reply: string };

/** Sends one page without encryption, as old devices do. @returns the last reply of the server */
export async function scanTo(port: number, from: string, to: string, signal: AbortSignal): Promise<Scan> {
  const socket = net.connect({ port, host: '127.0.0.1', signal });
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  const reply = async (): Promise<string> => {
    for (;;) {
      const line = /^(?:\d{3}-[^\n]*\n)*(\d{3} [^\r\n]*)\r?\n/.exec(heard);
      if (line) {
        heard = heard.slice(line[0].length);
        return line[1] ?? '';
      }
      await once(socket, 'data', { signal });
    }
  };
  const message = `From: <${from}>\r\nTo: <${to}>\r\nSubject: Scan\r\nDate: ${new Date().toUTCString()}\r\n\r\nOne page.\r\n.`;
  try {
    await once(socket, 'connect', { signal });
    let last = await reply();
    for (const line of ['EHLO scanner.contoso.com', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA', message]) {
      socket.write(`${line}\r\n`);
      last = await reply();
      if (!/^[23]/.test(last)) return { accepted: false, reply: last };
    }
    return { accepted: true, reply: last };
  } finally {
    socket.destroy();
  }
}
