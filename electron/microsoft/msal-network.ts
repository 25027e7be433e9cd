/** Lets the Microsoft sign-in library speak through our own HTTPS client: its deadline, its extra trust, its DNS. */
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AppError, isAppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';
import type { Http, HttpRequest, HttpResponse } from '../net/http.ts';
import { LONGEST_MS, retryAfterMs, waitAtLeast } from './retry-after.ts';
import { oddAnswer } from './sign-in-errors.ts';

export type MsalNetwork = INetworkModule & {
  /** The library replaces what we throw by an error of its own; this is what really happened, or null. */
  readonly failure: () => AppError | null;
  /** The last refusal in the server's own words; the library keeps less of it. */
  readonly refusal: () => { readonly error: string; readonly description: string } | null;
};

const DEADLINE_MS = 30_000;
const MOST_TRIES = 4;
/** RFC 8628 §3.5: after `slow_down` ask five seconds later than before. */
const SLOW_DOWN_MS = 5000;

const isThrottling = ({ status, headers }: HttpResponse): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined);

const busy = (detail: string): AppError =>
  new AppError('busy', say('Microsoft’s sign-in is busy. Nothing was changed.'), {
    remedy: say('Try again in some minutes.'),
    who: 'nobody',
    detail,
  });

export function createMsalNetwork(http: Http, signal: AbortSignal): MsalNetwork {
  let failure: AppError | null = null;
  let refusal: { error: string; description: string } | null = null;

  const send = async (request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>): Promise<HttpResponse> => {
    for (let tries = 1; ; tries += 1) {
      try {
        const response = await http.send({ ...request, signal, deadlineMs: DEADLINE_MS });
        if (!isThrottling(response)) return response;
        const ms = retryAfterMs(response.headers, Date.now()) ?? 3000 * tries;
        if (tries >= MOST_TRIES || ms > LONGEST_MS) throw busy(`HTTP ${response.status}`);
        await waitAtLeast(ms, signal);
      } catch (error) {
        // A code or refresh token is good for one use: a POST whose answer was lost is not sent again.
        const again =
          request.method === 'GET' && isAppError(error) && (error.code === 'network' || error.code === 'timeout');
        if (!again || tries >= 3) throw error;
        await waitAtLeast(500 * tries, signal);
      }
    }
  };

  const ask = async <T>(
    request: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>,
  ): Promise<NetworkResponse<T>> => {
    try {
      const response = await send(request);
      const body = parseBody(response);
      const error = body['error'];
      if (typeof error === 'string') {
        refusal = {
          error,
          description: typeof body['error_description'] === 'string' ? body['error_description'] : '',
        };
        if (error === 'slow_down') {
          await waitAtLeast(SLOW_DOWN_MS, signal);
          body['error'] = 'authorization_pending';
        }
      } else refusal = null;
      return { status: response.status, headers: { ...response.headers }, body: body as T };
    } catch (error) {
      if (isAppError(error)) failure = error;
      throw error;
    }
  };

  return {
    sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      ask<T>({ method: 'GET', url, headers: options?.headers ?? {} }),
    sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
      ask<T>({ method: 'POST', url, headers: options?.headers ?? {}, body: options?.body ?? '' }),
    failure: () => failure,
    refusal: () => refusal,
  };
}

/** @throws AppError: an answer that is not JSON comes from somebody in between, or from a server in trouble */
function parseBody(response: HttpResponse): Record<string, unknown> {
  try {
    const body = JSON.parse(response.text) as unknown;
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // Falls through to the same words as any other odd answer.
  }
  if (response.status >= 500) throw busy(`HTTP ${response.status}`);
  throw oddAnswer(`HTTP ${response.status} ${response.headers['content-type'] ?? ''}`);
}
