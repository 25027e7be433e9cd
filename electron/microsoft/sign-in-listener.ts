/** The loopback listener that receives Microsoft's answer after sign-in; it takes one answer with our own state and nothing else. */
import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../core/errors.ts';
import { say, type Translate } from '../../core/text.ts';
import { isOurs } from '../net/own-listeners.ts';
import { signInPage } from './sign-in-page.ts';

/** What Microsoft posted back: a code, or an error in its own words. */
export type SignInAnswer =
  | { readonly kind: 'code'; readonly code: string; readonly clientInfo: string | null }
  | { readonly kind: 'error'; readonly error: string; readonly description: string };

export type SignInListener = {
  /** `http://localhost:PORT`; Entra ignores the port of a registered `http://localhost`. */
  readonly redirectUri: string;
  /** First answer that carries the right state. */
  readonly answer: Promise<SignInAnswer>;
  readonly close: () => Promise<void>;
};

const MOST_BYTES = 64 * 1024;
const SLOWEST_MS = 10_000;
const PORT_TRIES = 10;

const sameState = (given: string, expected: string): boolean => {
  const one = Buffer.from(given);
  const other = Buffer.from(expected);
  return one.length === other.length && timingSafeEqual(one, other);
};

/** @returns the body, or null when it is longer than it may be */
async function readBody(request: http.IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readAnswer(body: string, state: string): SignInAnswer | null {
  const form = new URLSearchParams(body);
  const one = (name: string): string | null => (form.getAll(name).length === 1 ? form.get(name) : null);
  if (!sameState(one('state') ?? '', state)) return null;
  const error = one('error');
  if (error !== null) return { kind: 'error', error, description: one('error_description') ?? '' };
  const code = one('code');
  return code === null || code === '' ? null : { kind: 'code', code, clientInfo: one('client_info') };
}

async function listen(server: http.Server, host: string, port: number): Promise<number> {
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  isOurs(server);
  return (server.address() as AddressInfo).port;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const cannotWait = (error: unknown): AppError =>
  new AppError('port-in-use', say('This computer does not let RelayReady wait for the answer of the sign-in page.'), {
    remedy: say('A firewall or security program may be in the way. Use the script instead, or another computer.'),
    who: 'you',
    detail: codeOf(error),
    cause: error,
  });

/** Browsers turn `localhost` into either family, so the same port is taken on both. */
export async function listenOnBoth(create: () => http.Server): Promise<{ port: number; servers: http.Server[] }> {
  for (let tries = 1; ; tries += 1) {
    const four = create();
    let port: number;
    try {
      port = await listen(four, '127.0.0.1', 0);
    } catch (error) {
      throw cannotWait(error);
    }
    const six = create();
    try {
      await listen(six, '::1', port);
      return { port, servers: [four, six] };
    } catch (error) {
      // No IPv6 on this computer, then no browser will try it either.
      if (codeOf(error) !== 'EADDRINUSE') return { port, servers: [four] };
      four.close();
      // Somebody else would get the answer of a browser that prefers IPv6.
      if (tries >= PORT_TRIES) throw cannotWait(error);
    }
  }
}

export async function listenForSignIn(state: string, t: Translate): Promise<SignInListener> {
  let settle: (answer: SignInAnswer) => void = () => {};
  const answer = new Promise<SignInAnswer>((resolve) => {
    settle = resolve;
  });
  let port = 0;
  const send = (response: http.ServerResponse, status: number, page: string): void => {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(page);
  };
  const handle = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    // DNS rebinding: a foreign name that points here shows itself in Host.
    if (request.headers.host !== `localhost:${port}`) return send(response, 421, '');
    const [place, query = ''] = (request.url ?? '').split('?', 2);
    if (place !== '/') return send(response, 404, '');
    // A form is asked for (it stays out of the browser's history); a server that answers in the address all the same is heard.
    const inAddress = request.method === 'GET' && query !== '';
    if (request.method !== 'POST' && !inAddress) return send(response, 405, signInPage('waiting', t));
    const type = request.headers['content-type'] ?? '';
    if (!inAddress && !/^application\/x-www-form-urlencoded\b/i.test(type)) return send(response, 415, '');
    const body = inAddress ? query : await readBody(request);
    if (body === null) {
      send(response, 413, '');
      request.destroy();
      return;
    }
    const found = readAnswer(body, state);
    if (found === null) return send(response, 400, signInPage('waiting', t));
    response.once('close', () => settle(found));
    send(response, 200, signInPage(found.kind === 'code' ? 'received' : 'refused', t));
  };
  const create = (): http.Server => {
    const server = http.createServer(
      {
        headersTimeout: SLOWEST_MS,
        requestTimeout: SLOWEST_MS,
        connectionsCheckingInterval: 1000,
        maxHeaderSize: 16_384,
      },
      (request, response) => {
        handle(request, response).catch(() => response.destroy());
      },
    );
    server.maxConnections = 32;
    server.on('clientError', (_, socket) => socket.destroy());
    return server;
  };
  const { port: taken, servers } = await listenOnBoth(create);
  port = taken;
  for (const server of servers) server.on('error', () => {});
  return {
    redirectUri: `http://localhost:${port}`,
    answer,
    close: async () => {
      await Promise.all(
        servers.map(async (server) => {
          if (!server.listening) return;
          const closed = once(server, 'close');
          server.close();
          server.closeAllConnections();
          await closed;
        }),
      );
    },
  };
}
