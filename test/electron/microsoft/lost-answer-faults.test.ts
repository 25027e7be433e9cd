/** What a person reads when Exchange is busy, breaks off or answers oddly: rows of the fault table. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stored } from '../../core/plan/tenant-model.ts';
import { openBench, type Bench } from './apply-bench.ts';
import type { Mishap } from './simulated-microsoft.ts';
import { answer, apply, breaks, isWrite, ofOutcome, told } from './told.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());
const writes = () => bench.microsoft.calls.filter(({ cmdlet }) => isWrite(cmdlet));

describe('asked to wait', () => {
  const waited = () => bench.progress.filter(({ state }) => state === 'waiting');
  it('seconds: said with a countdown, and kept', async () => {
    breaks(bench, 'write', answer(429, '', { 'retry-after': '40' }));
    expect((await apply(bench)).status).toBe('done');
    expect(waited()[0]).toMatchObject({ seconds: 40, message: 'Microsoft is busy and asked us to wait.' });
    expect(bench.microsoft.clockMs).toBeGreaterThanOrEqual(40_000);
  });
  it.each([
    ['a date', new Date(Date.now() + 30_000).toUTCString()],
    ['a date in the past', new Date(Date.now() - 60_000).toUTCString()],
    ['a negative number', '-5'],
    ['a number with a space', '120 '],
    ['nonsense', 'soon'],
  ])('%s: a sane wait, then done', async (_, value) => {
    breaks(bench, 'write', answer(429, '', { 'retry-after': value }));
    expect((await apply(bench)).status).toBe('done');
    expect(waited()[0]?.seconds).toBeGreaterThanOrEqual(1);
    expect(waited()[0]?.seconds).toBeLessThanOrEqual(900);
  });
  it('a thousand million seconds: says when to come back', async () => {
    breaks(bench, 'write', answer(429, '', { 'retry-after': '1000000000' }), { times: 99 });
    const said = await apply(bench);
    expect(said.status).toBe('busy');
    expect(said.words).toContain('Microsoft is busy and asked us to wait. Nothing was changed.');
    expect(said.words).toMatch(/Try again in about [\d,]+ minutes/);
    expect(await bench.journal.pending()).toEqual([]);
  });
});

describe('the answer is lost', () => {
  it.each([500, 502, 503, 504])('%i before the effect: looked up, told, and the next start does it', async (status) => {
    breaks(bench, 'write', answer(status));
    const said = await apply(bench);
    expect(said).toMatchObject({ status: 'unknown', who: 'nobody' });
    expect(said.words).toContain('does not show yet whether it took effect');
    expect(said.words).toContain('RelayReady looks first, and never makes a second connector');
    expect((await apply(bench)).status).toBe('done');
    expect(bench.microsoft.connectors).toHaveLength(1);
  });
  it.each<Mishap>([
    { kind: 'effect-then', status: 500 },
    { kind: 'effect-then', status: 504 },
    { kind: 'effect-then-cut' },
    { kind: 'effect-then', status: 200, body: '{"value":[{"Na' },
  ])('$kind $status after the effect: found, and done', async (mishap) => {
    breaks(bench, 'write', mishap);
    const said = await apply(bench);
    expect(said.status).toBe('done');
    expect(said.words).toContain('The answer was lost on the way, but the change is in place.');
    expect(writes()).toHaveLength(1);
  });
  it('an interrupted run is recognised by the next one', async () => {
    breaks(bench, 'write', { kind: 'effect-then-cut' });
    bench.microsoft.staleReads = 0;
    const plan = await bench.plan();
    const met = bench.microsoft.mishap;
    bench.microsoft.mishap = (call, count) => {
      const mishap = met(call, count);
      if (mishap) bench.microsoft.staleReads = 40;
      return mishap;
    };
    expect((await bench.apply(plan)).status).toBe('unknown');
    bench.microsoft.staleReads = 0;
    const said = ofOutcome(await bench.apply(plan));
    expect(said.status).toBe('done');
    expect(said.words).toContain(
      'An earlier run was interrupted after it had sent the change. It was looked up: it is in place',
    );
    expect(writes()).toHaveLength(1);
  });
  it('the list shows it only after a while: waited for, not made again', async () => {
    breaks(bench, 'write', { kind: 'effect-then', status: 200, body: '{"value":[],"@adminapi.warnings":[]}' });
    const met = bench.microsoft.mishap;
    bench.microsoft.mishap = (call, count) => {
      const mishap = met(call, count);
      if (mishap) bench.microsoft.staleReads = 5;
      return mishap;
    };
    expect((await apply(bench)).status).toBe('done');
    expect(bench.progress.map(({ message }) => message)).toContain('Waiting until Microsoft 365 shows the change.');
    expect(writes()).toHaveLength(1);
  });
});

describe('odd answers to the list of connectors', () => {
  it.each<readonly [string, Mishap]>([
    ['HTML with 200', answer(200, '<html>Sign in to the guest network</html>')],
    ['nothing with 200', answer(200)],
    [
      'a next page on another server',
      answer(200, JSON.stringify({ value: [], '@odata.nextLink': 'https://elsewhere.example/adminapi/x' })),
    ],
    ['sent elsewhere', answer(302, '', { location: 'https://elsewhere.example/adminapi/beta/x/InvokeCommand' })],
  ])('%s: nothing is planned on it', async (_, mishap) => {
    breaks(bench, 'Get-InboundConnector', mishap, { times: 99 });
    const said = await told(bench.plan().then(bench.apply));
    expect(said).toMatchObject({ status: 'unexpected-answer', who: 'nobody' });
    expect(said.words).toContain('RelayReady does not understand');
    expect(said.words).toContain('Try again later, or use the script.');
    expect(writes()).toEqual([]);
  });
  it('a second page that fails: no plan on half a list', async () => {
    bench.microsoft.pageSize = 3;
    bench.microsoft.connectors = Array.from({ length: 8 }, (_, at) =>
      stored({ Name: `Connector ${at}`, SenderIPAddresses: [] }),
    );
    breaks(bench, 'Get-InboundConnector', answer(403), { skip: 1, times: 99 });
    const said = await apply(bench);
    expect(said).toMatchObject({ status: 'refused', who: 'microsoft-admin' });
    expect(said.words).toContain('may not be read with this account, so nothing can be planned safely');
    expect(writes()).toEqual([]);
  });
  it('a warning beside success is shown', async () => {
    breaks(bench, 'write', {
      kind: 'effect-then',
      status: 200,
      body: JSON.stringify({ value: [], '@adminapi.warnings': ['The comment was shortened.'] }),
    });
    const said = await apply(bench);
    expect(said.status).toBe('done');
    expect(said.words).toContain('The comment was shortened.');
  });
});
