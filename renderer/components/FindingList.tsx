/** Remarks that belong to a plan, an outcome or a caught message. */
import type { Who } from '../../core/result.ts';
import { useText } from '../i18n/use-text.ts';
import { FixList } from './FixList.tsx';
import { Icon, type IconName } from './Icon.tsx';

type Remark = {
  readonly severity: 'good' | 'info' | 'warning' | 'blocker';
  readonly text: string;
  readonly fix?: readonly string[];
  readonly who?: Who;
};

const LOOKS: Readonly<Record<Remark['severity'], { readonly note: string; readonly icon: IconName }>> = {
  good: { note: 'note-pass', icon: 'good' },
  info: { note: 'note-info', icon: 'info' },
  warning: { note: 'note-warn', icon: 'warning' },
  blocker: { note: 'note-fail', icon: 'stop' },
};

export function FindingList({ findings }: { readonly findings: readonly Remark[] }) {
  const t = useText();
  if (findings.length === 0) return null;
  return (
    <ul className="findings" aria-label={t('Remarks')}>
      {findings.map((finding) => (
        <li key={finding.text} className={`note ${LOOKS[finding.severity].note}`}>
          <Icon name={LOOKS[finding.severity].icon} size={22} />
          <div className="note-body">
            <p className="note-title">{finding.text}</p>
            <FixList fix={finding.fix ?? []} who={finding.who ?? 'nobody'} />
          </div>
        </li>
      ))}
    </ul>
  );
}
