/** SPF when every DNS answer takes 40 ms: ours beside mailauth (strict) and pyspf in one run, and beside the longest chain of look-ups. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { evaluateSpf } from '../../core/spf/evaluate.ts';
import { english } from '../../core/text.ts';
import { createDns } from '../../electron/net/dns.ts';
import { createSpf } from '../../electron/net/spf.ts';
import { startDnsServer, type Zone } from '../helpers/dns-server.ts';
import { mailauthResult } from '../helpers/mailauth.ts';
import { answerOf, spfCase, type SpfWorld } from '../helpers/spf-cases.ts';
import { run } from '../helpers/spf-run.ts';

const DELAY_MS = 40;
const RUNS = 5;
const MOST_RATIO = 1.1;
const IP = '203.0.113.7';
const WHO = { ip: IP, sender: 'scanner@contoso.com', helo: 'contoso.com' };
const signal = new AbortController().signal;

type Shape = { readonly name: string; readonly depth: number; readonly zone: SpfWorld };
const include = (at: number) => `_${at}.example.net`;
const others = Array.from({ length: 8 }, (_, at) => include(at + 1));

const SHAPES: readonly Shape[] = [
  {
    name: 'nested chain, 8 includes',
    depth: 9,
    zone: {
      'contoso.com': { TXT: [`v=spf1 include:${include(1)} -all`] },
      ...Object.fromEntries(
        others.map((name, at) => [
          name,
          { TXT: [at === 7 ? `v=spf1 ip4:${IP} -all` : `v=spf1 ip4:192.0.2.${at} include:${include(at + 2)} -all`] },
        ]),
      ),
    },
  },
  {
    name: 'flat, 8 includes',
    depth: 2,
    zone: {
      'contoso.com': { TXT: [`v=spf1 ${others.map((name) => `include:${name}`).join(' ')} -all`] },
      ...Object.fromEntries(
        others.map((name, at) => [
          name,
          { TXT: [at === 7 ? `v=spf1 ip4:${IP} -all` : `v=spf1 ip4:192.0.2.${at} -all`] },
        ]),
      ),
    },
  },
  {
    name: 'realistic, 9 look-ups (mx, a, 7 TXT)',
    depth: 3,
    zone: {
      'contoso.com': {
        TXT: [
          'v=spf1 mx a include:spf.protection.outlook.com include:_spf.mailer.example include:_spf.crm.example include:_spf.desk.example -all',
        ],
        MX: ['contoso-com.mail.protection.outlook.com'],
        A: ['192.0.2.80'],
      },
      'contoso-com.mail.protection.outlook.com': { A: ['192.0.2.25'] },
      'spf.protection.outlook.com': { TXT: ['v=spf1 ip4:40.92.0.0/15 -all'] },
      '_spf.mailer.example': { TXT: ['v=spf1 include:_a.mailer.example include:_b.mailer.example ~all'] },
      '_a.mailer.example': { TXT: ['v=spf1 ip4:198.51.100.0/25 ~all'] },
      '_b.mailer.example': { TXT: ['v=spf1 ip4:198.51.100.128/25 ~all'] },
      '_spf.crm.example': { TXT: ['v=spf1 ip4:192.0.2.128/26 -all'] },
      '_spf.desk.example': { TXT: ['v=spf1 include:_eu.desk.example -all'] },
      '_eu.desk.example': { TXT: [`v=spf1 ip4:${IP} -all`] },
    },
  },
];

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
async function timed(work: () => Promise<string>): Promise<number> {
  const begun = performance.now();
  expect(await work()).toBe('pass');
  return performance.now() - begun;
}

const served = (zone: SpfWorld): Zone =>
  Object.fromEntries(
    Object.entries(zone).map(([name, { MX = [], silent: _, ...rest }]) => [
      name,
      { ...rest, ...(MX.length > 0 ? { MX: MX.map((host) => `10 ${host}`) } : {}) },
    ]),
  );

/** @returns milliseconds of each shape, or null where there is no pyspf */
function pyspf(): readonly number[] | null {
  const folder = inject('serversFolder');
  if (folder === null) {
    console.log(`pyspf is not there: ${inject('serversMissing')}`);
    return null;
  }
  const ran = spawnSync(
    '/usr/bin/python3',
    [fileURLToPath(new URL('../servers/pyspf.py', import.meta.url)), String(DELAY_MS)],
    {
      input: SHAPES.map(({ zone }) => JSON.stringify({ ...WHO, zone })).join('\n'),
      env: { ...process.env, PYTHONPATH: path.join(folder, 'usr/lib/python3/dist-packages') },
      encoding: 'utf8',
    },
  );
  return ran.stdout
    .trim()
    .split('\n')
    .map((line) => {
      expect(line.split('\t')[0]).toBe('pass');
      return Number(line.split('\t')[2]);
    });
}

it(`takes the longest chain of look-ups and little more, ${DELAY_MS} ms an answer`, async () => {
  const theirs = pyspf();
  const rows = [];
  for (const [at, { name, depth, zone }] of SHAPES.entries()) {
    const server = await startDnsServer({ records: served(zone), delayMs: DELAY_MS });
    const fresh = () =>
      createDns({ ...(CLOUDS[0] as Environment), dns: { servers: [server.address], doh: [] }, loopback: true });
    const ours = () =>
      createSpf(fresh())
        .evaluate({ ...WHO, domain: 'contoso.com' }, { signal, t: english })
        .then(({ result }) => result);
    const other = () => {
      const dns = fresh();
      return mailauthResult(WHO, async ({ name: asked, type }) => {
        const { records } = await dns.query(asked, type, { signal });
        return records.length > 0
          ? { status: 'found', records: records.map(({ data }) => data) }
          : { status: 'none', noSuchName: false };
      });
    };
    await timed(ours);
    const times: number[] = [];
    const beside: number[] = [];
    for (let count = 0; count < RUNS; count += 1) {
      times.push(await timed(ours));
      beside.push(await timed(other));
    }
    await server.close();
    const floor = depth * DELAY_MS;
    rows.push({
      record: name,
      floor,
      ours: Math.round(median(times)),
      ratio: Number((median(times) / floor).toFixed(3)),
      mailauth: Math.round(median(beside)),
      pyspf: theirs?.[at] ?? 'not there',
    });
  }
  console.table(rows);
  for (const { record, ratio } of rows) expect([record, ratio <= MOST_RATIO]).toEqual([record, true]);
});

it('needs no more processor time than mailauth', async () => {
  const cases = Array.from({ length: 2000 }, (_, at) => spfCase(at + 1));
  const cpu = async (work: () => Promise<void>): Promise<number> => {
    const begun = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000 / cases.length;
  };
  const ours = async () => {
    for (const one of cases) run(evaluateSpf(one), answerOf(one.zone));
  };
  const other = async () => {
    for (const one of cases) await mailauthResult(one, answerOf(one.zone));
  };
  // Once each to warm up, then measured in turn.
  await ours();
  await other();
  const table = { ours: await cpu(ours), mailauth: await cpu(other) };
  console.log(
    `processor time for one evaluation: ours ${table.ours.toFixed(3)} ms, mailauth ${table.mailauth.toFixed(3)} ms`,
  );
  expect(table.ours).toBeLessThanOrEqual(table.mailauth);
});
