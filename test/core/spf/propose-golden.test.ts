/** Records as they are found in the world, each with the record to publish and what is said about it; read by a person, one by one. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { evaluateSpf } from '../../../core/spf/evaluate.ts';
import { proposeRecord } from '../../../core/spf/propose-record.ts';
import { english } from '../../../core/text.ts';
import { run } from '../../helpers/spf-run.ts';
import { answerFromZone, type SpfZone } from '../../helpers/spf-zone.ts';

type Golden = {
  readonly why: string;
  readonly domain?: string;
  readonly wanted?: { readonly ips: readonly string[]; readonly include: string };
  readonly zone: SpfZone;
  readonly published: unknown;
  readonly proposal: unknown;
};

const folder = new URL('golden/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(`${name}.yaml`, folder), 'utf8');
const world = parse(read('world')) as SpfZone;
const names = readdirSync(fileURLToPath(folder))
  .map((file) => file.replace(/\.yaml$/, ''))
  .filter((name) => name !== 'world');
const WANTED = { ips: ['203.0.113.7'], include: 'spf.protection.outlook.com' };

function judge({ domain = 'contoso.com', wanted = WANTED, zone }: Golden) {
  const names = [...new Set([...Object.keys(world), ...Object.keys(zone)])];
  const answer = answerFromZone(
    Object.fromEntries(
      names.map((name) => [name, zone[name]?.CNAME === undefined ? { ...world[name], ...zone[name] } : zone[name]]),
    ),
  );
  const input = { ip: wanted.ips[0] as string, domain, sender: `scanner@${domain}`, helo: domain };
  const evaluation = run(evaluateSpf(input), answer);
  const { record, result, lookups, notes } = run(proposeRecord(input, evaluation, wanted), answer);
  const { problem } = evaluation;
  return {
    published: { result: evaluation.result, ...(problem === null ? {} : { problem: english(problem) }) },
    proposal: { record, result, lookups, notes: notes.map((note) => english(note)) },
  };
}

describe('the record to publish, in the world', () => {
  it('is told for at least 40 kinds of record', () => {
    expect(names.length).toBeGreaterThanOrEqual(40);
  });
  it.each(names)('%s', (name) => {
    const golden = parse(read(name)) as Golden;
    const now = judge(golden);
    // Written anew on demand; what it writes has to be read before it is kept.
    if (process.env['WRITE_GOLDEN'] === '1')
      writeFileSync(
        new URL(`${name}.yaml`, folder),
        stringify({ ...golden, ...now }, { lineWidth: 118, singleQuote: true }),
      );
    else expect(now).toEqual({ published: golden.published, proposal: golden.proposal });
  });
});
