/** One thing that was found, with its evidence: for the checklist and for a reviewer; what is open lies open. */
import type { Found } from '../../core/report/checklist.ts';
import type { Detail } from '../../core/result.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { DetailView } from './DetailView.tsx';
import { FixList } from './FixList.tsx';
import { StatusBadge } from './StatusBadge.tsx';

/** An address that a stranger wrote is read, not clicked. */
const written = (detail: Detail): Detail =>
  detail.kind === 'link' ? { kind: 'facts', rows: [{ label: detail.label, value: detail.url }] } : detail;

export function FoundCard({ found }: { readonly found: Found }) {
  const t = useText();
  const moment = useMoment();
  const { status } = found;
  const open = status === 'fail' || status === 'warn' || status === 'unknown';
  return (
    <details className={`check state-${status}`} open={open}>
      <summary>
        <span className="check-head">
          <span className="check-title">{found.title}</span>
          <span className="check-summary">{found.summary}</span>
        </span>
        {found.at !== null && <span className="old">{moment(found.at)}</span>}
        <StatusBadge state={status} />
      </summary>
      <div className="check-body">
        {found.why !== null && <p className="why">{found.why}</p>}
        {found.cause !== null && <p>{found.cause}</p>}
        {open && <FixList fix={found.fix} who={found.who} />}
        {found.evidence.length > 0 && (
          <div className="evidence">
            <p className="small-title">{t('Evidence')}</p>
            <DetailView detail={{ kind: 'facts', rows: [...found.evidence] }} />
          </div>
        )}
        {found.details.map((detail) => (
          <DetailView key={JSON.stringify(detail)} detail={written(detail)} />
        ))}
      </div>
    </details>
  );
}
