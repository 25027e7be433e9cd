/** `fleet check` over a thousand organisations: each line right, polite to every server, small, and after a kill nothing is asked twice. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireError } from '../../../core/contract.ts';
import type { Report } from '../../../core/report/report.ts';
import { watchMemory } from '../../helpers/peak-memory.ts';
import { relayready } from '../commands/command-line.ts';
import { busiestSecond, expectedOf, numberIn, startFleetWorld, type FleetWorld } from './fleet-world.ts';

const MOST_MEGABYTES = 300;
const RATES = { dns: 1500, https: 150, smtp: 60 };
const PACE = Object.entries(RATES)
  .map(([service, rate]) => `${service}=${rate}`)
  .join(',');

type FleetLine = { readonly where: string } & (Report | { readonly error: WireError });
const linesOf = (text: string): readonly FleetLine[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FleetLine);
const reportsOf = (text: string) => linesOf(text).filter((line) => 'profile' in line);

let folder = '';
let world: FleetWorld;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-test-'));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
const check = (file: string, more: readonly string[] = [], onStart: (child: ChildProcess) => void = () => undefined) =>
  relayready(['fleet', 'check', file, '--json', '--environment', world.environmentFile, '--pace', PACE, ...more], {
    dataFolder: path.join(folder, 'data'),
    onStart,
  });
const place = (name: string): string => path.join(folder, name);

/** Domains whose own names were asked about; what everybody shares is not told apart. */
const numbersAsked = (asked: FleetWorld['asked']): ReadonlySet<number> =>
  new Set(asked.map(({ what }) => numberIn(what)).filter((number) => !Number.isNaN(number)));

describe('fleet check', () => {
  it('answers a thousand profiles, each rightly, within its memory and its rates', { timeout: 240_000 }, async () => {
    world = await startFleetWorld(folder, 1000);
    const file = world.writeProfiles(place('clients.jsonl'));
    let peak = () => 0;
    const ran = await check(file, [], (child) => {
      peak = watchMemory(child);
    });
    expect(ran.code, ran.stderr).toBe(2);
    const lines = linesOf(ran.stdout);
    expect(lines).toHaveLength(1010);
    expect(new Set(lines.map(({ where }) => where)).size).toBe(1010);
    const wrong = reportsOf(ran.stdout).flatMap(({ profile, verdict, results }) => {
      const wanted = expectedOf(profile.domain);
      const fails = results.filter(({ status }) => status === 'fail').map(({ id }) => id);
      return verdict === wanted.verdict && fails.sort().join() === wanted.fails.toSorted().join()
        ? []
        : [`${profile.domain}, ${wanted.name}: ${verdict}, fails ${fails.join()}`];
    });
    expect(wrong).toEqual([]);
    const broken = lines.flatMap((line) => ('error' in line ? [line] : []));
    expect(broken.map(({ where }) => where)).toEqual(
      Array.from({ length: 10 }, (_, at) => `clients.jsonl:${(at + 1) * 101}`),
    );
    for (const { error } of broken) expect(error).toMatchObject({ code: 'bad-profile', message: 'This is not JSON.' });
    expect(ran.stderr).toContain('311 ready, 626 need something, 63 could not be told, 10 unreadable.');

    // What only makes sense at the office is left out elsewhere, with the reason, and is never red.
    const elsewhere = reportsOf(ran.stdout).find(({ profile }) => profile.domain === 'client-0.example');
    const skipped = elsewhere?.results.filter(({ status }) => status === 'skipped') ?? [];
    expect(skipped.map(({ id }) => id).sort()).toEqual(
      ['address-type', 'connector', 'device', 'port-25', 'public-ip', 'seen-ip', 'starttls'].sort(),
    );
    expect(skipped.find(({ id }) => id === 'port-25')?.summary).toBe(
      'This computer (203.0.113.7) is not in that office (198.51.100.1), so this was left out.',
    );

    for (const [server, most] of busiestSecond(world.asked)) {
      const rate = RATES[server.split(' ')[0] as keyof typeof RATES];
      expect(most, server).toBeLessThanOrEqual(rate);
    }
    // What all of them need is asked once, and so is this computer's own address.
    const times = (what: string) => world.asked.filter((one) => one.what === what).length;
    expect(times('TXT spf.protection.outlook.com')).toBe(1);
    expect(times('/ip')).toBe(1);
    if (peak() > 0) expect(peak()).toBeLessThanOrEqual(MOST_MEGABYTES);
    else console.log('The memory of a process cannot be told on this system, so it was not held against its limit.');
  });

  it.each([
    ['to standard output', false],
    ['to a file', true],
  ])(
    'goes on after kills: nothing that was answered is asked again, no line is lost (%s)',
    { timeout: 120_000 },
    async (_, toFile) => {
      world = await startFleetWorld(folder, 160, 30);
      const file = world.writeProfiles(place('clients.jsonl'));
      const out = place('results.jsonl');
      const more = ['--resume', ...(toFile ? ['--out', out] : [])];
      const inFile = (): number => (existsSync(out) ? readFileSync(out, 'utf8').split('\n').length - 1 : 0);
      let lines = '';
      const kills = [25, 60];
      for (const enough of kills) {
        let count = 0;
        const killed = await check(file, [...more, '--at-once', '8'], (child) => {
          const look = setInterval(() => toFile && inFile() >= enough && child.kill('SIGKILL'), 5);
          child.once('exit', () => clearInterval(look));
          child.stdout?.on('data', (chunk: Buffer) => {
            count += chunk.toString().split('\n').length - 1;
            if (count >= enough / 2) child.kill('SIGKILL');
          });
        });
        expect(killed.code).toBeNull();
        lines += whole(killed.stdout);
      }
      const sofar = toFile ? whole(readFileSync(out, 'utf8')) : lines;
      const answered = new Set(reportsOf(sofar).map(({ profile }) => numberIn(profile.domain)));
      expect(answered.size).toBeGreaterThanOrEqual(35);
      const from = world.asked.length;
      const last = await check(file, more);
      expect(last.code, last.stderr).toBe(2);
      expect([...numbersAsked(world.asked.slice(from))].filter((number) => answered.has(number))).toEqual([]);
      const all = toFile ? readFileSync(out, 'utf8') : lines + last.stdout;
      const places = linesOf(all).map(({ where }) => where);
      expect(new Set(places).size).toBe(161);
      // A line that was being printed at the very moment of a kill may come twice, the same both times; in a file none does.
      expect(places.length).toBeLessThanOrEqual(161 + (toFile ? 0 : kills.length));
      expect(new Set(all.trim().split('\n')).size).toBe(161);
      // The summary is about all of them, and nothing is left to go on with.
      expect(last.stderr).toMatch(/50 ready, 100 need something, 10 could not be told, 1 unreadable/);
      expect(readdirSync(place('data/fleet'))).toEqual([]);
    },
  );

  it('an interruption ends it cleanly and says how to go on', { timeout: 60_000 }, async () => {
    world = await startFleetWorld(folder, 100, 100);
    const file = world.writeProfiles(place('clients.jsonl'));
    const ran = await check(file, ['--at-once', '4'], (child) => {
      child.stdout?.once('data', () => child.kill('SIGINT'));
    });
    expect(ran.code, ran.stderr).toBe(130);
    expect(ran.stderr).toContain('--resume');
    expect(linesOf(ran.stdout).length).toBeGreaterThan(0);
    expect(linesOf(ran.stdout).length).toBeLessThan(101);
    expect(ran.stdout.endsWith('\n')).toBe(true);
    await pause(200);
    const { length } = world.asked;
    await pause(300);
    expect(world.asked.length).toBe(length);
  });

  it('without an interruption before it, --resume begins anew', async () => {
    world = await startFleetWorld(folder, 3);
    const file = world.writeProfiles(place('clients.jsonl'));
    const runs = [await check(file, ['--resume', '--away']), await check(file, ['--resume', '--away'])];
    for (const ran of runs) expect(linesOf(ran.stdout)).toHaveLength(3);
    // Away from every office, the one whose mail host is closed cannot look closed.
    for (const { results } of runs.flatMap((ran) => reportsOf(ran.stdout)))
      expect(results.filter(({ id }) => id === 'port-25').map(({ status }) => status)).toEqual(['skipped']);
  });

  it.each([
    ['--at-once', '0'],
    ['--at-once', 'many'],
    ['--pace', 'dns=0'],
    ['--pace', 'ftp=3'],
  ])('%s %s is a mistake on the command line', async (option, value) => {
    world = await startFleetWorld(folder, 1);
    const ran = await relayready(['fleet', 'check', place('x.jsonl'), '--json', option, value], {
      dataFolder: place('data'),
    });
    expect(ran.code).toBe(2);
    expect(JSON.parse(ran.stdout)).toMatchObject({ schema: 'relayready/error@1', field: option });
  });
});

/** A kill may cut the last line short: that one was not printed yet. */
const whole = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);
