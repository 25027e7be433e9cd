/** Says on standard error how far a run over many profiles has come: counts, rate and time left. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isTerminal } from './colours.ts';
import type { CommandContext } from './command.ts';
import { keepSmall } from './keep-small.ts';

/** A log file is not to be flooded; a terminal is kept on one line. */
const TELL_MS = 10_000;
const TERMINAL_MS = 500;

/** About how many rows there are: exact for a folder and for JSON lines, an upper bound for a table with line breaks in its cells. */
export async function countRows(location: string): Promise<number> {
  const info = await stat(location).catch(() => null);
  if (info?.isDirectory() === true) return (await readdir(location)).filter((name) => name.endsWith('.json')).length;
  if (info?.isFile() !== true) return 0;
  let lines = 0;
  let last = 0x0a;
  for await (const chunk of createReadStream(location) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, at + 1)) lines += 1;
    last = chunk.at(-1) ?? last;
  }
  if (last !== 0x0a) lines += 1;
  return Math.max(0, lines - (/\.csv$/i.test(location) ? 1 : 0));
}

export type FleetCounter = {
  /** @param earlier done by the run before this one */
  readonly count: (earlier?: boolean) => void;
  readonly stop: () => void;
};

export function fleetCounter(
  total: number,
  { note, quiet, t }: Pick<CommandContext, 'note' | 'quiet' | 't'>,
): FleetCounter {
  const terminal = !quiet && isTerminal(process.stderr, process.env);
  const begun = performance.now();
  const small = keepSmall();
  let done = 0;
  let fresh = 0;
  const tell = (): void => {
    const rate = (fresh * 1000) / (performance.now() - begun);
    const line = t('{done, number} of {total, number}, {rate, number} a second, about {left, number} s left', {
      done,
      total: Math.max(total, done),
      rate: Math.round(rate * 10) / 10,
      left: rate > 0 ? Math.round(Math.max(0, total - done) / rate) : 0,
    });
    if (terminal) process.stderr.write(`\r\x1b[K${line}`);
    else note(line);
  };
  const timer = setInterval(tell, terminal ? TERMINAL_MS : TELL_MS);
  return {
    count: (earlier = false) => {
      done += 1;
      small();
      if (!earlier) fresh += 1;
    },
    stop: () => {
      clearInterval(timer);
      if (terminal) process.stderr.write('\r\x1b[K');
    },
  };
}
