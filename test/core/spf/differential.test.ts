/** Our evaluator beside an independent one (mailauth, strict) on generated worlds; a difference is a fault of ours, or gets its clause here. */
import { expect, it } from 'vitest';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import { mailauthResult } from '../../helpers/mailauth.ts';
import { answerOf, spfCase, type SpfCase } from '../../helpers/spf-cases.ts';
import { run } from '../../helpers/spf-run.ts';

const COUNT = Number(process.env['COUNT'] ?? 20_000);
const FIRST = Number(process.env['SEED'] ?? 1);

const theirs = ({ ip, sender, helo, zone }: SpfCase): Promise<string> =>
  mailauthResult({ ip, sender, helo }, answerOf(zone));

const ours = ({ ip, domain, sender, helo, zone }: SpfCase): string =>
  run(evaluateSpf({ ip, domain, sender, helo }), answerOf(zone)).result;

it(`agrees with mailauth on ${COUNT} generated worlds`, async () => {
  const tally: Record<string, number> = {};
  const differences: string[] = [];
  for (let seed = FIRST; seed < FIRST + (process.env['SEED'] === undefined ? COUNT : 1); seed += 1) {
    const one = spfCase(seed);
    const [mine, other] = [ours(one), await theirs(one)];
    tally[mine] = (tally[mine] ?? 0) + 1;
    if (mine === other) continue;
    differences.push(`SEED=${seed}: ours ${mine}, theirs ${other}`);
  }
  console.log(`SPF beside mailauth, results: ${JSON.stringify(tally)}`);
  expect(differences.slice(0, 20)).toEqual([]);
}, 120_000);
