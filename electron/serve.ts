/** Host 2: the wizard for a browser on this computer. Loopback only; a one-time key opens it; Host and Origin must be exactly ours. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { say } from '../core/text.ts';
import type { Api } from './api.ts';
import { loadPage, pageHeaders, type PageFile } from './page-files.ts';
import { runningCalls } from './running-calls.ts';

const ADDRESS = '127.0.0.1';
/** A report file of 16 MB to look over is the largest thing a page sends; as JSON its quotes count twice. */
const CALL_LIMIT_BYTES = 34 * 1024 * 1024;
/** A key, a name. */
const SMALL_LIMIT_BYTES = 4 * 1024;
/** Wrong keys before the key is withdrawn. */
const KEY_TRIES = 5;

const SessionBody = z.strictObject({ key: z.string().max(200) });
const CallBody = z.strictObject({
  id: z.string().min(1).max(100),
  method: z.string().max(60),
  params: z.unknown(),
  language: z.string().max(35),
});
const CancelBody = z.strictObject({ id: z.string().max(100) });

export type ServeHost = {
  /** Address to open, with the one-time key in its fragment (fragments reach no log and no server). */
  readonly address: string;
  readonly port: number;
  readonly stopped: Promise<void>;
  readonly close: () => Promise<void>;
};

/** @throws AppError `port-in-use` (field `--port`) */
export async function startServe(options: {
  readonly api: Api;
  readonly port: number;
  readonly page?: ReadonlyMap<string, PageFile>;
}): Promise<ServeHost> {
  const page = options.page ?? loadPage();
  const calls = runningCalls(options.api);
  const key = randomBytes(32).toString('base64url');
  const token = randomBytes(32).toString('base64url');
  let keyTriesLeft = KEY_TRIES;
  let port = 0;

  const open = (given: string): string | null => {
    if (keyTriesLeft <= 0) return null;
    if (!same(given, key)) {
      keyTriesLeft -= 1;
      return null;
    }
    keyTriesLeft = 0;
    return token;
  };

  /** Every request passes here first; routes cannot be reached around it. */
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(pageHeaders("'self'"))) response.setHeader(name, value);
    const own = `${ADDRESS}:${port}`;
    const hosts = request.rawHeaders.filter((_, index) => index % 2 === 0).filter((name) => /^host$/i.test(name));
    if (request.headers.host !== own || hosts.length !== 1 || request.httpVersion !== '1.1')
      return refuse(response, 403);
    const site = request.headers['sec-fetch-site'];
    if (request.method === 'GET') {
      if (site !== undefined && site !== 'same-origin' && site !== 'none') return refuse(response, 403);
      const file = page.get(request.url ?? '');
      if (!file) return refuse(response, 404);
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
      return;
    }
    if (request.method !== 'POST') return refuse(response, 405);
    if (request.headers.origin !== `http://${own}` || (site !== undefined && site !== 'same-origin'))
      return refuse(response, 403);
    if (request.headers['content-type'] !== 'application/json') return refuse(response, 415);
    if (request.url === '/session') {
      const body = SessionBody.safeParse(await readJson(request, SMALL_LIMIT_BYTES));
      const granted = body.success ? open(body.data.key) : null;
      return granted === null ? refuse(response, 403) : json(response, { token: granted });
    }
    if (!same(String(request.headers['x-relayready-token'] ?? ''), token)) return refuse(response, 403);
    if (request.url === '/call') return serveCall(await readJson(request, CALL_LIMIT_BYTES), response);
    if (request.url === '/cancel') {
      const body = CancelBody.safeParse(await readJson(request, SMALL_LIMIT_BYTES));
      if (!body.success) return refuse(response, 400);
      calls.cancel(body.data.id);
      return json(response, {});
    }
    refuse(response, 404);
  };

  const serveCall = async (value: unknown, response: ServerResponse): Promise<void> => {
    const body = CallBody.safeParse(value);
    if (!body.success) return refuse(response, 400);
    const { id, method, params, language } = body.data;
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    const line = (object: unknown) => void response.write(`${JSON.stringify(object)}\n`);
    // A page that went away takes its call with it; what was sent already stands in the journal.
    response.once('close', () => calls.cancel(id));
    const reply = await calls.run(id, method, params, language, (progress) => line({ progress }));
    line({ reply });
    response.end();
  };

  const server = createServer(
    { maxHeaderSize: 16 * 1024, headersTimeout: 5000, requestTimeout: 30_000 },
    (request, response) => {
      handle(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else refuse(response, error instanceof BadBody ? 400 : 500);
      });
    },
  );
  server.maxConnections = 64;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new AppError(
          'port-in-use',
          say('Port {port} cannot be used here ({code}).', { port: options.port, code: error.code ?? '?' }),
          {
            field: '--port',
            remedy: say('Leave --port out to take any free one.'),
          },
        ),
      ),
    );
    server.listen(options.port, ADDRESS, resolve);
  });
  port = (server.address() as AddressInfo).port;
  const stopped = new Promise<void>((resolve) => server.once('close', () => resolve()));
  return {
    address: `http://${ADDRESS}:${port}/#k=${key}`,
    port,
    stopped,
    close: async () => {
      calls.cancelAll();
      await Promise.race([calls.idle(), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
      server.close();
      server.closeAllConnections();
      await stopped;
    },
  };
}

class BadBody extends Error {}

async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw new BadBody();
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new BadBody();
  }
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${status}\n`);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
