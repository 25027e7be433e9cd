/** Which steps are open, what marks they carry, and what an altered answer takes back; pure. */
import type { Status } from '../core/result.ts';
import type { SetUp } from '../core/set-up.ts';
import { belongs, type Answer, type StepRules } from './steps/step.ts';

/** Worst first; `unknown` is neither good nor bad, so it outweighs only what is settled. */
const BY_WEIGHT: readonly Status[] = ['fail', 'warn', 'unknown', 'pass', 'skipped'];

export const worstOf = (statuses: readonly Status[]): Status | null =>
  BY_WEIGHT.find((status) => statuses.includes(status)) ?? null;

export const isShown = (step: StepRules, setUp: SetUp | null): boolean => step.shown?.(setUp) ?? true;

const isSettled = (id: string, steps: readonly StepRules[], setUp: SetUp): boolean => {
  const step = steps.find((candidate) => candidate.id === id);
  if (!step || !isShown(step, setUp)) return true;
  return setUp.finished.includes(id) || setUp.skipped.includes(id);
};

/** Without a set-up only steps that need nothing are open. */
export const isOpen = (step: StepRules, steps: readonly StepRules[], setUp: SetUp | null): boolean =>
  isShown(step, setUp) &&
  (setUp === null ? step.needs.length === 0 : step.needs.every((id) => isSettled(id, steps, setUp)));

/**
 * Where "Continue" leads: the next open step, else the first one still to be done, else the same.
 * @param left steps just left out together with this one; they are not the next thing to do
 */
export function nextStep(
  from: string,
  steps: readonly StepRules[],
  setUp: SetUp,
  left: readonly string[] = [],
): string {
  const after = steps.slice(steps.findIndex((step) => step.id === from) + 1);
  const open = (step: StepRules) => isOpen(step, steps, setUp);
  const next = after.find((step) => isShown(step, setUp) && !left.includes(step.id));
  if (next && open(next)) return next.id;
  const waiting = steps.find((step) => open(step) && step.needs.length > 0 && !isSettled(step.id, steps, setUp));
  return waiting?.id ?? after.find(open)?.id ?? from;
}

export function previousStep(from: string, steps: readonly StepRules[], setUp: SetUp | null): string | null {
  const before = steps.slice(
    0,
    steps.findIndex((step) => step.id === from),
  );
  return before.findLast((step) => isOpen(step, steps, setUp))?.id ?? null;
}

export type Mark = 'locked' | 'open' | 'done' | 'skipped' | 'attention' | 'unsure';

export function markOf(step: StepRules, steps: readonly StepRules[], setUp: SetUp | null): Mark {
  if (!isOpen(step, steps, setUp)) return 'locked';
  if (!setUp) return 'open';
  if (setUp.skipped.includes(step.id)) return 'skipped';
  const worst = worstOf(statusesOf(step, setUp));
  if (worst === 'fail') return 'attention';
  if (!setUp.finished.includes(step.id)) return 'open';
  return worst === 'unknown' ? 'unsure' : 'done';
}

const statusesOf = (step: StepRules, setUp: SetUp): readonly Status[] => {
  const results = setUp.report?.results.filter((result) => belongs(step, result)) ?? [];
  const statuses = results.map((result): Status =>
    result.status === 'unknown' && !result.essential ? 'pass' : result.status,
  );
  if (step.findings.includes('outcome') && setUp.outcome) statuses.push(OUTCOME_STATUS[setUp.outcome.status]);
  if (step.findings.includes('test') && setUp.test) statuses.push(VERDICT_STATUS[setUp.test.verdict]);
  return statuses;
};

const OUTCOME_STATUS = {
  done: 'pass',
  'nothing-to-do': 'pass',
  refused: 'fail',
  failed: 'fail',
  unknown: 'unknown',
} as const;
const VERDICT_STATUS = { ready: 'pass', 'action-needed': 'fail', 'cannot-tell': 'unknown' } as const;

/** Takes back what hangs on altered answers: those steps are to be done again and their findings are gone. */
export function relock(setUp: SetUp, altered: readonly Answer[], steps: readonly StepRules[]): SetUp {
  const hit = steps.filter((step) => step.hangsOn.some((answer) => altered.includes(answer)));
  const lost = hit.filter((step) => hasFound(step, setUp));
  const next = hit.reduce(reopen, setUp);
  if (lost.length === 0) return next;
  const reasons = lost.map(({ id, hangsOn }) => [
    id,
    [...new Set([...(setUp.takenBack?.[id] ?? []), ...hangsOn.filter((answer) => altered.includes(answer))])],
  ]);
  return { ...next, takenBack: { ...setUp.takenBack, ...Object.fromEntries(reasons) } };
}

const hasFound = (step: StepRules, setUp: SetUp): boolean =>
  setUp.finished.includes(step.id) ||
  step.findings.some((finding) => setUp[finding] !== null) ||
  (setUp.report?.results.some((result) => belongs(step, result)) ?? false);

/** Steps that are to be done again because an answer was altered. */
export const takenBackBetween = (before: SetUp, after: SetUp): readonly string[] =>
  Object.keys(after.takenBack ?? {}).filter((id) => after.takenBack?.[id] !== before.takenBack?.[id]);

/** What was really changed is not forgotten together with the answers it was made for. */
export const earlierChange = ({ outcome, earlier }: SetUp): SetUp['earlier'] =>
  outcome?.steps.some(({ status }) => status === 'done') ? outcome : earlier;

export const reopen = (setUp: SetUp, step: StepRules): SetUp => ({
  ...setUp,
  ...(step.findings.includes('outcome') ? { earlier: earlierChange(setUp) } : {}),
  ...Object.fromEntries(step.findings.map((finding) => [finding, null])),
  finished: setUp.finished.filter((id) => id !== step.id),
  report: setUp.report && {
    ...setUp.report,
    results: setUp.report.results.filter((result) => !belongs(step, result)),
  },
});

/** Fields of the profile that differ. A device's brand and model change nothing that was found out, only its address does. */
export const alteredFields = (before: SetUp['profile'], after: SetUp['profile']): readonly Answer[] => {
  const told = (profile: SetUp['profile'], field: keyof SetUp['profile']) =>
    JSON.stringify(field === 'devices' ? profile.devices.map(({ address }) => address) : profile[field]);
  return (Object.keys(after) as (keyof SetUp['profile'])[]).filter(
    (field) => told(before, field) !== told(after, field),
  );
};
