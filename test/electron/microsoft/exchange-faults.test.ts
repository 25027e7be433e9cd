/** What a person reads when Exchange refuses, or when somebody else was there first: rows of the fault table. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../core/plan/plan.ts';
import { ours, stored } from '../../core/plan/tenant-model.ts';
import { openBench, type Bench } from './apply-bench.ts';
import { exchangeError, type Mishap } from './simulated-microsoft.ts';
import { answer, apply, breaks, isWrite, ofOutcome, told } from './told.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());
const writes = () => bench.microsoft.calls.filter(({ cmdlet }) => isWrite(cmdlet));

describe('refused before anything happens', () => {
  const TASK = 'Microsoft.Exchange.Configuration.Tasks';
  it.each<readonly [string, Mishap, number, string, string | null, readonly string[]]>([
    [
      'a token that ran out',
      answer(401),
      9,
      'sign-in-refused',
      'you',
      ['no longer accepted', 'Sign in again. Nothing was changed.'],
    ],
    [
      'a rule that wants a new sign-in',
      answer(401, '', { 'www-authenticate': 'Bearer error="insufficient_claims", claims="eyJ9"' }),
      9,
      'sign-in-refused',
      'you',
      ['A security rule of your organisation asks you to sign in', 'Nothing was changed'],
    ],
    [
      'an account without the role',
      answer(403, '', { 'x-ms-diagnostics': '2000003;reason="The account lacks the role."' }),
      1,
      'not-permitted',
      'microsoft-admin',
      ['This account may not do that in Exchange (New-InboundConnector)', 'Exchange Administrator'],
    ],
    [
      'a program nobody allowed',
      answer(403, '', { 'www-authenticate': 'Bearer error="insufficient_scope"' }),
      1,
      'not-permitted',
      'microsoft-admin',
      ['does not let this program act for you', 'admin consent', 'use the script'],
    ],
    [
      'one command that is missing',
      answer(400, exchangeError('System.Management.Automation.CommandNotFoundException', 'The term is not recognized')),
      1,
      'not-permitted',
      'microsoft-admin',
      ['but not the command New-InboundConnector', 'Remote and Accepted Domains'],
    ],
    [
      'an organisation nobody knows here',
      answer(404),
      1,
      'unexpected-answer',
      'nobody',
      ['does not know this organisation', 'right cloud'],
    ],
    [
      'an organisation that has to be prepared',
      answer(400, exchangeError(`${TASK}.InvalidOperationInDehydratedContextException`, 'no')),
      1,
      'refused',
      'microsoft-admin',
      ['Enable-OrganizationCustomization once', 'wait a few minutes'],
    ],
    [
      'an organisation that is being moved',
      answer(400, exchangeError(`${TASK}.OrganizationReadOnlyException`, 'no')),
      1,
      'refused',
      'microsoft-admin',
      ['moving or maintaining this organisation', 'in some hours'],
    ],
    [
      'a licence that is missing',
      answer(400, exchangeError(`${TASK}.TaskException`, 'A valid license is required.')),
      1,
      'refused',
      'microsoft-admin',
      ['very likely lacks an Exchange licence', 'Billing, Licenses'],
    ],
    [
      'words in another language',
      answer(400, exchangeError(`${TASK}.SomethingNewException`, 'Das geht heute nicht.')),
      1,
      'refused',
      'microsoft-admin',
      ['Exchange refused: Das geht heute nicht.', 'Show the text to your administrator'],
    ],
  ])('%s', async (_, mishap, times, status, who, words) => {
    breaks(bench, 'write', mishap, { times });
    const said = await apply(bench);
    expect(said).toMatchObject({ status, who });
    for (const part of words) expect(said.words).toContain(part);
    expect(bench.microsoft.connectors).toEqual([]);
    expect(await bench.journal.pending()).toEqual([]);
  });
});

describe('already there', () => {
  it('with the same settings: taken as done', async () => {
    const plan = await bench.plan();
    bench.microsoft.mishap = ({ cmdlet }) => {
      if (isWrite(cmdlet)) bench.microsoft.connectors = [ours()];
      return null;
    };
    expect((await bench.apply(plan)).status).toBe('done');
    expect(ofOutcome(await bench.apply(plan))).toMatchObject({ status: 'nothing-to-do' });
    expect(writes()).toHaveLength(1);
  });
  it('with other settings, made by somebody else: kept, and another name asked for', async () => {
    const theirs = stored({ SenderIPAddresses: ['198.51.100.9'], RequireTls: true });
    bench.microsoft.connectors = [theirs];
    const said = await apply(bench);
    expect(said).toMatchObject({ status: 'refused', who: 'you' });
    expect(said.words).toContain(
      'already a connector called “RelayReady” that RelayReady did not make. It is left as it is.',
    );
    expect(said.words).toContain('Choose another name');
    expect(bench.microsoft.connectors).toEqual([theirs]);
  });
});

describe('others at the same time', () => {
  it('the plan of another organisation is not applied', async () => {
    const plan = await bench.plan();
    const said = await told(bench.apply({ ...plan, tenant: { ...plan.tenant, id: 'another' } }));
    expect(said).toMatchObject({ status: 'wrong-tenant', who: 'you' });
    expect(said.words).toContain('made for another organisation than the one you are signed in to');
    expect(said.words).toContain('Sign in to the right organisation');
  });
  it.each([
    ['changed', [ours({ SenderIPAddresses: ['198.51.100.9', '198.51.100.10'] })]],
    ['switched off', [ours({ SenderIPAddresses: ['198.51.100.9'], Enabled: false })]],
    ['removed', []],
  ])('a colleague has %s it: nothing is done, the new plan is shown', async (_, after) => {
    bench.microsoft.connectors = [ours({ SenderIPAddresses: ['198.51.100.9'] })];
    const plan = await bench.plan();
    bench.microsoft.connectors = after;
    const said = await told(bench.apply(plan));
    expect(said).toMatchObject({ status: 'changed-meanwhile', who: 'you' });
    expect(said.words).toContain('Something changed in Microsoft 365 since the plan was made. Nothing was done.');
    expect(said.words).toContain('Look at the new plan');
    expect(writes()).toEqual([]);
  });
  it('two programs at once: one makes it, the other finds it', async () => {
    const plan = await bench.plan();
    const both = await Promise.all([bench.apply(plan), bench.apply(plan)]);
    expect(both.every(({ status }) => status === 'done' || status === 'nothing-to-do')).toBe(true);
    expect(bench.microsoft.connectors).toHaveLength(1);
  });
});

describe('taking back and asking', () => {
  it('what is left over is named', async () => {
    const done = await bench.apply(await bench.plan());
    bench.microsoft.connectors = bench.microsoft.connectors.map((one) => ({ ...one, RequireTls: true }));
    const said = ofOutcome(await bench.undo(done));
    expect(said).toMatchObject({ status: 'refused', who: 'microsoft-admin' });
    expect(said.words).toContain('no longer as RelayReady left it, so it was not touched');
    expect(said.words).toContain('Exchange admin center: Mail flow, Connectors');
  });
  it('a half-done taking back says what remains', async () => {
    bench.microsoft.connectors = [ours({ SenderIPAddresses: ['198.51.100.9'] })];
    const done = await bench.apply(await bench.plan());
    const twice: Outcome = { ...done, steps: [...done.steps, ...done.steps] };
    breaks(bench, 'write', answer(400, exchangeError('X.SomeException', 'Not now')), { times: 9 });
    const said = ofOutcome(await bench.undo(twice));
    expect(said.status).toBe('refused');
    expect(said.words).toContain('Not everything was taken back. Still as RelayReady made it: RelayReady.');
    expect(said.words).toContain('what is already taken back is left alone');
  });
  it('a success that takes 90 seconds is waited for: one change is sent, and there is time for it', async () => {
    const deadlines: number[] = [];
    const slow = await openBench((http) => ({
      send: async (request) => {
        const isChange = String(request.body ?? '').includes('"New-');
        if (isChange) deadlines.push(request.deadlineMs ?? 0);
        const response = await http.send(request);
        if (isChange) slow.microsoft.clockMs += 90_000;
        return response;
      },
    }));
    expect((await slow.apply(await slow.plan())).status).toBe('done');
    await slow.close();
    expect(deadlines).toHaveLength(1);
    expect(deadlines[0]).toBeGreaterThan(90_000);
  });
  it('every question has an id of its own', async () => {
    await bench.apply(await bench.plan());
    const ids = bench.microsoft.calls.map(({ headers }) => headers['client-request-id']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f-]{36}$/.test(String(id)))).toBe(true);
  });
});
