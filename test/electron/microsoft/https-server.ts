/** A real HTTPS server with its own certificate on the loopback address, and a client in the shape of ours to reach it. */
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../../core/errors.ts';
import { say } from '../../../core/text.ts';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import type { Http } from '../../../electron/net/http.ts';

export type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>;

export type HttpsServer = {
  readonly origin: string;
  readonly ca: string;
  readonly http: Http;
  readonly close: () => Promise<void>;
};

export async function startHttps(handle: Handler): Promise<HttpsServer> {
  const authority = await createTestCa();
  const { cert, key } = await authority.issue();
  const server = https.createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      Promise.resolve(handle(request, Buffer.concat(chunks).toString('utf8'), response)).catch(() =>
        response.destroy(),
      );
    });
    request.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    ca: authority.cert,
    http: httpTrusting(authority.cert),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const failed = (code: 'network' | 'timeout', phase: string): AppError =>
  new AppError(code, say('No answer.'), { detail: `phase: ${phase}` });

function httpTrusting(ca: string): Http {
  return {
    send: ({ method, url, headers = {}, body, signal, deadlineMs = 15_000 }) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        let phase = 'connect';
        const target = new URL(url);
        const request = https.request(
          {
            host: '127.0.0.1',
            servername: 'localhost',
            port: target.port,
            path: target.pathname + target.search,
            method,
            ca,
            headers: { host: target.host, ...headers },
            agent: false,
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', () => finish(() => reject(failed('network', 'answer'))));
            response.on('end', () => {
              const all = Buffer.concat(chunks);
              const plain = Object.fromEntries(
                Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
              );
              finish(() =>
                resolve({ status: response.statusCode ?? 0, headers: plain, body: all, text: all.toString('utf8') }),
              );
            });
          },
        );
        const stop = (): void => finish(() => reject(signal.reason as Error));
        const timer = setTimeout(() => finish(() => reject(failed('timeout', phase))), deadlineMs);
        const finish = (then: () => void): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
          request.destroy();
          then();
        };
        signal.addEventListener('abort', stop, { once: true });
        request.on('socket', (socket) => socket.once('secureConnect', () => (phase = 'answer')));
        request.on('error', () => finish(() => reject(failed('network', phase))));
        request.end(body);
      }),
  };
}
