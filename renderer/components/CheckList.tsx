/** Check results: what needs doing lies open, what is good stays short. */
import type { CheckResult } from '../../core/result.ts';
import { useAge } from '../i18n/use-age.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { belongs } from '../steps/step.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { DetailView } from './DetailView.tsx';
import { FixList } from './FixList.tsx';
import { PracticeNote } from './PracticeNote.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { TermsOf } from './TermsOf.tsx';

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
          />
        </li>
      ))}
    </ul>
  );
}

type ResultCardProps = { readonly result: CheckResult; readonly checkedAt: string | null };

function ResultCard({ result, checkedAt }: ResultCardProps) {
  const t = useText();
  const moment = useMoment();
  const age = useAge();
  const open = result.status === 'fail' || result.status === 'warn' || result.status === 'unknown';
  return (
    <details className={`check state-${result.status}`} open={open}>
      <summary>
        <span className="check-head">
          <span className="check-title">{result.title}</span>
          <span className="check-summary">{result.summary}</span>
        </span>
        {checkedAt !== null && (
          <span className="old" title={moment(checkedAt)}>
            {t('Found out {age}', { age: age(checkedAt) })}
          </span>
        )}
        <StatusBadge state={result.status} />
      </summary>
      <div className="check-body">
        <p className="why">{result.why}</p>
        <TermsOf text={result.title} />
        {result.cause && <p>{result.cause}</p>}
        <FixList fix={result.fix} who={result.who} />
        {/* Behind the sign-in, the page itself says it. */}
        {!result.needsSignIn && (result.status === 'fail' || result.status === 'warn') && (
          <PracticeNote at={result.station} />
        )}
        {result.details.map((detail) => (
          <DetailView key={JSON.stringify(detail)} detail={detail} />
        ))}
      </div>
    </details>
  );
}
