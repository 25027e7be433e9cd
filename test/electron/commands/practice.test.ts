/** The whole job from the command line against the simulated tenant: exit codes, documents, nothing twice. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome, Plan } from '../../../core/plan/plan.ts';
import type { Report } from '../../../core/report/report.ts';
import { startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { relayready, type Ran } from './command-line.ts';
import { standBetween } from './between.ts';

let dataFolder = '';
beforeEach(() => {
  dataFolder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

describe('relayready practice', () => {
  it('does the whole job and ends ready', async () => {
    const { code, stdout, stderr } = await relayready(['practice', '--json'], { dataFolder });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'relayready/report@1', verdict: 'ready', practice: true });
    for (const chapter of ['1. ', '2. ', '3. ', '4. ', '5. ', '6. ']) expect(stderr).toContain(`== ${chapter}`);
  });
  it.each([
    ['port-25-blocked', 'port-25', 'internet-provider'],
    ['spf-wrong', 'spf', 'dns-host'],
    ['new-tenant', 'connector', 'microsoft'],
  ])('%s ends with what has to be done, and by whom', async (scenario, id, who) => {
    const { code, stdout } = await relayready(['practice', '--json', '--scenario', scenario], { dataFolder });
    expect(code).toBe(3);
    const report = JSON.parse(stdout) as Report;
    expect(report.verdict).toBe('action-needed');
    const failed = report.results.filter(({ status }) => status === 'fail');
    expect(failed).toMatchObject([{ id, who }]);
    expect(failed[0]?.fix.length).toBeGreaterThan(0);
  });
  it('an unknown scenario is a mistake on the command line', async () => {
    const { code, stdout } = await relayready(['practice', '--json', '--scenario', 'none'], { dataFolder });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'relayready/error@1', field: '--scenario' });
  });
});

describe('one tenant, several commands', () => {
  let world: PracticeWorld;
  let folder = '';
  let environment = '';
  beforeAll(async () => {
    world = await startPractice({ scenario: 'all-well', signal: AbortSignal.timeout(300_000) });
    folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
    environment = await world.writeEnvironment(folder);
  });
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    world.tenant.connectors = [];
  });
  const run = (command: string, ...args: readonly string[]): Promise<Ran> =>
    relayready(
      [
        command,
        ...args,
        '--json',
        '--environment',
        environment,
        '--profile',
        path.join(folder, 'profile.json'),
        '--no-browser',
      ],
      { dataFolder, signIn: world.signIn },
    );

  it('plan, apply, apply again, undo', async () => {
    const plan = await run('plan');
    expect(plan.code, plan.stderr).toBe(3);
    expect((JSON.parse(plan.stdout) as Plan).steps).toMatchObject([{ cmdlet: 'New-InboundConnector' }]);
    expect(world.tenant.connectors).toEqual([]);

    const first = await run('apply', '--yes');
    expect(first.code, first.stderr).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({ schema: 'relayready/outcome@1', status: 'done' });

    const second = await run('apply', '--yes');
    expect(second.code).toBe(0);
    expect((JSON.parse(second.stdout) as Outcome).status).toBe('nothing-to-do');
    expect(world.tenant.connectors).toHaveLength(1);
    expect((await run('plan')).code).toBe(0);

    const undone = await run('undo', '--yes');
    expect(undone.code, undone.stderr).toBe(0);
    expect(world.tenant.connectors).toEqual([]);
  });

  it('nothing is changed without agreement', async () => {
    const { code, stdout } = await run('apply');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'relayready/error@1', field: '--yes' });
    expect(world.tenant.connectors).toEqual([]);
  });

  it('a sign-in that is cancelled changes nothing and names other ways', async () => {
    const cancelled = await relayready(
      [
        'apply',
        '--yes',
        '--json',
        '--environment',
        environment,
        '--profile',
        path.join(folder, 'profile.json'),
        '--no-browser',
      ],
      {
        dataFolder,
        signIn: async (url) => {
          const query = new URL(url).searchParams;
          const body = new URLSearchParams({
            error: 'access_denied',
            error_description: 'AADSTS65004: User declined to consent.',
            state: query.get('state') ?? '',
          });
          await fetch(query.get('redirect_uri') ?? '', { method: 'POST', body });
        },
      },
    );
    expect(cancelled.code).toBe(4);
    expect(JSON.parse(cancelled.stdout)).toMatchObject({ schema: 'relayready/error@1', code: 'sign-in-refused' });
    expect(cancelled.stderr).toMatch(/script/);
    expect(world.tenant.connectors).toEqual([]);
  });

  it('no token or code is left in any file', async () => {
    await run('apply', '--yes');
    const files = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(dataFolder, file),
    );
    const text = files.filter((file) => /\.(jsonl?|log)$/.test(file)).map((file) => readFileSync(file, 'utf8'));
    expect(text.length).toBeGreaterThan(0);
    expect(text.join('\n')).not.toMatch(/eyJ[\w-]{10,}|Bearer|refresh_token|code_verifier/);
  });

  it('killed after the change was sent and before it was answered: exactly one connector', async () => {
    const held = await standBetween(world, folder);
    let holding = true;
    held.watch((body) => (holding && body.includes('New-InboundConnector') ? 'hold-answer' : 'pass'));
    const args = [
      'apply',
      '--yes',
      '--json',
      '--environment',
      held.environment,
      '--profile',
      path.join(folder, 'profile.json'),
      '--no-browser',
    ];
    const killed = relayready(args, {
      dataFolder,
      signIn: world.signIn,
      onStart: (child) => void held.reached.then(() => child.kill('SIGKILL')),
    });
    await held.reached;
    expect((await killed).code).toBeNull();
    expect(world.tenant.connectors).toHaveLength(1);
    holding = false;
    const again = await relayready(args, { dataFolder, signIn: world.signIn });
    await held.close();
    expect(again.code, again.stderr).toBe(0);
    expect(['done', 'nothing-to-do']).toContain((JSON.parse(again.stdout) as Outcome).status);
    expect(world.tenant.connectors).toHaveLength(1);
    const journal = readFileSync(path.join(dataFolder, 'journal.jsonl'), 'utf8').trim().split('\n');
    expect(journal.filter((line) => line.includes('"event":"sent"'))).toHaveLength(1);
    expect(journal.filter((line) => line.includes('"event":"done"'))).toHaveLength(1);
  });
});
