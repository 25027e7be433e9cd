/** A real HTTPS server with its own certificate on the loopback address. */
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestCa } from '../../helpers/tls-certificates.ts';

export type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>;

export type HttpsServer = {
  readonly origin: string;
  readonly ca: string;
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
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
