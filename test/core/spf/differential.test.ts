/** Our evaluator beside an independent one (mailauth, strict) on generated worlds; a difference is a fault of ours, or gets its clause here. */
import { expect, it } from 'vitest';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import { answerOf, spfCase, type SpfCase } from '../../helpers/spf-cases.ts';
import { run } from '../../helpers/spf-run.ts';

/** Its main module needs a newer Node than this project; the evaluator alone does not. */
const { spf } = (await import('mailauth/lib/spf/index.js' as string)) as {
  spf: (options: object) => Promise<{ status: { result: string } }>;
};

const COUNT = Number(process.env['COUNT'] ?? 20_000);
const FIRST = Number(process.env['SEED'] ?? 1);

const failure = (code: string) => Object.assign(new Error(code), { code });

async function theirs({ ip, sender, helo, zone }: SpfCase): Promise<string> {
  const answer = answerOf(zone);
  const { status } = await spf({
    ip,
    sender,
    helo,
    strict: true,
    resolver: (name: string, type: 'TXT' | 'A' | 'AAAA' | 'MX' | 'PTR') => {
      const said = answer({ name, type });
      if (said.status === 'failed') return Promise.reject(failure('ETIMEOUT'));
      if (said.status === 'none') return Promise.reject(failure(said.noSuchName ? 'ENOTFOUND' : 'ENODATA'));
      return Promise.resolve(
        type === 'TXT'
          ? said.records.map((text) => text.match(/.{1,255}/gs) ?? [''])
          : type === 'MX'
            ? said.records.map((exchange) => ({ exchange, priority: 10 }))
            : said.records,
      );
    },
  });
  return status.result;
}

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
