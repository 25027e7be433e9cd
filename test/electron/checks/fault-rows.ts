/** A fault, and what a person then reads: which check, its status, its words. */
import { expect, it } from 'vitest';
import type { CheckResult } from '../../../core/result.ts';
import { within, type World, type WorldOptions } from './bench.ts';

export type Row = readonly [
  title: string,
  check: string,
  options: WorldOptions,
  status: CheckResult['status'],
  words: readonly (string | RegExp)[],
  profile?: Parameters<World['check']>[1],
];

/** Control characters and marks that turn the direction of writing. */
const UNSEEN = /[\u0000-\u001F\u202A-\u202E]/; // oxlint-disable-line no-control-regex -- that is what must not be there

/** One test for each; they wait more than they work, so all of them at once. */
export const hold = (rows: readonly Row[]): void =>
  it.concurrent.each(rows.map(([title, ...row]) => [title, row] as const))(
    '%s',
    async (_, [id, options, status, words, profile]) => {
      const found = await within(options, ({ check }) => check(id, profile));
      expect(found.status).toBe(status);
      const text = JSON.stringify([found.summary, found.cause, found.fix, found.details]);
      for (const word of words) expect(text).toMatch(word);
      expect(text).not.toMatch(UNSEEN);
      // Doubt and failure come with a next step.
      if (status === 'unknown' || status === 'fail') expect(found.fix).not.toEqual([]);
    },
    60_000,
  );
