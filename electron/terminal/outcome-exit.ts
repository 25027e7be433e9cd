/** Outcome status → exit code. */
import type { Outcome } from '../../core/plan/plan.ts';

export const OUTCOME_EXIT: Readonly<Record<Outcome['status'], number>> = {
  done: 0,
  'nothing-to-do': 0,
  refused: 3,
  failed: 4,
  unknown: 5,
};
