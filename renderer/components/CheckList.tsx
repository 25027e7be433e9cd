/** Check results: what needs doing lies open, what is good stays short. */
import { belongs } from '../steps/step.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { PracticeNote } from './PracticeNote.tsx';
import { ResultCard } from './ResultCard.tsx';

export function CheckList({ step, label }: { readonly step: string; readonly label: string }) {
  const { report, fresh } = useWizard((wizard) => ({ report: wizard.setUp?.report ?? null, fresh: wizard.fresh }));
  const order = useWizard((wizard) => wizard.info?.checks.map(({ id }) => id) ?? []);
  const rules = useSteps().find(({ id }) => id === step);
  const results = (report?.results ?? [])
    .filter((result) => rules && belongs(rules, result))
    .toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  if (!report || results.length === 0) return null;
  return (
    <ul className="checks" aria-label={label}>
      {results.map((result) => (
        <li key={result.id}>
          <ResultCard
            result={result}
            checkedAt={fresh.includes(result.id) ? null : (result.checkedAt ?? report.startedAt)}
          >
            {/* Behind the sign-in, the page itself says it. */}
            {!result.needsSignIn && (result.status === 'fail' || result.status === 'warn') && (
              <PracticeNote at={result.station} />
            )}
          </ResultCard>
        </li>
      ))}
    </ul>
  );
}
