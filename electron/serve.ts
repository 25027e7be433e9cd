/** Host 2: the wizard for a browser on this computer. Loopback only; a one-time key opens it; Host and Origin must be exactly ours. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Api } from './api.ts';
import { loadPage, pageHeaders, type PageFile } from './page-files.ts';
import { runningCalls } from './running-calls.ts';
import { authorityOf, BadBody, bucket, readJson, refusal, same } from './serve-guard.ts';
import { listenOnLoopback } from './serve-listen.ts';

/** A report file of 16 MB to look over is the largest thing a page sends; as JSON its quotes count twice. */
const CALL_LIMIT_BYTES = 34 * 1024 * 1024;
/** A key, a name. */
const SMALL_LIMIT_BYTES = 4 * 1024;
/** Wrong keys before the key is withdrawn. */
const KEY_TRIES = 5;
/** A page asks for a few things at a time. */
const MOST_CALLS = 50;

const LIMITS = {
  /** Life of the key when nobody uses it. */
  keyMs: 10 * 60_000,
  headersMs: 5000,
  requestMs: 30_000,
  /** Without a page and without a call. */
  idleMs: 60 * 60_000,
  /** How often a page is told that we are still here. */
  beatMs: 20_000,
  /** Requests without the token: at once, and a second from then on. */
  burst: 600,
  perSecond: 60,
};

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
  /** Resolves to whether it stopped by itself, for nobody used it. */
  readonly stopped: Promise<boolean>;
  readonly close: () => Promise<void>;
};

/** @throws AppError `port-in-use` (field `--port`) */
export async function startServe(options: {
  readonly api: Api;
  readonly port: number;
  readonly page?: ReadonlyMap<string, PageFile>;
  readonly limits?: Partial<typeof LIMITS>;
}): Promise<ServeHost> {
  const limits = { ...LIMITS, ...options.limits };
  const page = options.page ?? loadPage();
  const calls = runningCalls(options.api);
  const key = randomBytes(32).toString('base64url');
  const token = randomBytes(32).toString('base64url');
  let keyTriesLeft = KEY_TRIES;
  const bornAt = performance.now();
  const room = bucket(limits.burst, limits.perSecond);
  let underWay = 0;
  let lastUsedAt = performance.now();
  /** Holds the host open until the answer is over. */
  const inUse = (response: ServerResponse): void => {
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
      lastUsedAt = performance.now();
    });
  };

  const open = (given: string): string | null => {
    if (keyTriesLeft <= 0 || performance.now() - bornAt > limits.keyMs) return null;
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
    const status = refusal(request, authorityOf(request));
    if (status !== null) return refuse(response, status);
    const known = same(String(request.headers['x-relayready-token'] ?? ''), token);
    if (!known && !room()) return refuse(response, 429);
    if (request.method === 'GET') {
      const file = page.get(request.url ?? '');
      if (!file) return refuse(response, 404);
      response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length }).end(file.body);
      return;
    }
    if (request.url === '/session') {
      const body = SessionBody.safeParse(await readJson(request, SMALL_LIMIT_BYTES));
      const granted = body.success ? open(body.data.key) : null;
      return granted === null ? refuse(response, 403) : json(response, { token: granted });
    }
    if (!known) return refuse(response, 403);
    if (underWay >= MOST_CALLS) return refuse(response, 429);
    inUse(response);
    if (request.url === '/call') return serveCall(await readJson(request, CALL_LIMIT_BYTES), response);
    if (request.url === '/cancel') {
      const body = CancelBody.safeParse(await readJson(request, SMALL_LIMIT_BYTES));
      if (!body.success) return refuse(response, 400);
      calls.cancel(body.data.id);
      return json(response, {});
    }
    if (request.url === '/here') {
      await readJson(request, SMALL_LIMIT_BYTES);
      return stayHere(response);
    }
    refuse(response, 404);
  };

  /** A page keeps this answer open as long as it is shown. */
  const stayHere = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
    response.write('\n');
    const beat = setInterval(() => response.write('\n'), limits.beatMs);
    response.once('close', () => clearInterval(beat));
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

  const create = () => {
    const server = createServer(
      {
        maxHeaderSize: 16 * 1024,
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        connectionsCheckingInterval: 1000,
      },
      (request, response) => {
        handle(request, response).catch((error: unknown) => {
          if (response.headersSent) response.destroy();
          else refuse(response, error instanceof BadBody ? error.status : 500);
        });
      },
    );
    server.maxConnections = 64;
    // What is announced is not asked for: a page of ours announces nothing.
    for (const event of ['checkContinue', 'checkExpectation'])
      server.on(event, (_request: IncomingMessage, response: ServerResponse) => refuse(response, 417));
    return server;
  };
  const { port, servers, authority } = await listenOnLoopback(create, options.port);
  const stopped = Promise.all(servers.map((server) => new Promise((resolve) => server.once('close', resolve))));
  let idle = false;
  const watch = setInterval(
    () => {
      if (underWay > 0 || performance.now() - lastUsedAt < limits.idleMs) return;
      idle = true;
      end();
    },
    Math.min(limits.idleMs, 30_000),
  );
  const end = (): void => {
    clearInterval(watch);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return {
    address: `http://${authority}/#k=${key}`,
    port,
    stopped: stopped.then(() => idle),
    close: async () => {
      calls.cancelAll();
      await Promise.race([calls.idle(), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
      end();
      await stopped;
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end(`${status}\n`);
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}
