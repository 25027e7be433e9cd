/** Kill -9 at every call to Microsoft 365, with the real program: started again, it looks first, and ends with exactly one connector, or none. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, Plan } from '../../../core/plan/plan.ts';
import { startPractice, type PracticeWorld } from '../../../electron/practice/practice.ts';
import { standBetween, type Between } from './between.ts';
import { relayready } from './command-line.ts';

let world: PracticeWorld;
let between: Between;
let folder = '';
beforeAll(async () => {
  world = await startPractice({ scenario: 'all-well', signal: AbortSignal.timeout(600_000) });
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  await world.writeEnvironment(folder);
  between = await standBetween(world, folder);
});
afterAll(async () => {
  await between.close();
  await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Holding = 'hold-question' | 'hold-answer';

/** Runs a command and kills it when the k-th call has been held. @returns the body of that call; null when there were not so many */
async function killedAt(dataFolder: string, command: string, k: number, how: Holding): Promise<string | null> {
  let count = 0;
  let held: string | null = null;
  between.watch((body) => {
    if (count++ !== k) return 'pass';
    held = body;
    return how;
  });
  const { reached } = between;
  const { code, stderr } = await run(dataFolder, command, (child) => void reached.then(() => child.kill('SIGKILL')));
  between.watch(() => 'pass');
  expect(code, stderr).toBe(held === null ? 0 : null);
  return held;
}

/** @returns how often it was killed */
async function atEveryCall(
  command: 'apply' | 'undo',
  check: (dataFolder: string, how: Holding) => Promise<void>,
): Promise<number> {
  let killed = 0;
  const once = async (k: number, how: Holding): Promise<string | null> =>
    inFolder(async (dataFolder) => {
      world.tenant.connectors = [];
      if (command === 'undo') expect((await run(dataFolder, 'apply')).code).toBe(0);
      const held = await killedAt(dataFolder, command, k, how);
      if (held === null) return null;
      killed += 1;
      anHourLater(dataFolder);
      await check(dataFolder, how);
      return held;
    });
  for (let k = 0; ; k += 1) {
    const held = await once(k, 'hold-answer');
    if (held === null) return killed;
    if (/"CmdletName":"(New|Set|Remove)-/.test(held)) await once(k, 'hold-question');
  }
}

const argumentsOf = (command: string): readonly string[] => [
  command,
  ...(command === 'plan' ? [] : ['--yes']),
  '--json',
  '--no-browser',
  '--environment',
  between.environment,
  '--profile',
  path.join(folder, 'profile.json'),
];

const run = (dataFolder: string, command: string, onStart?: Parameters<typeof relayready>[1]['onStart']) =>
  relayready(argumentsOf(command), { dataFolder, signIn: world.signIn, ...(onStart ? { onStart } : {}) });

async function inFolder<T>(work: (dataFolder: string) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  try {
    return await work(dataFolder);
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** The person comes back an hour later: what was just sent would be looked for longer, because it may not show yet. */
function anHourLater(dataFolder: string): void {
  for (const name of readdirSync(dataFolder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.jsonl?$/.test(name)) continue;
    const file = path.join(dataFolder, name);
    const earlier = (time: string): string => new Date(Date.parse(time) - 3_600_000).toISOString();
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, earlier));
  }
}

describe('killed at each call, its answer never heard; at each change also before it got there', () => {
  it('apply, then again: one connector, and a plan with nothing left', async () => {
    const killed = await atEveryCall('apply', async (dataFolder, how) => {
      const again = await run(dataFolder, 'apply');
      expect(again.code, again.stderr).toBe(0);
      expect(['done', 'nothing-to-do']).toContain((JSON.parse(again.stdout) as Outcome).status);
      expect(world.tenant.connectors).toHaveLength(1);
      const sent = readFileSync(path.join(dataFolder, 'journal.jsonl'), 'utf8').split('"event":"sent"').length - 1;
      // Once more only when it was looked up and had never got there.
      expect(sent).toBeLessThanOrEqual(how === 'hold-question' ? 2 : 1);
      const plan = await run(dataFolder, 'plan');
      expect((JSON.parse(plan.stdout) as Plan).steps).toEqual([]);
    });
    console.log(`apply was killed ${killed} times`);
    expect(killed).toBeGreaterThanOrEqual(10);
  }, 180_000);

  it('undo, then again: no connector', async () => {
    const killed = await atEveryCall('undo', async (dataFolder) => {
      const again = await run(dataFolder, 'undo');
      expect(again.code, again.stderr).toBe(0);
      expect(world.tenant.connectors).toEqual([]);
    });
    console.log(`undo was killed ${killed} times`);
    expect(killed).toBeGreaterThanOrEqual(5);
  }, 180_000);
});

it.each(['before the person signed in', 'after the person signed in'])('killed %s: nothing was begun', async (when) => {
  await inFolder(async (dataFolder) => {
    world.tenant.connectors = [];
    let child: ChildProcess | null = null;
    const killed = await relayready(argumentsOf('apply'), {
      dataFolder,
      onStart: (started) => (child = started),
      signIn: async (url) => {
        if (when.startsWith('after')) await world.signIn(url);
        child?.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    const again = await run(dataFolder, 'apply');
    expect(again.code, again.stderr).toBe(0);
    expect(world.tenant.connectors).toHaveLength(1);
  });
});
