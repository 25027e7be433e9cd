/** Exchange Online administration: runs one {cmdlet, parameters} by InvokeCommand, reads every page, honours Retry-After. */
import { randomUUID } from 'node:crypto';
import type { Environment } from '../../core/environment.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import type { Command, Tenant } from '../../core/plan/plan.ts';
import { say } from '../../core/text.ts';
import { withDeadline } from '../net/deadline.ts';
import type { Http, HttpResponse } from '../net/http.ts';
import { cleanText } from './clean-text.ts';
import { errorOf, readRefusal } from './exchange-error.ts';
import { LONGEST_MS, retryAfterMs, waitAtLeast, type Wait } from './retry-after.ts';
import type { Session } from './sign-in.ts';
import { readTenantName } from './tenant-name.ts';

export type CmdletResult = {
  /** Objects of all pages. */
  readonly value: readonly Record<string, unknown>[];
  /** `@adminapi.warnings`; a disabled new connector is announced here. */
  readonly warnings: readonly string[];
};

export type RunOptions = {
  readonly signal: AbortSignal;
  /** A write is re-sent only when Microsoft said it did not run it (throttling). */
  readonly write: boolean;
  readonly onWait?: (seconds: number) => void;
  /** Called when the first byte of a write is about to leave. */
  readonly onSent?: () => Promise<void>;
};

export type Exchange = {
  readonly tenant: Tenant;
  /** Signed-in account's user principal name. */
  readonly account: string;
  /**
   * @throws AppError; a write whose reply was lost throws `outcome-unknown` and is never repeated by itself.
   */
  readonly run: (command: Command, options: RunOptions) => Promise<CmdletResult>;
};

export type ExchangeOptions = {
  readonly environment: Environment;
  readonly session: Session;
  readonly http: Http;
  readonly signal?: AbortSignal;
  /** Another clock; for tests. */
  readonly wait?: Wait;
};

const PAGE_SIZE = 1000;
const MOST_PAGES = 200;
const MOST_BYTES = 16 * 1024 * 1024;
/** Exchange is slow now and then: answers after more than a minute have been seen. */
const READ_DEADLINE_MS = 60_000;
const WRITE_DEADLINE_MS = 150_000;
const CONNECT_DEADLINE_MS = 20_000;
const MOST_TRIES = 6;
/** Exchange's own words when Retry-After is missing: three seconds more each time. */
const STEP_MS = 3000;

type Page = CmdletResult & { readonly next: string | null };
type Ask = { readonly url: string; readonly command: Command; readonly options: RunOptions };

const unexpected = (detail: string): AppError =>
  new AppError('unexpected-answer', say('Exchange answered in a way RelayReady does not understand.'), {
    remedy: say('Try again later, or use the script. A proxy or security program in between may also be the cause.'),
    who: 'nobody',
    detail: cleanText(detail, 400),
  });

const outcomeUnknown = (cmdlet: string, cause: unknown, detail: string): AppError =>
  new AppError(
    'outcome-unknown',
    say('{cmdlet} was sent, but the answer was lost. It is looked up, not sent again.', { cmdlet }),
    {
      remedy: say('Start again: RelayReady looks first at what is there.'),
      who: 'nobody',
      detail: cleanText(detail, 400),
      cause,
    },
  );

const busy = (response: HttpResponse, seconds: number | null): AppError =>
  new AppError('busy', say('Microsoft is busy and asked us to wait. Nothing was changed.'), {
    remedy:
      seconds === null
        ? say('Try again in some minutes.')
        : say('Try again in about {minutes, plural, one {# minute} other {# minutes}}.', {
            minutes: Math.ceil(seconds / 60),
          }),
    who: 'nobody',
    detail: `HTTP ${response.status}`,
  });

function parse(response: HttpResponse): unknown {
  try {
    return JSON.parse(response.text) as unknown;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws AppError `unexpected-answer`: an empty or odd answer to a question must never pass for "there is nothing" */
function readPage(response: HttpResponse, body: unknown, write: boolean): Page {
  const empty = response.status === 204 || response.text.trim() === '';
  if (empty && write) return { value: [], warnings: [], next: null };
  if (!isObject(body)) throw unexpected(`HTTP ${response.status}, not JSON`);
  const { value } = body;
  const warnings = body['@adminapi.warnings'];
  const next = body['@odata.nextLink'];
  if (!Array.isArray(value) && !write) throw unexpected(`HTTP ${response.status}, no value`);
  return {
    value: Array.isArray(value) ? value.filter(isObject) : [],
    warnings: Array.isArray(warnings)
      ? warnings.filter((line) => typeof line === 'string').map((line) => cleanText(line))
      : [],
    next: typeof next === 'string' && next !== '' ? next : null,
  };
}

const isThrottling = (response: HttpResponse, write: boolean): boolean =>
  response.status === 429 ||
  (response.status === 503 && (!write || response.headers['retry-after'] !== undefined)) ||
  // Said in a 4xx, so it was not run.
  (response.status < 500 && /maximum number of concurrent requests per tenant/i.test(response.text.slice(0, 20_000)));

/** Never reached Exchange: the name, the connection or TLS failed before the request left. */
const neverSent = (error: AppError): boolean => /\b(dns|resolve|lookup|connect|tls)\b/i.test(error.detail ?? '');

export async function connectExchange(options: ExchangeOptions): Promise<Exchange> {
  const { environment, session, http, signal, wait = waitAtLeast } = options;
  const base = `${environment.exchange.adminApi.replace(/\/$/, '')}/${encodeURIComponent(session.tenantId)}`;
  const endpoint = `${base}/InvokeCommand`;

  const post = async ({ url, command, options }: Ask, fresh: boolean): Promise<HttpResponse> => {
    const token = await session.accessToken(options.signal, { fresh });
    await options.onSent?.();
    return http.send({
      method: 'POST',
      url,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json; charset=utf-8',
        accept: 'application/json',
        'x-anchormailbox': `UPN:${session.username}`,
        'x-cmdletname': command.cmdlet,
        'x-responseformat': 'json',
        'client-request-id': randomUUID(),
        prefer: `odata.maxpagesize=${PAGE_SIZE}`,
      },
      body: JSON.stringify({ CmdletInput: { CmdletName: command.cmdlet, Parameters: command.parameters } }),
      signal: options.signal,
      deadlineMs: options.write ? WRITE_DEADLINE_MS : READ_DEADLINE_MS,
      maxBytes: MOST_BYTES,
    });
  };

  /** Waits as told, or gives up when that would take too long. */
  const pause = async (response: HttpResponse | null, tries: number, options: RunOptions): Promise<void> => {
    const told = response && retryAfterMs(response.headers, Date.now());
    const ms = told ?? STEP_MS * tries;
    if (response && (ms > LONGEST_MS || tries >= MOST_TRIES)) throw busy(response, told === null ? null : ms / 1000);
    options.onWait?.(Math.ceil(ms / 1000));
    await wait(ms, options.signal);
  };

  const askOnce = async (ask: Ask, fresh: boolean): Promise<HttpResponse> => {
    const { command, options } = ask;
    try {
      return await post(ask, fresh);
    } catch (error) {
      if (!options.write || !isAppError(error)) throw error;
      if (!['network', 'timeout', 'unexpected-answer'].includes(error.code) || neverSent(error)) throw error;
      throw outcomeUnknown(command.cmdlet, error, error.detail ?? error.code);
    }
  };

  const askPage = async (ask: Ask): Promise<Page> => {
    const { command, options } = ask;
    let fresh = false;
    for (let tries = 1; ; tries += 1) {
      let response: HttpResponse;
      try {
        response = await askOnce(ask, fresh);
      } catch (error) {
        const again = !options.write && isAppError(error) && (error.code === 'network' || error.code === 'timeout');
        if (!again || tries >= 3) throw error;
        await pause(null, tries, options);
        continue;
      }
      const body = parse(response);
      const { status } = response;
      if (isThrottling(response, options.write)) {
        await pause(response, tries, options);
        continue;
      }
      if (status === 401 && !fresh) {
        fresh = true;
        continue;
      }
      if (status >= 500 || status === 408) {
        // Exchange's own refusals come as 4xx, but a few arrive as 500 with their type.
        const refusal = readRefusal(body, response.headers);
        if (options.write && refusal?.type == null)
          throw outcomeUnknown(command.cmdlet, null, `HTTP ${status} ${refusal?.text ?? ''}`);
        if (refusal?.type != null) throw errorOf(command.cmdlet, response, body);
        await pause(response, tries, options);
        continue;
      }
      if (status >= 300 || readRefusal(body, response.headers)) throw errorOf(command.cmdlet, response, body);
      try {
        return readPage(response, body, options.write);
      } catch (error) {
        if (options.write) throw outcomeUnknown(command.cmdlet, error, 'HTTP 200, not JSON');
        throw error;
      }
    }
  };

  const run = async (command: Command, options: RunOptions): Promise<CmdletResult> => {
    const value: Record<string, unknown>[] = [];
    const warnings: string[] = [];
    const seen = new Set<string>();
    for (let url: string | null = endpoint; url !== null;) {
      // The token goes along: a link to anywhere else is refused, and so is one that leads in a circle.
      if (new URL(url).origin !== new URL(endpoint).origin) throw unexpected('next page is on another server');
      if (seen.has(url) || seen.size >= MOST_PAGES) throw unexpected('next pages do not end');
      seen.add(url);
      const page: Page = await askPage({ url, command, options });
      value.push(...page.value);
      warnings.push(...page.warnings);
      url = options.write || page.next === null ? null : new URL(page.next, endpoint).href;
    }
    return { value, warnings };
  };

  const known: Tenant = { id: session.tenantId, name: null, initialDomain: null };
  const exchange: Exchange = { tenant: known, account: session.username, run };
  const limit = withDeadline(signal ?? new AbortController().signal, CONNECT_DEADLINE_MS);
  return {
    ...exchange,
    tenant: await readTenantName(exchange, limit),
  };
}
