/** HTTPS client: whole wall-clock deadline, capped body, no redirects, the environment's extra trust and DNS. */
import https from 'node:https';
import net from 'node:net';
import { addressKind } from '../../core/address.ts';
import type { Environment } from '../../core/environment.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import { endDeadline, withDeadline } from './deadline.ts';
import { cleanText } from './clean-text.ts';
import { trusting } from './tls.ts';
import type { Dns } from './dns.ts';
import { UNPACED, type Pace } from './pace.ts';

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  /** https only. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Wall clock from connect to last byte; default 15 000 ms. */
  readonly deadlineMs?: number;
  /** Body bytes accepted; default 1 MiB. More is an error. */
  readonly maxBytes?: number;
};

export type HttpResponse = {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly text: string;
};

/** Performs a request as it is; `signal` carries the deadline. */
export type HttpTransport = (request: HttpRequest & { readonly maxBytes: number }) => Promise<HttpResponse>;

export type Http = {
  /**
   * Redirects come back as they are (an Authorization header never follows one).
   * @throws AppError `network` | `timeout` | `unexpected-answer`, with `phase` in its detail; the signal's reason when aborted
   */
  readonly send: (request: HttpRequest) => Promise<HttpResponse>;
};

const DEADLINE_MS = 15_000;
const MAX_BYTES = 1024 * 1024;

export function createHttp(environment: Environment, dns: Dns, transport?: HttpTransport, pace: Pace = UNPACED): Http {
  const send = transport ?? nodeTransport(environment, dns);
  return {
    send: async (request) => {
      request.signal.throwIfAborted();
      const { host, protocol } = new URL(request.url);
      if (protocol !== 'https:')
        throw new AppError('bad-environment', say('“{url}” is not an https address.', { url: request.url }));
      await pace.turn('https', host, request.signal);
      const signal = withDeadline(request.signal, request.deadlineMs ?? DEADLINE_MS);
      try {
        return await send({ ...request, signal, maxBytes: request.maxBytes ?? MAX_BYTES });
      } catch (error) {
        request.signal.throwIfAborted();
        if (isAppError(error)) throw error;
        if (signal.aborted)
          throw new AppError('timeout', say('{host} did not answer in time.', { host }), {
            remedy: say('Check the internet connection and try again.'),
            detail: 'phase: waiting',
          });
        throw explainFailure(error as NodeJS.ErrnoException, host);
      } finally {
        endDeadline(signal);
      }
    },
  };
}

function explainFailure(error: NodeJS.ErrnoException & { readonly phase?: string }, host: string): AppError {
  const code = error.code ?? error.message;
  const detail = cleanText(`${code}: ${error.message}`, 300);
  if (/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code))
    return new AppError('network', say('The certificate of {host} is not trusted ({code}).', { host, code }), {
      remedy: say(
        'A security product on this network may be looking into encrypted traffic. Ask whoever runs the network.',
      ),
      detail: `phase: tls; ${detail}`,
      cause: error,
    });
  if (error.phase === 'answer')
    return new AppError('network', say('{host} broke off in the middle of its answer.', { host }), {
      remedy: say('Try again; if it stays like this, a firewall or proxy on this network may cut connections.'),
      detail: `phase: answer; ${detail}`,
      cause: error,
    });
  return new AppError('network', say('{host} could not be reached ({code}).', { host, code: cleanText(code, 60) }), {
    remedy: say('Check the internet connection of this computer and try again.'),
    detail: `phase: connect; ${detail}`,
    cause: error,
  });
}

const nodeTransport =
  (environment: Environment, dns: Dns): HttpTransport =>
  ({ method, url, headers, body, signal, maxBytes }) =>
    new Promise((resolve, reject) => {
      const ownDns = (environment.dns?.servers.length ?? 0) > 0;
      const request = https.request(url, {
        method,
        signal,
        agent: false,
        ...trusting(environment.ca),
        headers: {
          ...headers,
          'accept-encoding': 'identity',
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
        ...(ownDns ? { lookup: lookupThrough(dns, signal) } : {}),
      });
      request.on('socket', (socket) => {
        socket.once('connect', () => {
          const address = socket.remoteAddress ?? '';
          if (!environment.loopback && net.isIP(address) && addressKind(address) === 'loopback')
            request.destroy(
              new AppError('network', say('{url} leads to this computer itself and is not asked.', { url })),
            );
        });
      });
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= maxBytes) chunks.push(chunk);
          else {
            // Said before the connection is cut: a body that has come whole would still count as an answer.
            const { host } = new URL(url);
            reject(new AppError('unexpected-answer', say('{host} sent more than was asked for.', { host })));
            request.destroy();
          }
        });
        response.on('error', (error) => reject(Object.assign(error, { phase: 'answer' })));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
            ),
            body: bytes,
            text: bytes.toString('utf8'),
          });
        });
      });
      request.end(body);
    });

/** Names are looked up by the environment's own servers; `localhost` is this computer everywhere. */
const lookupThrough =
  (dns: Dns, signal: AbortSignal): net.LookupFunction =>
  (name, options, callback) => {
    if (name === 'localhost') {
      if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
      else callback(null, '127.0.0.1', 4);
      return;
    }
    dns.query(name, 'A', { signal }).then(
      ({ records, status }) => {
        const address = records[0]?.data;
        if (address === undefined) {
          callback(Object.assign(new Error(`no address (${status})`), { code: 'ENOTFOUND' }), '', 4);
        } else if (options.all)
          callback(
            null,
            records.map((record) => ({ address: record.data, family: 4 })),
          );
        else callback(null, address, 4);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 4),
    );
  };
