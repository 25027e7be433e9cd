/** What every request to the loopback host is held against before any route sees it, and how much of it is read. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A value nested deeper than any document of ours. */
const DEEPEST = 64;

/** Each of the two loopback addresses is a host of its own. @returns `address:port` the request came in at */
export const authorityOf = ({ socket }: IncomingMessage): string =>
  socket.localFamily === 'IPv6'
    ? `[${socket.localAddress ?? ''}]:${socket.localPort ?? 0}`
    : `${socket.localAddress ?? ''}:${socket.localPort ?? 0}`;

/**
 * @param own `address:port` the request came in at, exactly as a browser writes it
 * @returns the status to refuse with, or null
 */
export function refusal(request: IncomingMessage, own: string): number | null {
  const { headers, method, httpVersion, url = '' } = request;
  const { host = '' } = headers;
  const names = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const times = (name: string): number => names.filter((one) => one === name).length;
  // DNS rebinding shows itself in Host. It is compared as it was sent: parsed, 127.1 and 0x7f.1 would be 127.0.0.1, too.
  if (httpVersion !== '1.1' || times('host') !== 1 || host !== own) return 403;
  if (!url.startsWith('/') || headers.upgrade !== undefined) return 403;
  // What two programs on the way could read in two ways.
  if (['content-length', 'content-type', 'origin', 'sec-fetch-site', 'x-relayready-token'].some((n) => times(n) > 1))
    return 400;
  if (headers['transfer-encoding'] !== undefined) return 411;
  const site = headers['sec-fetch-site'];
  if (method === 'GET') {
    if (Number(headers['content-length'] ?? 0) !== 0) return 400;
    return site === undefined || site === 'same-origin' || site === 'none' ? null : 403;
  }
  if (method !== 'POST') return 405;
  if (headers.origin !== `http://${host}` || (site !== undefined && site !== 'same-origin')) return 403;
  if (headers['content-type'] !== 'application/json') return 415;
  return headers['content-length'] === undefined ? 411 : null;
}

/** The answer to a body that is not read any further. */
export class BadBody extends Error {
  readonly status: 400 | 413;
  constructor(status: 400 | 413) {
    super();
    this.status = status;
  }
}

/** @throws BadBody for too many bytes, no JSON, JSON too deep, or with the key `__proto__` */
export async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  if (Number(request.headers['content-length']) > mostBytes) throw new BadBody(413);
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (depthOf(bytes) > DEEPEST) throw new BadBody(400);
  try {
    return JSON.parse(bytes.toString('utf8'), (key, value: unknown) => {
      if (key === '__proto__') throw new BadBody(400);
      return value;
    });
  } catch {
    throw new BadBody(400);
  }
}

/** Of brackets outside texts; counted before anything is built of them. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (inText) {
      if (byte === 0x5c) at += 1;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return deepest;
}

export function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Room for `most` at once, filled again at `perSecond`. @returns whether there was room for one more */
export function bucket(most: number, perSecond: number): () => boolean {
  let room = most;
  let at = performance.now();
  return () => {
    const now = performance.now();
    room = Math.min(most, room + ((now - at) / 1000) * perSecond);
    at = now;
    if (room < 1) return false;
    room -= 1;
    return true;
  };
}
