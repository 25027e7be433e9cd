/** One DNS question on the wire: UDP to all servers in turn, TCP when cut short, HTTPS as the third way. */
import dgram from 'node:dgram';
import { randomInt } from 'node:crypto';
import https from 'node:https';
import net from 'node:net';
import { trusting } from './tls.ts';
import { manyMayWait } from './deadline.ts';
import { decodeAnswer, encodeQuestion, type Decoded } from './dns-message.ts';
import type { DnsAnswer, DnsStatus, DnsType } from './dns.ts';
import type { Pace } from './pace.ts';

export type DnsExchange = {
  readonly name: string;
  readonly type: DnsType;
  readonly servers: readonly string[];
  readonly doh: readonly string[];
  readonly ca: readonly string[];
  readonly recursive: boolean;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly pace: Pace;
};

/** A server that is slower than this gets company. */
const NEXT_SERVER_MS = 400;
const RESEND_MS = 1500;
/** A server that failed is asked once more: it may have been waiting for somebody itself. */
const AGAIN_MS = 150;

type Try = { readonly decoded: Decoded; readonly server: string; readonly via: 'udp' | 'tcp' | 'https' };
/** Worst first: what is reported when nobody could answer. */
const WORTH: Readonly<Record<DnsStatus, number>> = {
  timeout: 0,
  unreachable: 1,
  malformed: 2,
  rewritten: 2,
  refused: 3,
  'server-failed': 4,
  incomplete: 5,
  'bad-name': 6,
  'alias-loop': 7,
  'no-such-name': 8,
  'no-data': 8,
  ok: 9,
};

/** @throws the signal's reason when aborted */
export async function exchangeDns(exchange: DnsExchange): Promise<DnsAnswer> {
  const { name, type, servers, doh, signal } = exchange;
  const begun = performance.now();
  const finish = (status: DnsStatus, found?: Try): DnsAnswer => ({
    name,
    type,
    status,
    records: found && (status === 'ok' || status === 'incomplete') ? found.decoded.records : [],
    aliases: found?.decoded.aliases ?? [],
    authenticated: found?.decoded.authenticated ?? false,
    authoritative: found?.decoded.authoritative ?? false,
    server: found?.server ?? null,
    via: found?.via ?? null,
    durationMs: Math.round(performance.now() - begun),
  });
  if (!sendable(name)) return finish('bad-name');
  if (servers.length === 0 && doh.length === 0) return finish('unreachable');
  // Waiting in line is not waiting for an answer: the clock starts afterwards.
  const [first] = servers;
  if (first !== undefined) await exchange.pace.turn('dns', first, signal);
  signal.throwIfAborted();
  const life = new AbortController();
  manyMayWait(life.signal);
  const stop = () => life.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => life.abort(new Timeout()), exchange.deadlineMs);
  let best: { readonly status: DnsStatus; readonly found?: Try } = { status: 'timeout' };
  try {
    const ways = [
      ...servers.map(
        (server, index) => () =>
          after(index * NEXT_SERVER_MS, life.signal)
            .then(() => (index === 0 ? undefined : exchange.pace.turn('dns', server, life.signal)))
            .then(() => askServer(server, exchange, life.signal)),
      ),
      ...doh.map(
        (url, index) => () =>
          after(servers.length === 0 ? 0 : 2000 + index * NEXT_SERVER_MS, life.signal)
            .then(() => exchange.pace.turn('https', new URL(url).host, life.signal))
            .then(() => askHttps(url, exchange, life.signal)),
      ),
    ];
    await new Promise<void>((resolve, reject) => {
      life.signal.addEventListener('abort', () => (signal.aborted ? reject(signal.reason as Error) : resolve()), {
        once: true,
      });
      let open = ways.length;
      for (const way of ways)
        way()
          .then(
            (found) => {
              const status = found.decoded.truncated ? 'incomplete' : found.decoded.status;
              if (WORTH[status] > WORTH[best.status]) best = { status, found };
              if (WORTH[status] >= 7) resolve();
            },
            (error: unknown) => {
              const status: DnsStatus =
                error instanceof Unreachable ? 'unreachable' : error instanceof Malformed ? 'malformed' : 'timeout';
              if (WORTH[status] > WORTH[best.status]) best = { status };
            },
          )
          .finally(() => {
            open -= 1;
            if (open === 0) resolve();
          });
    });
    signal.throwIfAborted();
    return finish(best.status, best.found);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    life.abort(new Timeout());
  }
}

class Timeout extends Error {}
class Unreachable extends Error {}
class Malformed extends Error {}

/** RFC 1035 §2.3.4. */
const sendable = (name: string): boolean => {
  const labels = name.replace(/\.$/, '').split('.');
  return Buffer.byteLength(name) <= 253 && labels.every((label) => label.length > 0 && Buffer.byteLength(label) <= 63);
};

function after(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const cut = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', cut);
      resolve();
    }, ms);
    signal.addEventListener('abort', cut, { once: true });
  });
}

function splitServer(server: string): { readonly host: string; readonly port: number } {
  const at = server.lastIndexOf(':');
  return { host: server.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(server.slice(at + 1)) };
}

async function askServer(server: string, exchange: DnsExchange, signal: AbortSignal): Promise<Try> {
  let edns = true;
  let decoded = await askUdp(server, exchange, edns, signal);
  if (decoded.dislikesEdns) {
    edns = false;
    await exchange.pace.turn('dns', server, signal);
    decoded = await askUdp(server, exchange, edns, signal);
  }
  if (decoded.status === 'server-failed') {
    await after(AGAIN_MS, signal);
    await exchange.pace.turn('dns', server, signal);
    decoded = await askUdp(server, exchange, edns, signal).catch(() => decoded);
    signal.throwIfAborted();
  }
  if (!decoded.truncated) return { decoded, server, via: 'udp' };
  await exchange.pace.turn('dns', server, signal);
  const whole = await askTcp(server, exchange, edns, signal).catch(() => null);
  return whole ? { decoded: whole, server, via: 'tcp' } : { decoded, server, via: 'udp' };
}

function askUdp(server: string, exchange: DnsExchange, edns: boolean, signal: AbortSignal): Promise<Decoded> {
  const { host, port } = splitServer(server);
  const id = randomInt(65_536);
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
    let again: NodeJS.Timeout | undefined;
    const end = (settle: () => void) => {
      clearInterval(again);
      signal.removeEventListener('abort', cut);
      socket.close();
      settle();
    };
    const cut = () => end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', cut, { once: true });
    socket.once('error', () => end(() => reject(new Unreachable())));
    socket.on('message', (bytes) => {
      const decoded = decodeAnswer(bytes, exchange.name, exchange.type);
      // Wrong id, wrong question, garbage: not for us; the true answer may still come.
      if (decoded && decoded.id === id) end(() => resolve(decoded));
    });
    socket.connect(port, host, () => {
      const question = encodeQuestion(id, exchange.name, exchange.type, exchange.recursive, edns);
      socket.send(question);
      // A repetition is worth no place in the line.
      again = setInterval(() => exchange.pace.atOnce('dns', server) && socket.send(question), RESEND_MS);
    });
  });
}

function askTcp(server: string, exchange: DnsExchange, edns: boolean, signal: AbortSignal): Promise<Decoded> {
  const { host, port } = splitServer(server);
  const id = randomInt(65_536);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port });
    const end = (settle: () => void) => {
      signal.removeEventListener('abort', cut);
      socket.destroy();
      settle();
    };
    const cut = () => end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', cut, { once: true });
    let bytes = Buffer.alloc(0);
    socket.on('connect', () => {
      const question = encodeQuestion(id, exchange.name, exchange.type, exchange.recursive, edns);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(question.length);
      socket.write(Buffer.concat([length, question]));
    });
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length < 2 || bytes.length < 2 + bytes.readUInt16BE()) return;
      const decoded = decodeAnswer(bytes.subarray(2, 2 + bytes.readUInt16BE()), exchange.name, exchange.type);
      end(() => (decoded && decoded.id === id ? resolve(decoded) : reject(new Malformed())));
    });
    socket.on('error', () => end(() => reject(new Unreachable())));
    socket.on('close', () => end(() => reject(new Unreachable())));
  });
}

/** RFC 8484. */
function askHttps(url: string, exchange: DnsExchange, signal: AbortSignal): Promise<Try> {
  const question = encodeQuestion(0, exchange.name, exchange.type, exchange.recursive, true);
  return new Promise((resolve, reject) => {
    const request = https.request(
      url,
      {
        method: 'POST',
        signal,
        agent: false,
        ...trusting(exchange.ca),
        headers: {
          accept: 'application/dns-message',
          'content-type': 'application/dns-message',
          'content-length': question.length,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > 65_535) request.destroy(new Malformed());
          else chunks.push(chunk);
        });
        response.on('end', () => {
          const decoded =
            response.statusCode === 200 && response.headers['content-type'] === 'application/dns-message'
              ? decodeAnswer(Buffer.concat(chunks), exchange.name, exchange.type)
              : null;
          if (decoded) resolve({ decoded, server: url, via: 'https' });
          else reject(new Malformed());
        });
        response.on('error', reject);
      },
    );
    request.on('error', (error) => reject(error instanceof Malformed ? error : new Unreachable()));
    request.end(question);
  });
}
