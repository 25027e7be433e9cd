/** Exchange Online administration: runs one {cmdlet, parameters} by InvokeCommand, reads every page, honours Retry-After. */
import { randomUUID } from 'node:crypto';
import type { Environment } from '../../core/environment.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import type { Command, Tenant } from '../../core/plan/plan.ts';
import { say } from '../../core/text.ts';
import { withDeadline } from '../net/deadline.ts';
import type { Http, HttpResponse } from '../net/http.ts';
import { errorOf, isProhibited, readRefusal } from './exchange-error.ts';
import {
  followable,
  isThrottling,
  parseBody,
  readPage,
  unexpected,
  type CmdletResult,
  type Page,
} from './exchange-page.ts';
import { LostAnswer, wasNeverSent } from './lost-answer.ts';
import { readPermitted } from './permitted.ts';
import { LONGEST_MS, retryAfterMs, waitAtLeast, type Wait } from './retry-after.ts';
import type { Session } from './sign-in.ts';
import { readTenantName } from './tenant-name.ts';

export type { CmdletResult } from './exchange-page.ts';

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
  /** Cmdlets this account may run, or null when that cannot be told. */
  readonly permitted?: (signal: AbortSignal) => Promise<readonly string[] | null>;
  /** Since signing in, Microsoft refused to let a connector be switched on (new organisations). */
  readonly prohibited?: () => boolean;
};

export type ExchangeOptions = {
  readonly environment: Environment;
  readonly session: Session;
  readonly http: Http;
  readonly signal?: AbortSignal;
  /** Microsoft asked to wait that many seconds before the first answer. */
  readonly onWait?: (seconds: number) => void;
  /** Another clock; for tests. */
  readonly wait?: Wait;
  /** Milliseconds that only ever grow. */
  readonly now?: () => number;
};

const PAGE_SIZE = 1000;
const MOST_PAGES = 200;
const MOST_HOPS = 3;
/** Ten times the most connectors an organisation can have. */
const MOST_OBJECTS = 50_000;
const MOST_BYTES = 16 * 1024 * 1024;
/** Exchange is slow now and then: answers after more than a minute have been seen. */
const READ_DEADLINE_MS = 60_000;
const WRITE_DEADLINE_MS = 150_000;
const CONNECT_DEADLINE_MS = 20_000;
const MOST_TRIES = 6;
/** Exchange's own words when Retry-After is missing: three seconds more each time. */
const STEP_MS = 3000;

type Ask = { readonly url: string; readonly command: Command; readonly options: RunOptions };

const busy = (seconds: number | null, detail: string): AppError =>
  new AppError('busy', say('Microsoft is busy and asked us to wait. Nothing was changed.'), {
    remedy:
      seconds === null
        ? say('Try again in some minutes.')
        : say('Try again in about {minutes, plural, one {# minute} other {# minutes}}.', {
            minutes: Math.ceil(seconds / 60),
          }),
    who: 'nobody',
    detail,
  });

export async function connectExchange(options: ExchangeOptions): Promise<Exchange> {
  const { environment, session, http, signal, wait = waitAtLeast, now = () => performance.now() } = options;
  const base = `${environment.exchange.adminApi.replace(/\/$/, '')}/${encodeURIComponent(session.tenantId)}`;
  const endpoint = `${base}/InvokeCommand`;
  /** Told by Microsoft; holds for every call of this sign-in, also for those made side by side. */
  let notBefore = 0;
  let prohibited = false;

  const untilWelcome = async (options: RunOptions): Promise<void> => {
    for (let left = notBefore - now(); left > 0; left = notBefore - now()) {
      if (left > LONGEST_MS) throw busy(left / 1000, 'asked to wait before');
      options.onWait?.(Math.ceil(left / 1000));
      await wait(left, options.signal);
    }
  };

  const post = async ({ url, command, options }: Ask, fresh: boolean): Promise<HttpResponse> => {
    const token = await session.accessToken(options.signal, { fresh });
    await untilWelcome(options);
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

  /** What the server tells counts for all calls. @returns milliseconds, or null when it told nothing */
  const heed = (response: HttpResponse): number | null => {
    const told = retryAfterMs(response.headers, Date.now());
    if (told !== null) notBefore = Math.max(notBefore, now() + told);
    return told;
  };

  /** Waits as told, or gives up when that would take too long. */
  const pause = async (response: HttpResponse | null, tries: number, options: RunOptions): Promise<void> => {
    const told = response && heed(response);
    const ms = told ?? STEP_MS * tries;
    if (response && (ms > LONGEST_MS || tries >= MOST_TRIES))
      throw busy(told === null ? null : ms / 1000, `HTTP ${response.status}`);
    options.onWait?.(Math.ceil(ms / 1000));
    await wait(ms, options.signal);
  };

  const askOnce = async (ask: Ask, fresh: boolean): Promise<HttpResponse> => {
    const { command, options } = ask;
    try {
      return await post(ask, fresh);
    } catch (error) {
      if (!options.write || !isAppError(error)) throw error;
      if (!['network', 'timeout', 'unexpected-answer'].includes(error.code) || wasNeverSent(error)) throw error;
      throw new LostAnswer(command.cmdlet, { cause: error, detail: error.detail ?? error.code, busy: false });
    }
  };

  const askPage = async (first: Ask): Promise<Page> => {
    const { command, options } = first;
    let ask = first;
    let fresh = false;
    let hops = 0;
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
      const body = parseBody(response);
      const { status } = response;
      if (isThrottling(response, options.write)) {
        await pause(response, tries, options);
        continue;
      }
      if (status === 401 && !fresh) {
        fresh = true;
        continue;
      }
      if ([301, 302, 307, 308].includes(status)) {
        // Sent on to a server nearer by: asked there again, as long as that is Microsoft's own.
        const url = followable(response.headers['location'] ?? '', ask.url);
        if (url === null || url === ask.url || (hops += 1) > MOST_HOPS) throw unexpected(`HTTP ${status} to elsewhere`);
        ask = { ...ask, url };
        continue;
      }
      if (status >= 500 || status === 408) {
        // Exchange's own refusals come as 4xx, but a few arrive as 500 with their type.
        const refusal = readRefusal(body, response.headers);
        if (refusal?.type != null) throw errorOf(command.cmdlet, response, body);
        if (options.write) {
          const told = heed(response);
          const detail = `HTTP ${status} ${refusal?.text ?? ''}`;
          throw new LostAnswer(command.cmdlet, { detail, busy: status === 503 && told !== null });
        }
        await pause(response, tries, options);
        continue;
      }
      if (status >= 300 || readRefusal(body, response.headers)) throw errorOf(command.cmdlet, response, body);
      try {
        return readPage(response, body, options.write);
      } catch (error) {
        if (options.write)
          throw new LostAnswer(command.cmdlet, { cause: error, detail: `HTTP ${status}, not JSON`, busy: false });
        throw error;
      }
    }
  };

  const pages = async (command: Command, options: RunOptions): Promise<CmdletResult> => {
    const value: Record<string, unknown>[] = [];
    const warnings: string[] = [];
    const seen = new Set<string>();
    for (let url: string | null = endpoint; url !== null;) {
      if (seen.has(url) || seen.size >= MOST_PAGES) throw unexpected('next pages do not end');
      seen.add(url);
      const page: Page = await askPage({ url, command, options });
      value.push(...page.value);
      warnings.push(...page.warnings);
      if (value.length > MOST_OBJECTS) throw unexpected('more objects than any organisation has');
      if (options.write || page.next === null) break;
      url = followable(page.next, endpoint);
      if (url === null) throw unexpected('next page is on another server');
    }
    return { value, warnings };
  };

  const run = async (command: Command, options: RunOptions): Promise<CmdletResult> => {
    try {
      const result = await pages(command, options);
      if (options.write) prohibited = false;
      return result;
    } catch (error) {
      if (isProhibited(error)) prohibited = true;
      throw error;
    }
  };

  const permitted = async (signal: AbortSignal): Promise<readonly string[] | null> => {
    const token = await session.accessToken(signal);
    await untilWelcome({ signal, write: false });
    return readPermitted(http, { base, token, account: session.username, signal, onAnswer: heed });
  };

  const known: Tenant = { id: session.tenantId, name: null, initialDomain: null };
  const exchange: Exchange = { tenant: known, account: session.username, run, permitted, prohibited: () => prohibited };
  const limit = withDeadline(signal ?? new AbortController().signal, CONNECT_DEADLINE_MS);
  return {
    ...exchange,
    tenant: await readTenantName(exchange, limit, options.onWait),
  };
}
