/** HTTPS client: whole wall-clock deadline, capped body, no redirects, the environment's extra trust and DNS. */
import type { Environment } from '../../core/environment.ts';
import type { Dns } from './dns.ts';

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

export function createHttp(_environment: Environment, _dns: Dns, _transport?: HttpTransport): Http {
  throw new Error('not built yet');
}
