/** `fleet check` where every answer takes its time: its throughput beside the same checks one after the other, its memory, its politeness. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { POLITE, type Rates } from '../../electron/net/pace.ts';
import { relayready } from '../electron/commands/command-line.ts';
import { busiestSecond, KINDS, startFleetWorld, type Asked } from '../electron/fleet/fleet-world.ts';
import { watchMemory } from '../helpers/peak-memory.ts';

const LEAST_RATIO = 10;
const MOST_MEGABYTES = 300;

type Ran = {
  readonly ms: number;
  readonly megabytes: number;
  readonly asked: readonly Asked[];
  readonly lines: number;
};

async function fleet(count: number, delayMs: number, more: readonly string[] = []): Promise<Ran> {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-bench-'));
  const world = await startFleetWorld(folder, count, delayMs);
  const file = world.writeProfiles(path.join(folder, 'clients.jsonl'));
  let peak = () => 0;
  const begun = performance.now();
  const { stdout, stderr } = await relayready(
    ['fleet', 'check', file, '--json', '--environment', world.environmentFile, ...more],
    { dataFolder: path.join(folder, 'data'), onStart: (child) => void (peak = watchMemory(child)) },
  );
  const ms = performance.now() - begun;
  await world.close();
  rmSync(folder, { recursive: true, force: true });
  const lines = stdout.split('\n').length - 1;
  if (lines < count) throw new Error(stderr);
  return { ms, megabytes: peak(), asked: world.asked, lines };
}

/** How long an answer takes, and the rates; the stated ones unless others are given. */
const CASES: readonly { readonly delayMs: number; readonly rates: Rates }[] = [
  { delayMs: 150, rates: POLITE },
  { delayMs: 50, rates: { dns: 2000, https: 200, smtp: 100, stun: 2 } },
];

it.each(CASES)(
  `is at least ${LEAST_RATIO} times as fast as one after the other: $delayMs ms an answer`,
  async ({ delayMs, rates }) => {
    const pace = [
      '--pace',
      Object.entries(rates)
        .map(([service, rate]) => `${service}=${rate}`)
        .join(','),
    ];
    // The first run brings the program up to date; it is not measured.
    await fleet(1, 0);
    const alone = await fleet(3 * KINDS.length, delayMs, ['--at-once', '1', ...pace]);
    const together = await fleet(1000, delayMs, pace);
    const rate = ({ ms, lines }: Ran): number => (lines * 1000) / ms;
    const row = (ran: Ran) => ({
      profiles: ran.lines,
      seconds: (ran.ms / 1000).toFixed(1),
      'a second': rate(ran).toFixed(1),
      'questions and connections': ran.asked.length,
      'peak MB': Math.round(ran.megabytes),
    });
    console.table({ 'one after the other': row(alone), 'fleet check': row(together) });
    const stated = (server: string): number => rates[server.split(' ')[0] as keyof Rates];
    const busiest = [...busiestSecond(together.asked)];
    console.table(
      Object.fromEntries(busiest.map(([server, most]) => [server, { 'busiest second': most, stated: stated(server) }])),
    );
    const ratio = rate(together) / rate(alone);
    console.log(`${delayMs} ms an answer: ratio ${ratio.toFixed(1)} (at least ${LEAST_RATIO})`);
    for (const [server, most] of busiest) expect(most, server).toBeLessThanOrEqual(stated(server));
    expect(together.megabytes).toBeLessThanOrEqual(MOST_MEGABYTES);
    expect(ratio).toBeGreaterThanOrEqual(LEAST_RATIO);
  },
);
