/** What an altered answer takes back, and how giving the former answer again brings it back. */
import type { SetUp } from '../core/set-up.ts';
import { relock, takenBackBetween } from './locks.ts';
import type { Answer, StepRules } from './steps/step.ts';

export type Alterer = {
  /** The set-up after an answer, and the steps it took back. */
  readonly alter: (
    was: SetUp,
    now: SetUp,
    altered: readonly Answer[],
  ) => { readonly setUp: SetUp; readonly tookBack: readonly string[] };
  /** Something new was found or done: what was taken back before would be out of date. */
  readonly forget: () => void;
};

const answersOf = ({ profile, environment }: SetUp): string => JSON.stringify([profile, environment]);

export function createAlterer(steps: readonly StepRules[]): Alterer {
  /** As it was before the first answer that took something back. */
  let whole: SetUp | null = null;
  return {
    alter: (was, now, altered) => {
      if (whole?.id !== was.id) whole = null;
      if (whole && answersOf(whole) === answersOf(now)) {
        const { drafts, step, atStart } = now;
        const setUp = { ...whole, step, drafts, atStart };
        whole = null;
        return { setUp, tookBack: [] };
      }
      const setUp = relock(now, altered, steps);
      if (takenBackBetween(now, setUp).length > 0) whole ??= was;
      return { setUp, tookBack: whole ? takenBackBetween(whole, setUp) : [] };
    },
    forget: () => {
      whole = null;
    },
  };
}
