/** Exchange administration as InvokeCommand shows it: pages, throttles, breaks and refuses as Exchange does, and keeps a log. */
import type { ServerResponse } from 'node:http';
import { Refusal, type Answer } from './cmdlet.ts';
import { colleagueWorks } from './colleague.ts';
import { permittedCmdlets, perform, readCommand, type Command } from './exchange-cmdlets.ts';
import { calm, type Fault, type Faults } from './faults.ts';
import { inLanguage } from './languages.ts';
import type { Logged, Tenant } from './tenant.ts';
import { sendJson, type WebHandler, type WebRequest } from './web-request.ts';

const BUSY_S = 2;
const PAGE_SIZE = 3;
/** Calls on their way when another was told to wait are nobody's fault. */
const IN_FLIGHT_MS = 250;

export type ExchangeRules = {
  readonly faults?: Faults;
  /** Sleeps; another clock in tests. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Told when a call is left without an answer. */
  readonly onHang?: (requestId: string) => void;
  readonly inFlightMs?: number;
};

type Answering = {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answering => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
});

/** Carries the command out and says what Exchange would say. */
function carryOut(tenant: Tenant, { body, url, headers }: WebRequest): Answering {
  try {
    const { value, warnings = [] }: Answer = perform(tenant, readCommand(body));
    const page = Number(url.searchParams.get('page') ?? 0);
    const from = page * PAGE_SIZE;
    const next = new URL(url.pathname + url.search, `https://${headers.host ?? 'localhost'}`);
    next.searchParams.set('page', String(page + 1));
    return json(200, {
      value: value.slice(from, from + PAGE_SIZE),
      '@adminapi.warnings': warnings.map((line) => inLanguage(tenant.language, line)),
      ...(value.length > from + PAGE_SIZE ? { '@odata.nextLink': next.href } : {}),
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = inLanguage(tenant.language, error.message);
    return json(400, {
      error: {
        code: 'BadRequest',
        message: 'Invalid Operation',
        details: [{ message }],
        innererror: { internalexception: { message: `|${error.type}|${message}` } },
      },
    });
  }
}

const nameOf = (body: string): string => {
  try {
    return readCommand(body).name;
  } catch {
    return '';
  }
};
const parametersOf = (body: string): Command['parameters'] => {
  try {
    return readCommand(body).parameters;
  } catch {
    return {};
  }
};

/** Handles requests below `/adminapi/`. @param isValidToken knows the tokens the sign-in service gave out */
export function handleExchange(
  tenant: Tenant,
  isValidToken: (token: string) => boolean,
  { faults = calm, sleep, onHang, inFlightMs = IN_FLIGHT_MS }: ExchangeRules = {},
): WebHandler {
  const counts = new Map<string, number>();
  let told = { at: 0, until: 0 };

  const busy = (status: number, seconds: number, form: 'seconds' | 'date' | 'none' = 'seconds'): Answering => {
    const at = tenant.now();
    const until = at + seconds * 1000;
    if (form !== 'none') told = { at, until: Math.max(told.until, until) };
    const wait = { seconds: String(seconds), date: new Date(Math.ceil(until / 1000) * 1000).toUTCString(), none: '' }[
      form
    ];
    const code = status === 429 ? 'TooManyRequests' : 'ServiceUnavailable';
    return json(status, { error: { code, message: 'Try again.' } }, wait === '' ? {} : { 'retry-after': wait });
  };

  const broken = (fault: Fault, done: () => Answering): Answering | 'cut' | 'hang' | { readonly half: string } => {
    if (fault.kind === 'busy') return busy(fault.status, fault.s, fault.retryAfter);
    if (fault.kind === 'expired')
      return json(
        401,
        { error: { code: 'Unauthorized', message: 'The token has expired.' } },
        fault.claims ? { 'www-authenticate': 'Bearer error="insufficient_claims", claims="eyJhIjp7fX0="' } : {},
      );
    const answer = fault.after ? done() : null;
    if (fault.kind === 'hang') return 'hang';
    if (fault.kind === 'cut') return fault.midway ? { half: answer?.body ?? '{"value":[{"Name":"Half' } : 'cut';
    if (fault.kind === 'odd') return { status: 200, body: fault.body };
    return json(fault.status, { error: { code: 'ServerError', message: 'An error occurred.' } });
  };

  const answer = async (request: WebRequest, response: ServerResponse): Promise<void> => {
    const { url, headers, body } = request;
    const name = url.pathname.endsWith('/EXOModuleFile') ? 'EXOModuleFile' : nameOf(body);
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    const requestId = String(headers['client-request-id'] ?? '');
    const entry: Logged = { cmdlet: name, parameters: parametersOf(body), atMs: tenant.now(), requestId, fault: null };
    tenant.log.push(entry);
    tenant.staleMs = faults.staleMs(name, nth);
    colleagueWorks(tenant, faults.colleague(name, nth));
    const isEarly = entry.atMs > told.at + inFlightMs && entry.atMs < told.until;
    const done = (): Answering =>
      name === 'EXOModuleFile'
        ? json(200, { value: [{ exportedCmdlets: permittedCmdlets(tenant.role) }] })
        : carryOut(tenant, request);
    const fault = faults.fault(name, nth);
    entry.fault = isEarly ? 'early' : (fault?.kind ?? null);
    const act = (): ReturnType<typeof broken> => {
      // Who comes back too early waits anew, and longer (as Microsoft's own test proxy does).
      if (isEarly) return busy(429, Math.ceil((told.until - tenant.now()) / 1000) + BUSY_S);
      if (tenant.busyCalls > 0) {
        tenant.busyCalls -= 1;
        return busy(tenant.busyCalls % 2 === 1 ? 429 : 503, BUSY_S);
      }
      return fault ? broken(fault, done) : done();
    };
    const latency = faults.latencyMs(name, nth);
    const isBusy = fault?.kind === 'busy' || isEarly;
    // What is done is done at once; only the answer takes its time. "Wait" counts from when it is said.
    const early = isBusy ? null : act();
    if (latency > 0 && sleep) await sleep(latency);
    const result = early ?? act();
    if (result === 'hang') return onHang?.(requestId);
    if (result === 'cut') return void response.destroy();
    if ('half' in result) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': result.half.length + 100 });
      response.write(result.half.slice(0, 20), () => response.destroy());
      return;
    }
    response.writeHead(result.status, {
      date: new Date(tenant.now()).toUTCString(),
      'cache-control': 'no-store',
      'request-id': `practice-${tenant.log.length}`,
      ...result.headers,
    });
    response.end(result.body);
  };

  return (request, response) => {
    const { url, headers } = request;
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!isValidToken(token))
      return sendJson(response, 401, { error: { code: 'Unauthorized', message: 'The token is not valid.' } });
    const [, , , tenantId, action] = url.pathname.split('/');
    if (tenantId !== tenant.id || (action !== 'InvokeCommand' && action !== 'EXOModuleFile'))
      return sendJson(response, 404, { error: { code: 'NotFound', message: 'No such resource.' } });
    if (tenant.role === 'none') {
      // As Exchange does it: the body says nothing, a header does.
      response.writeHead(403, { 'x-ms-diagnostics': '2000003;reason="The account lacks the role for this."' });
      response.end('\0\0');
      return;
    }
    answer(request, response).catch(() => response.destroy());
  };
}
