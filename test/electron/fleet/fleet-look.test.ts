/** `fleet look`, `import` and `export` from the command line: the first look is the measure, later ones raise only what is new. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToldChange } from '../../../core/clients/describe-change.ts';
import { relayready } from '../commands/command-line.ts';
import { KINDS, startFleetWorld, type FleetWorld } from './fleet-world.ts';

let folder = '';
let world: FleetWorld;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
  world = await startFleetWorld(folder, KINDS.length);
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
type Line = {
  readonly name: string;
  readonly domain: string;
  readonly verdict: string;
  readonly first: boolean;
  readonly changes: readonly ToldChange[];
};
const fleet = async (verb: string, more: readonly string[]) => {
  const ran = await relayready(['fleet', verb, ...more, '--environment', world.environmentFile], {
    dataFolder: path.join(folder, 'data'),
  });
  const lines =
    verb === 'look' && ran.stdout.startsWith('{')
      ? ran.stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Line)
      : [];
  return { ...ran, lines };
};

describe('fleet look', () => {
  it('raises each change once, by its exit code and its lines', { timeout: 90_000 }, async () => {
    const file = world.writeProfiles(path.join(folder, 'clients.jsonl'));
    const history = path.join(folder, 'history');
    const look = () => fleet('look', [file, '--history', history, '--json', '--pace', 'https=200,smtp=100,dns=1000']);
    const first = await look();
    // Something is wrong with some of them, and nobody has been told yet.
    expect(first.code, first.stderr).toBe(3);
    expect(first.lines).toHaveLength(KINDS.length);
    expect(first.lines.every((line) => line.first && line.changes.length === 0)).toBe(true);
    const second = await look();
    // The one whose name server fails still cannot be told.
    expect(second.code, second.stderr).toBe(4);
    expect(second.lines.flatMap(({ changes }) => changes)).toEqual([]);

    world.setText('client-0.example', ['v=spf1 -all']);
    const third = await look();
    expect(third.code).toBe(3);
    const news = third.lines.filter(({ changes }) => changes.length > 0);
    expect(news.map(({ domain }) => domain)).toEqual(['client-0.example']);
    expect(news[0]).toMatchObject({
      verdict: 'action-needed',
      changes: [{ fact: 'spf', after: ['v=spf1 -all'], who: 'dns-host' }],
    });
    expect((await look()).code).toBe(4);
  });

  it('an interruption keeps what was looked at', { timeout: 60_000 }, async () => {
    const file = world.writeProfiles(path.join(folder, 'clients.jsonl'));
    const args = ['fleet', 'look', file, '--json', '--at-once', '1', '--environment', world.environmentFile];
    const dataFolder = path.join(folder, 'data');
    const cut = await relayready(args, {
      dataFolder,
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    });
    expect(cut.code, cut.stderr).toBe(130);
    const lines = cut.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.length).toBeLessThan(KINDS.length);
    const again = await relayready(args, { dataFolder });
    const known = again.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
      .filter(({ first }) => !first);
    expect(known.map(({ domain }) => domain)).toEqual(expect.arrayContaining(lines.map(({ domain }) => domain)));
  });

  it('clients come in and go out by files', { timeout: 60_000 }, async () => {
    const file = path.join(folder, 'clients.csv');
    writeFileSync(file, 'client,domain,publicIps\nContoso,client-0.example,198.51.100.1\nBroken,nowhere,\n');
    const refused = await fleet('import', [file, '--json']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('clients.csv:3');
    expect((await fleet('export', [])).stdout.trim().split('\n')).toHaveLength(1);
    const kept = await fleet('import', [file, '--leave-out-bad']);
    expect(kept.code).toBe(2);
    expect(kept.stdout).toContain('1 added');
    const out = path.join(folder, 'out.jsonl');
    expect((await fleet('export', [out])).code).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ name: 'Contoso', environment: 'fleet' });
    const looked = await fleet('look', ['--json']);
    expect(looked.code, looked.stderr).toBe(0);
    expect(looked.lines).toMatchObject([{ name: 'Contoso', verdict: 'ready' }]);
    expect((await fleet('look', [])).stdout).toBe('');
    expect((await fleet('export', [path.join(folder, 'out.xlsx')])).code).toBe(2);
  });
});
