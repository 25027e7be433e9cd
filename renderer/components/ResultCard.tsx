/** One check's result: its state and one sentence; what needs doing lies open. */
import type { ReactNode } from 'react';
import type { CheckResult } from '../../core/result.ts';
import { useAge } from '../i18n/use-age.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { DetailView } from './DetailView.tsx';
import { FixList } from './FixList.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { TermsOf } from './TermsOf.tsx';

type ResultCardProps = {
  readonly result: CheckResult;
  /** When it is not of just now. */
  readonly checkedAt: string | null;
  /** Said after what to do. */
  readonly children?: ReactNode;
};

export function ResultCard({ result, checkedAt, children }: ResultCardProps) {
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
        {children}
        {result.details.map((detail) => (
          <DetailView key={JSON.stringify(detail)} detail={detail} />
        ))}
      </div>
    </details>
  );
}
