/** The runner: order by need, deadline, cancel, progress, and what becomes of trouble. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { Profile } from '../../core/profile.ts';
import type { Progress } from '../../core/progress.ts';
import { english, say } from '../../core/text.ts';
import { couldNotTell, defineCheck, notNeeded, type Check } from '../../electron/check.ts';
import { loadChecks, runChecks, type RunOptions } from '../../electron/run-checks.ts';

const evidence = z.object({ value: z.number() });
const blank = { value: -1 };
const plain = { title: say('Title'), why: say('Why'), station: 'line' as const, evidence, blank };
const passes = defineCheck({
  ...plain,
  probe: async () => ({ value: 1 }),
  judge: ({ value }) => ({ status: 'pass', summary: `saw ${value}` }),
});

const run = (checks: Record<string, Check<never, never>>, options: Partial<RunOptions> = {}) =>
  runChecks({
    checks: new Map(Object.entries(checks)) as never,
    profile: Profile.parse({ domain: 'contoso.com' }),
    environment: CLOUDS[0] as Environment,
    net: {} as never,
    exchange: null,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    t: english,
    ...options,
  });
const any = (check: unknown) => check as Check<never, never>;
const waits = (ms: number, log: string[] = []) =>
  defineCheck({
    ...plain,
    probe: ({ signal }) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => resolve({ value: 2 }), ms);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          log.push('stopped');
          reject(signal.reason as Error);
        });
      }),
    judge: () => ({ status: 'pass', summary: 'late' }),
    deadlineMs: 60,
  });

describe('running checks', () => {
  it('gives a check the evidence of what it needs, and asks that once', async () => {
    let asked = 0;
    const source = defineCheck({
      ...plain,
      probe: async () => ({ value: (asked += 1) }),
      judge: () => ({ status: 'pass', summary: '' }),
    });
    const user = () =>
      defineCheck({
        ...plain,
        needs: { source },
        probe: async ({ needs }) => ({ value: (await needs.source).value + 10 }),
        judge: ({ value }, { needs }) => ({ status: 'pass', summary: `${needs.source.value} ${value}` }),
      });
    const report = await run({ one: any(user()), source: any(source), two: any(user()) });
    expect(report.results.map(({ summary }) => summary)).toEqual(['1 11', '', '1 11']);
    expect(asked).toBe(1);
  });

  it('runs what a wanted check needs without reporting it', async () => {
    const user = defineCheck({
      ...plain,
      needs: { passes },
      probe: async ({ needs }) => needs.passes,
      judge: () => ({ status: 'pass', summary: 'used' }),
    });
    const report = await run({ passes: any(passes), user: any(user) }, { only: ['user'] });
    expect(report.results.map(({ id }) => id)).toEqual(['user']);
  });

  it('refuses an unknown id before anything is asked', async () => {
    await expect(run({ passes: any(passes) }, { only: ['pases'] })).rejects.toMatchObject({
      code: 'bad-option',
      field: '--only',
    });
  });

  it('gives the blank to those who need what could not be told', async () => {
    const source = defineCheck({
      ...plain,
      probe: async () => couldNotTell(say('No idea.')),
      judge: () => ({ status: 'pass', summary: '' }),
    });
    const user = defineCheck({
      ...plain,
      needs: { source },
      probe: async ({ needs }) => needs.source,
      judge: ({ value }) => ({ status: 'pass', summary: String(value) }),
    });
    const report = await run({ source: any(source), user: any(user) });
    expect(report.results).toMatchObject([
      { status: 'unknown', summary: 'No idea.', evidence: blank },
      { summary: '-1' },
    ]);
  });

  it('calls what took too long unknown, and stops it', async () => {
    const log: string[] = [];
    const report = await run({ slow: any(waits(5000, log)) });
    expect(report.results[0]).toMatchObject({ status: 'unknown', who: 'you' });
    expect(log).toEqual(['stopped']);
  });

  it('calls everything open unknown when the time of the whole run is up', async () => {
    const begun = performance.now();
    const report = await run({ slow: any({ ...waits(5000), deadlineMs: 60_000 }) }, { deadlineAt: begun + 80 });
    expect(report.results[0]?.status).toBe('unknown');
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('stops everything at once when cancelled', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    setTimeout(() => controller.abort(), 30);
    const begun = performance.now();
    const slow = { ...waits(5000, log), deadlineMs: 60_000 };
    await expect(
      run({ slow: any(slow), other: any({ ...slow }) }, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(log).toEqual(['stopped', 'stopped']);
  });

  it('turns our own trouble into unknown, with its remedy', async () => {
    const probe = async () => {
      throw new AppError('network', say('No line.'), { remedy: say('Plug it in.'), who: 'you' });
    };
    const broken = defineCheck({ ...plain, probe, judge: () => ({ status: 'pass', summary: '' }) });
    const report = await run({ broken: any({ ...broken, essential: true }) });
    expect(report).toMatchObject({
      verdict: 'cannot-tell',
      results: [{ status: 'unknown', summary: 'No line.', fix: ['Plug it in.'] }],
    });
  });

  it('does not dress a bug up as a result', async () => {
    const broken = defineCheck({
      ...plain,
      probe: () => Promise.reject(new TypeError('oops')),
      judge: () => ({ status: 'pass', summary: '' }),
    });
    await expect(run({ broken: any(broken) })).rejects.toThrow('oops');
  });

  it.each([
    [['pass', 'warn', 'skipped'], 'ready'],
    [['pass', 'fail', 'unknown'], 'action-needed'],
    [['pass', 'unknown'], 'cannot-tell'],
  ] as const)('%j makes %s', async (statuses, verdict) => {
    const checks = statuses.map((status, at) => [
      `check-${at}`,
      any({
        ...defineCheck({
          ...plain,
          essential: true,
          probe: async () => (status === 'skipped' ? notNeeded(say('-')) : { value: 0 }),
          judge: () => ({ status, summary: status }),
        }),
      }),
    ]);
    expect((await run(Object.fromEntries(checks) as never)).verdict).toBe(verdict);
  });

  it('says what it does while it does it', async () => {
    const told: Progress[] = [];
    await run({ passes: any(passes) }, { onProgress: (progress) => told.push(progress) });
    expect(told.map(({ topic, state }) => `${topic} ${state}`)).toEqual(['passes running', 'passes done']);
    expect(told[1]?.result?.status).toBe('pass');
  });
});

const PROMISED = [
  'address-type',
  'blocklists',
  'connector',
  'device',
  'dkim',
  'dmarc',
  'port-25',
  'public-ip',
  'relay-host',
  'reverse-dns',
  'seen-ip',
  'spf',
  'starttls',
  'tenant',
];
const ESSENTIAL = ['port-25', 'relay-host', 'seen-ip', 'spf', 'tenant'];

describe('the checks of the product', () => {
  it('are those promised to other programs, and the essential ones are', async () => {
    const checks = await loadChecks();
    // There may be more; these are public names (docs/schemas).
    for (const id of PROMISED) expect([...checks.keys()], id).toContain(id);
    for (const id of ESSENTIAL) expect(checks.get(id)?.essential, id).toBe(true);
  });
  it('have a blank their own schema accepts', async () => {
    for (const [id, check] of await loadChecks()) expect(check.evidence.safeParse(check.blank).success, id).toBe(true);
  });
});
