/** Our evaluator beside pyspf, the one other implementation that passes the whole RFC 7208 suite. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { evaluateSpf } from '../../core/spf/evaluate.ts';
import { answerOf, spfCase } from '../helpers/spf-cases.ts';
import { run } from '../helpers/spf-run.ts';
import { serversFolder, serversMissing } from './debian.ts';

const COUNT = Number(process.env['COUNT'] ?? 20_000);
const FIRST = Number(process.env['SEED'] ?? 1);

/** Where pyspf is known to go its own way, and the clause that decides. mailauth agrees with us on all of them. */
const DECIDED: readonly { readonly clause: string; readonly says: RegExp; readonly record?: RegExp }[] = [
  {
    clause: 'RFC 7208 §4.6.4: a loop ends at the look-up limit, unless a term before it matches',
    says: /trivial recursion/,
  },
  {
    clause: 'RFC 7208 §4.6.4: void look-ups are counted by term, not by host of an mx or ptr',
    says: /Void lookup limit/,
  },
  {
    clause: 'RFC 7208 §6: only redirect and exp may not stand twice',
    says: /(?:unknown|note|ra)= MUST appear at most once/,
  },
  { clause: 'RFC 7208 §5.5: with a DNS error the name is no match', says: /DNS timeout/, record: /ptr|%\{p/i },
  { clause: 'RFC 7208 §4.6.4: ten hosts of an mx may be looked at, not: may stand there', says: /More than 10 MX/ },
  {
    clause: 'RFC 7208 §5.4: the first host that matches decides, silence behind it does not',
    says: /DNS timeout/,
    record: /mx/i,
  },
];

it.skipIf(serversFolder === null)(
  `agrees with pyspf on ${COUNT} generated worlds${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  async () => {
    const child = spawn('/usr/bin/python3', [fileURLToPath(new URL('pyspf.py', import.meta.url))], {
      env: { ...process.env, PYTHONPATH: path.join(serversFolder ?? '', 'usr/lib/python3/dist-packages') },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const cases = Array.from({ length: process.env['SEED'] === undefined ? COUNT : 1 }, (_, at) => spfCase(FIRST + at));
    const results: string[] = [];
    const reading = (async () => {
      for await (const line of createInterface({ input: child.stdout })) results.push(line);
    })();
    for (const one of cases)
      if (!child.stdin.write(`${JSON.stringify(one)}\n`))
        await new Promise((resolve) => child.stdin.once('drain', resolve));
    child.stdin.end();
    await reading;
    expect(results.length).toBe(cases.length);
    const tally: Record<string, number> = {};
    const decided: Record<string, number> = {};
    const differences = cases.flatMap((one, at) => {
      const { result } = run(evaluateSpf(one), answerOf(one.zone));
      tally[result] = (tally[result] ?? 0) + 1;
      const [other = '', message = ''] = (results[at] ?? '').split('\t');
      if (result === other) return [];
      const texts = Object.values(one.zone)
        .flatMap(({ TXT = [] }) => TXT)
        .join('\n');
      const why = DECIDED.find(({ says, record }) => says.test(message) && (record?.test(texts) ?? true));
      if (why) decided[why.clause] = (decided[why.clause] ?? 0) + 1;
      return why ? [] : [`SEED=${one.seed}: ours ${result}, theirs ${results[at]}`];
    });
    console.log(
      `SPF beside pyspf, results: ${JSON.stringify(tally)}\ndecided by a clause: ${JSON.stringify(decided, null, 1)}`,
    );
    expect([differences.length, ...differences.slice(0, 20)]).toEqual([0]);
  },
  180_000,
);
