/** Judges the evidence of a saved report once more: a judge is pure, so a file can be held against its own facts, offline. */
import type { Environment } from '../core/environment.ts';
import { verdictOf, type CheckResult } from '../core/result.ts';
import type { Judgement } from '../core/report/review.ts';
import type { SetUp } from '../core/set-up.ts';
import type { Translate } from '../core/text.ts';
import type { Check } from './check.ts';
import { loadChecks, type Checks } from './run-checks.ts';

type Told = { readonly result: CheckResult; readonly judged: Judgement['differing'][number] | null };

/** @param environment of the world the report is from; null when it is not known here */
export async function judgeAgain(setUp: SetUp, environment: Environment | null, t: Translate): Promise<Judgement> {
  const { report } = setUp;
  const nothing = { judged: 0, differing: [], left: [], verdict: null };
  if (!report || report.results.length === 0) return { ...nothing, reason: t('The file holds no check results.') };
  if (!environment)
    return {
      ...nothing,
      reason: t('The results were not judged again: the world “{name}” they come from is not known here.', {
        name: report.environment,
      }),
    };
  const checks = await loadChecks();
  const ids = new Map([...checks].map(([id, check]) => [check, id]));
  const evidenceOf = (check: Check): object | null => {
    const id = ids.get(check);
    const kept = report.results.find((result) => result.id === id)?.evidence;
    const parsed = kept === undefined ? null : check.evidence.safeParse(kept);
    return parsed?.success === true ? parsed.data : null;
  };
  const needsOf = (check: Check) =>
    Object.fromEntries(
      Object.entries(check.needs).map(([name, need]) => [name, evidenceOf(need as Check) ?? (need as Check).blank]),
    ) as Record<string, never>;
  const told = report.results.flatMap((result): readonly Told[] => {
    const check = checks.get(result.id);
    const evidence = check && evidenceOf(check);
    if (!check || !evidence || wasNotMeasured(result, evidence, check)) return [];
    try {
      const { status, summary } = check.judge(evidence, {
        profile: report.profile,
        environment,
        needs: needsOf(check),
        t,
      });
      const differs = status !== result.status;
      return [
        {
          result: { ...result, status, essential: check.essential },
          judged: differs
            ? { id: result.id, title: t(check.title), said: result.status, judged: status, summary }
            : null,
        },
      ];
    } catch {
      // Evidence of the right shape and senseless content: it cannot be judged.
      return [];
    }
  });
  const again = new Map(told.map((one) => [one.result.id, one]));
  return {
    judged: told.length,
    differing: told.flatMap(({ judged }) => (judged ? [judged] : [])),
    left: report.results.filter(({ id }) => !again.has(id)).map(({ title }) => title),
    reason: told.length === 0 ? t('None of the results could be judged again.') : null,
    verdict: {
      said: report.verdict,
      judged: verdictOf(report.results.map((one) => again.get(one.id)?.result ?? essentialOf(one, checks))),
    },
  };
}

/** Whether a check is essential is not the file's to say. */
const essentialOf = (result: CheckResult, checks: Checks): CheckResult => ({
  ...result,
  essential: checks.get(result.id)?.essential ?? result.essential,
});

/** A probe that could not tell, or was not needed, leaves the blank evidence and no judge is asked. */
const wasNotMeasured = (result: CheckResult, evidence: object, check: Check): boolean =>
  (result.status === 'unknown' || result.status === 'skipped') &&
  JSON.stringify(evidence) === JSON.stringify(check.evidence.parse(check.blank));
