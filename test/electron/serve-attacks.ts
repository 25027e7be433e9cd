/** A loopback host to attack, raw sockets to attack it with, and what tells that nothing happened. */
import net from 'node:net';
import type { Api } from '../../electron/api.ts';
import type { Engine } from '../../electron/dispatch.ts';
import { startServe, type ServeHost } from '../../electron/serve.ts';

export type Attacked = {
  readonly host: ServeHost;
  readonly key: string;
  /** Calls that reached the engine. */
  readonly ran: () => number;
  /** Writes what is given, and waits for the end or `ms`. @returns all that came back, and whether the line was closed */
  readonly raw: (bytes: string | readonly string[], ms?: number, family?: 4 | 6) => Promise<Heard>;
  /** The page still comes, with the right request. */
  readonly serves: () => Promise<boolean>;
};
export type Heard = { readonly text: string; readonly status: number; readonly closed: boolean };

export async function attacked(limits: Parameters<typeof startServe>[0]['limits'] = {}): Promise<Attacked> {
  let calls = 0;
  const engine = {
    'set-up.list': () => {
      calls += 1;
      return Promise.resolve([]);
    },
  } as unknown as Engine;
  const host = await startServe({
    api: { engine, dataFolder: '/dev/null/none' } as unknown as Api,
    port: 0,
    page: new Map([['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<p>page') }]]),
    limits,
  });
  const raw: Attacked['raw'] = (bytes, ms = 3000, family = 4) =>
    new Promise((resolve) => {
      const socket = net.connect({ host: family === 4 ? '127.0.0.1' : '::1', port: host.port });
      let text = '';
      const end = (closed: boolean): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve({ text, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), closed });
      };
      const timer = setTimeout(() => end(false), ms);
      socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      socket.on('error', () => end(true));
      socket.on('close', () => end(true));
      for (const part of typeof bytes === 'string' ? [bytes] : bytes) socket.write(Buffer.from(part, 'latin1'));
    });
  return {
    host,
    key: host.address.split('#k=')[1] ?? '',
    ran: () => calls,
    raw,
    serves: async () => {
      const { text, status } = await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`);
      return status === 200 && text.endsWith('<p>page');
    },
  };
}

/** A request as it goes over the line; a header given as undefined is left out. */
export function request(
  line: string,
  headers: Readonly<Record<string, string | undefined>>,
  body = '',
  more: readonly string[] = [],
): string {
  const written = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [line, ...written, ...more, '', body].join('\r\n');
}
