/** Check results: what needs doing lies open, what is good stays short. */
import type { CheckResult } from '../../core/result.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { DetailView } from './DetailView.tsx';
import { FixList } from './FixList.tsx';
import { StatusBadge } from './StatusBadge.tsx';

export function CheckList({ ids, label }: { readonly ids: readonly string[]; readonly label: string }) {
  const { report, fresh } = useWizard((wizard) => ({ report: wizard.setUp?.report ?? null, fresh: wizard.fresh }));
  const results = ids.flatMap((id) => report?.results.filter((result) => result.id === id) ?? []);
  if (!report || results.length === 0) return null;
  return (
    <ul className="checks" aria-label={label}>
      {results.map((result) => (
        <li key={result.id}>
          <ResultCard result={result} checkedAt={fresh.includes(result.id) ? null : report.startedAt} />
        </li>
      ))}
    </ul>
  );
}

type ResultCardProps = { readonly result: CheckResult; readonly checkedAt: string | null };

function ResultCard({ result, checkedAt }: ResultCardProps) {
  const t = useText();
  const moment = useMoment();
  const open = result.status === 'fail' || result.status === 'warn' || result.status === 'unknown';
  return (
    <details className={`check state-${result.status}`} open={open}>
      <summary>
        <span className="check-head">
          <span className="check-title">{result.title}</span>
          <span className="check-summary">{result.summary}</span>
        </span>
        {checkedAt !== null && <span className="old">{t('From {when}', { when: moment(checkedAt) })}</span>}
        <StatusBadge state={result.status} />
      </summary>
      <div className="check-body">
        <p className="why">{result.why}</p>
        {result.cause && <p>{result.cause}</p>}
        <FixList fix={result.fix} who={result.who} />
        {result.details.map((detail) => (
          <DetailView key={JSON.stringify(detail)} detail={detail} />
        ))}
      </div>
    </details>
  );
}
