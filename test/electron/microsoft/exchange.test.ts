/** The Exchange client against a server that throttles, breaks off, pages, lies and speaks other languages. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/errors.ts';
import { english } from '../../../core/text.ts';
import { connectExchange, type Exchange } from '../../../electron/microsoft/exchange.ts';
import { isProhibited, type ExchangeError } from '../../../electron/microsoft/exchange-error.ts';
import type { Session } from '../../../electron/microsoft/sign-in.ts';
import { readTenant } from '../../../electron/microsoft/read-tenant.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { exchangeError, startMicrosoft, TENANT_ID, type Mishap, type Simulated } from './simulated-microsoft.ts';

let microsoft: Simulated;
let exchange: Exchange;
let fresh: number;
const session: Session = {
  username: 'admin@contoso.com',
  tenantId: TENANT_ID,
  accessToken: async (_, options) => {
    if (options?.fresh === true) fresh += 1;
    return 'the-token';
  },
  forget: async () => {},
};
const READ = { cmdlet: 'Get-InboundConnector', parameters: {} };
const WRITE = { cmdlet: 'New-InboundConnector', parameters: { Name: 'RelayReady', Enabled: true } };

beforeEach(async () => {
  fresh = 0;
  microsoft = await startMicrosoft();
  const { environment, http } = microsoft;
  exchange = await connectExchange({ environment, session, http });
});
afterEach(() => microsoft.close());

const once = (mishap: Mishap, times = 1): void => {
  let left = times;
  microsoft.mishap = () => (left-- > 0 ? mishap : null);
};
const read = (signal = new AbortController().signal, onWait?: (seconds: number) => void) =>
  exchange.run(READ, { signal, write: false, ...(onWait ? { onWait } : {}) });
const write = (onSent?: () => Promise<void>) =>
  exchange.run(WRITE, { signal: new AbortController().signal, write: true, ...(onSent ? { onSent } : {}) });
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was not refused');
};
const callsOf = (cmdlet: string) => microsoft.calls.filter((call) => call.cmdlet === cmdlet);

describe('connectExchange', () => {
  it('knows whose tenant it is', () => {
    expect(exchange).toMatchObject({
      account: 'admin@contoso.com',
      tenant: { id: TENANT_ID, name: 'Contoso', initialDomain: 'contoso.onmicrosoft.com' },
    });
  });

  it('sends what Exchange expects', async () => {
    await write();
    const [call] = callsOf('New-InboundConnector');
    expect(call?.parameters).toEqual(WRITE.parameters);
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer the-token',
      'x-anchormailbox': 'UPN:admin@contoso.com',
      prefer: 'odata.maxpagesize=1000',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('reads every page', async () => {
    microsoft.pageSize = 3;
    microsoft.connectors = Array.from({ length: 8 }, (_, index) => stored({ Name: `Connector ${index}` }));
    const { value } = await read();
    expect(value.map(({ Name }) => Name)).toEqual(microsoft.connectors.map(({ Name }) => Name));
  });

  it('gives no half list when a later page fails', async () => {
    microsoft.pageSize = 3;
    microsoft.connectors = Array.from({ length: 8 }, (_, index) => stored({ Name: `Connector ${index}` }));
    microsoft.mishap = (_, count) => (count === 3 ? { kind: 'answer', status: 403 } : null);
    expect((await refusal(read())).code).toBe('not-permitted');
  });

  it.each([
    ['to another server', 'https://evil.example/adminapi/beta/x/InvokeCommand'],
    ['in a circle', ''],
  ])('does not follow a next page %s', async (_, next) => {
    const link = next || `${microsoft.origin}/adminapi/beta/${TENANT_ID}/InvokeCommand?again`;
    microsoft.mishap = () => ({
      kind: 'answer',
      status: 200,
      body: JSON.stringify({ value: [], '@odata.nextLink': link }),
    });
    expect((await refusal(read())).code).toBe('unexpected-answer');
    expect(microsoft.calls.length).toBeLessThan(8);
  });

  it.each([
    ['HTML', 200, '<html>Sign in to the guest network</html>'],
    ['nothing', 200, ''],
    ['JSON without a value', 200, '{}'],
    ['a redirect', 302, ''],
  ])('never takes %s for "there is nothing"', async (_, status, body) => {
    once({ kind: 'answer', status, body });
    expect((await refusal(read())).code).toBe('unexpected-answer');
  });

  it('returns warnings, cleaned', async () => {
    once({
      kind: 'answer',
      status: 200,
      body: JSON.stringify({ value: [], '@adminapi.warnings': ['off\u001b[31m now\u202e'] }),
    });
    expect((await write()).warnings).toEqual(['off now']);
  });

  it('reads the innermost message in any spelling, and keeps type and text apart', async () => {
    const inner = { message: '|Microsoft.Exchange.Some.ProhibitedException|Text in any language' };
    for (const body of [
      { error: { message: 'Invalid Operation', innererror: { internalexception: inner } } },
      {
        error: {
          message: 'Invalid Operation',
          innerError: { internalException: inner },
          details: [{ message: 'other' }],
        },
      },
      { error: { message: 'Invalid Operation', details: [inner] } },
      { error: inner },
    ]) {
      once({ kind: 'answer', status: 400, body: JSON.stringify(body) });
      const error = (await refusal(write())) as ExchangeError;
      expect(error.code).toBe('exchange-refused');
      expect(isProhibited(error)).toBe(true);
      expect(english(error.text)).toBe('Exchange refused: Text in any language');
    }
  });

  it('sees a refusal inside a 200', async () => {
    once({ kind: 'answer', status: 200, body: exchangeError('X.Y.SomeException', 'no') });
    expect((await refusal(read())).code).toBe('exchange-refused');
  });

  it('names the role when the account may not, even without a body', async () => {
    microsoft.denied = ['New-InboundConnector'];
    const error = await refusal(write());
    expect(error.code).toBe('not-permitted');
    expect(error.who).toBe('microsoft-admin');
    expect(english(error.remedy ?? { message: '' })).toContain('Exchange Administrator');
    expect(error.detail).toContain('The account lacks the role');
    expect(callsOf('New-InboundConnector')).toHaveLength(1);
  });

  it('takes a fresh token once, then asks to sign in again', async () => {
    once({ kind: 'answer', status: 401 });
    await read();
    expect(fresh).toBe(1);
    once({ kind: 'answer', status: 401 }, 9);
    expect((await refusal(read())).code).toBe('sign-in-refused');
    expect(fresh).toBe(2);
  });
});

describe('waiting', () => {
  it.each([429, 503])('comes back after %i, and never early', async (status) => {
    const before = microsoft.calls.length;
    once({ kind: 'answer', status, headers: { 'retry-after': '2' } });
    const waits: number[] = [];
    await read(undefined, (seconds) => waits.push(seconds));
    const [first, second] = microsoft.calls.slice(before);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(waits).toEqual([2]);
  });

  it('sends a throttled write again', async () => {
    once({ kind: 'answer', status: 429, headers: { 'retry-after': '1' } });
    await write();
    expect(callsOf('New-InboundConnector')).toHaveLength(2);
    expect(microsoft.connectors).toHaveLength(1);
  });

  it('rather gives up than comes early when told to wait very long', async () => {
    once({ kind: 'answer', status: 429, headers: { 'retry-after': '86400' } });
    const error = await refusal(read());
    expect(error.code).toBe('busy');
    expect(english(error.remedy ?? { message: '' })).toContain('1,440 minutes');
  });

  it('can be cancelled', async () => {
    once({ kind: 'answer', status: 429, headers: { 'retry-after': '600' } });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stopped')), 100);
    const startedAt = performance.now();
    expect((await refusal(read(controller.signal))).message).toBe('stopped');
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });
});

describe('lost answers', () => {
  it.each<Mishap>([{ kind: 'cut' }, { kind: 'answer', status: 500, headers: { 'retry-after': '1' } }])(
    'asks again when it only read ($kind)',
    async (mishap) => {
      microsoft.connectors = [ours()];
      once(mishap);
      expect((await read()).value).toHaveLength(1);
    },
    10_000,
  );

  it.each<Mishap>([
    { kind: 'cut' },
    { kind: 'effect-then-cut' },
    { kind: 'answer', status: 500 },
    { kind: 'answer', status: 503 },
    { kind: 'effect-then', status: 504 },
    { kind: 'effect-then', status: 200, body: '<html>' },
  ])('never sends a write again ($kind $status)', async (mishap) => {
    once(mishap);
    let sent = 0;
    const error = await refusal(
      write(async () => {
        sent += 1;
      }),
    );
    expect(error.code).toBe('outcome-unknown');
    expect(sent).toBe(1);
    expect(callsOf('New-InboundConnector')).toHaveLength(1);
  });

  it('says plainly that nothing was sent when nobody is there', async () => {
    await microsoft.close();
    expect((await refusal(write())).code).toBe('network');
    microsoft = await startMicrosoft();
  });
});

describe('readTenant', () => {
  it('reads all four parts', async () => {
    microsoft.connectors = [ours()];
    const facts = await readTenant(exchange, { signal: new AbortController().signal });
    expect(facts.acceptedDomains?.map(({ name }) => name)).toEqual(['contoso.com', 'contoso.onmicrosoft.com']);
    expect(facts.connectors?.map(({ name, senderDomains }) => [name, senderDomains])).toEqual([['RelayReady', ['*']]]);
    expect(facts.organization).toEqual({ name: 'Contoso', rejectDirectSend: false, dehydrated: false });
    expect(facts.blockedConnectors).toEqual([]);
  });
  it('tells "may not be read" from "there is none"', async () => {
    microsoft.denied = ['Get-InboundConnector', 'Get-BlockedConnector'];
    const facts = await readTenant(exchange, { signal: new AbortController().signal });
    expect(facts.connectors).toBeNull();
    expect(facts.blockedConnectors).toBeNull();
    expect(facts.acceptedDomains).toHaveLength(2);
  });
});
