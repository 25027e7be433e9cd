/**
 * The readiness check when every DNS, HTTPS and SMTP answer takes 50 ms: its wall time beside the longest chain of questions that
 * depend on one another, and beside the same questions one after the other; and what the command takes of memory.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HOST, startWorld, ZONE, type World } from '../electron/checks/bench.ts';
import { relayready } from '../electron/commands/command-line.ts';

const DELAY_MS = 50;
const RUNS = 5;
const MOST_RATIO = 1.25;
const MOST_MEGABYTES = 150;
const OFFICE = '203.0.113.7';
const REVERSED = OFFICE.split('.').toReversed().join('.');

/** One answer of any server: what was asked, what was told, and in which conversation. */
type Told = { readonly asked: string; readonly said: string; readonly conversation: number | null };

/**
 * The longest chain: an answer depends on the one before it in its conversation, and its question on the earliest answer that told
 * what it asks about – a name, or the office's address.
 */
function longestChain(log: readonly Told[]): readonly string[] {
  const chains: (readonly string[])[] = [];
  for (const [at, { asked, conversation }] of log.entries()) {
    const before = log.slice(0, at);
    const last = conversation === null ? -1 : before.findLastIndex((other) => other.conversation === conversation);
    const about = asked.includes(REVERSED) ? OFFICE : (asked.split(' ')[1] ?? '');
    // A first greeting stands on the address of the host.
    const source =
      last >= 0
        ? last
        : conversation !== null
          ? before.findIndex((other) => other.asked === `A ${HOST}`)
          : before.findIndex((other) => about !== '' && other.said.includes(about));
    chains.push([...(source >= 0 ? (chains[source] ?? []) : []), asked]);
  }
  return chains.toSorted((one, other) => other.length - one.length)[0] ?? [];
}

async function delayedWorld(log: Told[]): Promise<World> {
  return startWorld({
    records: {
      ...ZONE,
      'contoso.com': { MX: `0 ${HOST}`, TXT: `v=spf1 ip4:${OFFICE} include:spf.protection.outlook.com -all` },
      [`${REVERSED}.in-addr.arpa`]: { PTR: 'office.contoso.com' },
      'office.contoso.com': { A: OFFICE },
      '_dmarc.contoso.com': { TXT: 'v=DMARC1; p=none' },
      'selector1._domainkey.contoso.com': { TXT: 'v=DKIM1; p=MIIBIjANBgkqhkiG9w0' },
    },
    dns: {
      delayMs: DELAY_MS,
      onAnswer: ({ type, name }, answers) =>
        log.push({
          asked: `${type} ${name}`,
          said: answers.map((answer) => ('data' in answer ? JSON.stringify(answer.data, textOf) : '')).join(' '),
          conversation: null,
        }),
    },
    pageDelayMs: DELAY_MS,
    onPage: (asked, said) => log.push({ asked: `GET ${asked}`, said, conversation: null }),
    smtp: {
      delayMs: DELAY_MS,
      onReply: (conversation, said) => log.push({ asked: `SMTP ${said.slice(0, 3)}`, said, conversation }),
    },
  });
}

/** JSON shows bytes as numbers; a TXT is text. */
const textOf = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && (value as { type?: string }).type === 'Buffer'
    ? Buffer.from((value as { data: number[] }).data).toString()
    : value;

it(`takes no longer than the longest chain of questions, ${DELAY_MS} ms an answer`, async () => {
  const rows: { wall: number; chain: number; sequential: number; ratio: number }[] = [];
  let chain: readonly string[] = [];
  const log: Told[] = [];
  const world = await delayedWorld(log);
  // The first run loads what later ones have at hand; it is not measured.
  for (let run = 0; run <= RUNS; run += 1) {
    log.length = 0;
    const begun = performance.now();
    const { results } = await world.run({});
    const wall = performance.now() - begun;
    expect(results.map(({ status }) => status)).not.toContain('fail');
    if (run === 0) continue;
    chain = longestChain(log);
    const floor = chain.length * DELAY_MS;
    rows.push({ wall: Math.round(wall), chain: floor, sequential: log.length * DELAY_MS, ratio: wall / floor });
  }
  await world.close();
  console.log(`Longest chain: ${chain.join(' → ')}`);
  console.table(rows.map((row) => ({ ...row, ratio: row.ratio.toFixed(2) })));
  const median = rows.map(({ ratio }) => ratio).sort((one, other) => one - other)[RUNS >> 1] ?? Number.NaN;
  console.log(`median ratio ${median.toFixed(2)} (at most ${MOST_RATIO})`);
  expect(median).toBeLessThanOrEqual(MOST_RATIO);
});

it.skipIf(process.platform !== 'linux')('the command stays small', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'relayready-bench-'));
  const log: Told[] = [];
  const world = await delayedWorld(log);
  const { ca, ...document } = world.environment;
  writeFileSync(path.join(folder, 'ca.pem'), ca.join('\n'));
  const file = path.join(folder, 'environment.json');
  writeFileSync(file, JSON.stringify({ ...document, trust: { caFile: 'ca.pem' } }));
  let peak = 0;
  const begun = performance.now();
  const { code, stderr } = await relayready(['check', '--domain', 'contoso.com', '--environment', file, '--json'], {
    dataFolder: folder,
    onStart: ({ pid }) => {
      const look = setInterval(() => {
        try {
          peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
        } catch {
          clearInterval(look);
        }
      }, 10);
    },
  });
  const wall = performance.now() - begun;
  await world.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(
    `relayready check: ${Math.round(wall)} ms with start and end of the program, peak memory ${Math.round(peak / 1024)} MB (at most ${MOST_MEGABYTES})`,
  );
  expect(code, stderr).toBe(0);
  expect(peak).toBeGreaterThan(10_000);
  expect(peak / 1024).toBeLessThanOrEqual(MOST_MEGABYTES);
});
