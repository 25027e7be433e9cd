/** Applying: once, whatever breaks; read back; refusals told apart; and taking it back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppError } from '../../../core/errors.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { ADDRESSES, openBench, type Bench } from './apply-bench.ts';
import { exchangeError, type Mishap } from './simulated-microsoft.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const isWrite = (cmdlet: string): boolean => !cmdlet.startsWith('Get-');
const onWrite = (mishap: Mishap): void => {
  let met = false;
  bench.microsoft.mishap = ({ cmdlet }) => {
    if (met || !isWrite(cmdlet)) return null;
    met = true;
    return mishap;
  };
};
const writes = () => bench.microsoft.calls.filter(({ cmdlet }) => isWrite(cmdlet));
const refusal = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was not refused');
};
const says = ({ findings }: Outcome): string => findings.map(({ text, fix }) => [text, ...fix].join(' ')).join('\n');

describe('applyPlan', () => {
  it('creates, reads back, and a second time finds nothing to do', async () => {
    bench.microsoft.connectors = [stored({ Name: 'Gateway', ConnectorType: 'Partner', SenderIPAddresses: [] })];
    const before = bench.microsoft.connectors;
    const plan = await bench.plan();
    const outcome = await bench.apply(plan);
    expect(outcome).toMatchObject({ status: 'done', connector: { Name: 'RelayReady', Enabled: true } });
    expect(outcome.steps).toMatchObject([
      { cmdlet: 'New-InboundConnector', status: 'done', warnings: [], error: null },
    ]);
    expect(bench.microsoft.connectors.slice(0, 1)).toEqual(before);
    expect(bench.journal.lines.map((line) => line.split(' ')[0])).toEqual(['begin', 'sent', 'done']);
    expect((await bench.plan()).steps).toEqual([]);
    const again = await bench.apply(plan);
    expect(again).toMatchObject({ status: 'nothing-to-do', steps: [], connector: { Name: 'RelayReady' } });
    expect(writes()).toHaveLength(1);
  });

  it('writes the intent down before anything leaves', async () => {
    const seen: string[] = [];
    bench.microsoft.mishap = ({ cmdlet }) => {
      if (isWrite(cmdlet)) seen.push(...bench.journal.lines);
      return null;
    };
    await bench.apply(await bench.plan());
    expect(seen.map((line) => line.split(' ')[0])).toEqual(['begin', 'sent']);
  });

  it.each<Mishap>([
    { kind: 'effect-then-cut' },
    { kind: 'effect-then', status: 500 },
    { kind: 'effect-then', status: 200, body: '<html>' },
  ])('finds what it made when the answer is lost ($kind $status)', async (mishap) => {
    onWrite(mishap);
    const outcome = await bench.apply(await bench.plan());
    expect(outcome.status).toBe('done');
    expect(says(outcome)).toContain('answer was lost');
    expect(writes()).toHaveLength(1);
    expect(await bench.journal.pending()).toEqual([]);
  });

  it('says that it does not know when the answer is lost and nothing shows; the next start resolves it', async () => {
    onWrite({ kind: 'cut' });
    const plan = await bench.plan();
    const outcome = await bench.apply(plan);
    expect(outcome.status).toBe('unknown');
    expect(says(outcome)).toContain('does not show yet');
    expect(await bench.journal.pending()).toHaveLength(1);
    const next = await bench.apply(plan);
    expect(next.status).toBe('done');
    expect(bench.microsoft.connectors).toHaveLength(1);
    expect(await bench.journal.pending()).toEqual([]);
  });

  it('waits while Exchange still shows the old state', async () => {
    const plan = await bench.plan();
    bench.microsoft.mishap = ({ cmdlet }) => {
      if (isWrite(cmdlet)) bench.microsoft.staleReads = 2;
      return null;
    };
    expect((await bench.apply(plan)).status).toBe('done');
    expect(
      bench.progress.some(({ state, message }) => state === 'waiting' && message.includes('shows the change')),
    ).toBe(true);
  });

  it.each(['warning', 'exception'] as const)('recognises the new-tenant block by %s, in any language', async (way) => {
    bench.microsoft.newTenant = way;
    const outcome = await bench.apply(await bench.plan());
    expect(outcome.status).toBe('refused');
    expect(outcome.findings[0]).toMatchObject({ severity: 'blocker', who: 'microsoft' });
    expect(says(outcome)).toMatch(/Please enable our inbound connector "RelayReady"[\s\S]*Tenant ID: 11111111/);
    if (way === 'warning') {
      expect(outcome.steps[0]?.warnings).toEqual(['Der Connector wird deaktiviert erstellt.']);
      // Support switches it on; then the plan has nothing left.
      bench.microsoft.connectors = bench.microsoft.connectors.map((connector) => ({ ...connector, Enabled: true }));
      expect((await bench.plan()).steps).toEqual([]);
    }
  });

  it('adopts what another program made at the same moment', async () => {
    const plan = await bench.plan();
    bench.microsoft.mishap = ({ cmdlet }) => {
      if (isWrite(cmdlet)) bench.microsoft.connectors = [ours()];
      return null;
    };
    expect((await bench.apply(plan)).status).toBe('done');
    expect(bench.microsoft.connectors).toEqual([ours()]);
  });

  it('leaves alone what a colleague made under the same name at the same moment', async () => {
    const plan = await bench.plan();
    const theirs = stored({ SenderIPAddresses: ['198.51.100.9'], RequireTls: true });
    bench.microsoft.mishap = ({ cmdlet }) => {
      if (isWrite(cmdlet)) bench.microsoft.connectors = [theirs];
      return null;
    };
    expect((await refusal(bench.apply(plan))).code).toBe('changed-meanwhile');
    expect(bench.microsoft.connectors).toEqual([theirs]);
    expect(await bench.journal.pending()).toEqual([]);
  });

  it('stops when something changed since the plan was shown', async () => {
    bench.microsoft.connectors = [ours({ SenderIPAddresses: ['198.51.100.9'] })];
    const plan = await bench.plan();
    bench.microsoft.connectors = [ours({ SenderIPAddresses: ['198.51.100.9', '198.51.100.10'] })];
    expect((await refusal(bench.apply(plan))).code).toBe('changed-meanwhile');
    expect(writes()).toEqual([]);
  });

  it('does not apply a plan of another organisation', async () => {
    const plan = await bench.plan();
    const error = await refusal(bench.apply({ ...plan, tenant: { ...plan.tenant, id: 'another' } }));
    expect(error.code).toBe('wrong-tenant');
  });

  it('changes nothing without the right to, and says who has it', async () => {
    bench.microsoft.denied = ['New-InboundConnector'];
    const error = await refusal(bench.apply(await bench.plan()));
    expect(error.code).toBe('not-permitted');
    expect(await bench.journal.pending()).toEqual([]);
  });

  it('tells a refusal as it is', async () => {
    onWrite({ kind: 'answer', status: 400, body: exchangeError('X.ParameterTransformationException', 'Bad address') });
    const outcome = await bench.apply(await bench.plan());
    expect(outcome).toMatchObject({
      status: 'refused',
      steps: [{ status: 'refused', error: 'Exchange refused: Bad address' }],
    });
  });

  it('waits as long as it is told, then goes on', async () => {
    onWrite({ kind: 'answer', status: 429, headers: { 'retry-after': '1' } });
    expect((await bench.apply(await bench.plan())).status).toBe('done');
    expect(bench.progress).toContainEqual(expect.objectContaining({ state: 'waiting', seconds: 1 }));
  });

  it.each([
    ['after it took effect', { kind: 'effect-then-hang' }, 'done'],
    ['before it took effect', { kind: 'hang' }, 'done'],
  ] as const)(
    'stopped between sent and answered, %s: the next start ends with one connector',
    async (_, mishap, status) => {
      const plan = await bench.plan();
      const controller = new AbortController();
      onWrite(mishap);
      const met = bench.microsoft.mishap;
      bench.microsoft.mishap = (call, count) => {
        if (isWrite(call.cmdlet)) setTimeout(() => controller.abort(new Error('stopped')), 50);
        return met(call, count);
      };
      expect((await refusal(bench.apply(plan, { signal: controller.signal }))).code).toBe('outcome-unknown');
      expect(await bench.journal.pending()).toHaveLength(1);
      bench.microsoft.mishap = () => null;
      const next = await bench.apply(plan);
      expect(next.status).toBe(status);
      expect(next.steps[0]?.undo?.cmdlet).toBe('Remove-InboundConnector');
      expect(bench.microsoft.connectors).toHaveLength(1);
      expect(await bench.journal.pending()).toEqual([]);
    },
  );
});

describe('undoOutcome', () => {
  it('removes what was created', async () => {
    const done = await bench.apply(await bench.plan());
    expect(await bench.undo(done)).toMatchObject({ status: 'done', steps: [{ cmdlet: 'Remove-InboundConnector' }] });
    expect(bench.microsoft.connectors).toEqual([]);
    expect((await bench.undo(done)).status).toBe('nothing-to-do');
  });

  it('takes an added address out again, and nothing else', async () => {
    bench.microsoft.connectors = [ours({ SenderIPAddresses: ['198.51.100.9'] })];
    const before = bench.microsoft.connectors;
    const done = await bench.apply(await bench.plan());
    expect(bench.microsoft.connectors[0]?.['SenderIPAddresses']).toEqual(['198.51.100.9', ...ADDRESSES]);
    expect((await bench.undo(done)).status).toBe('done');
    expect(bench.microsoft.connectors).toEqual(before);
  });

  it('does not touch what somebody changed since', async () => {
    const done = await bench.apply(await bench.plan());
    bench.microsoft.connectors = bench.microsoft.connectors.map((connector) => ({ ...connector, RequireTls: true }));
    const before = bench.microsoft.connectors;
    const outcome = await bench.undo(done);
    expect(outcome.status).toBe('refused');
    expect(says(outcome)).toContain('no longer as RelayReady left it');
    expect(bench.microsoft.connectors).toEqual(before);
  });

  it('removes the connector Microsoft left switched off', async () => {
    bench.microsoft.newTenant = 'warning';
    const refused = await bench.apply(await bench.plan());
    expect((await bench.undo(refused)).status).toBe('done');
    expect(bench.microsoft.connectors).toEqual([]);
  });

  it.each<Mishap>([{ kind: 'effect-then-cut' }, { kind: 'effect-then', status: 504 }])(
    'finds out when the answer is lost ($kind)',
    async (mishap) => {
      const done = await bench.apply(await bench.plan());
      onWrite(mishap);
      expect((await bench.undo(done)).status).toBe('done');
    },
  );
});
