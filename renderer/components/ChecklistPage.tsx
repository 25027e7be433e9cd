/** The checklist as a page of the wizard: ticks are kept in the set-up; without one they last as long as the page. */
import { useState } from 'react';
import { isPractice } from '../../core/report/facts.ts';
import type { SetUp, Tick } from '../../core/set-up.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { ChecklistView, type OnTick } from './ChecklistView.tsx';
import { PaperFrame } from './PaperFrame.tsx';
import { SaveDocument } from './SaveDocument.tsx';

type ChecklistPageProps = { readonly setUp: SetUp | null; readonly onClose: () => void };

const MOST_INITIALS = 5;

export function ChecklistPage({ setUp, onClose }: ChecklistPageProps) {
  const t = useText();
  const put = useWizard((wizard) => wizard.put);
  const [here, setHere] = useState<Readonly<Record<string, Tick>>>({});
  const [initials, setInitials] = useState('');
  const ticks = setUp ? (setUp.ticks ?? {}) : here;
  const onTick: OnTick = (point, ticked) => {
    const { [point]: _, ...others } = ticks;
    const next = ticked ? { ...others, [point]: { at: new Date().toISOString(), by: initials.trim() } } : others;
    if (setUp) put({ ticks: next });
    else setHere(next);
  };
  return (
    <PaperFrame
      heading={t('Checklist: a scanner that sends through Microsoft 365')}
      practice={isPractice(setUp)}
      onClose={onClose}
    >
      <p className="lead">
        {setUp
          ? t(
              'Each step tells what was found and by what evidence. Tick what you have seen yourself, with your initials.',
            )
          : t(
              'Each step tells what to do by hand and what proves it. Ticks are gone when you close this page; on paper they stay.',
            )}
      </p>
      <div className="row no-print">
        <label className="row" htmlFor="initials">
          <span className="field-label">{t('Your initials')}</span>
          <input
            id="initials"
            className="input input-short"
            maxLength={MOST_INITIALS}
            autoComplete="off"
            value={initials}
            onChange={(event) => setInitials(event.target.value)}
          />
        </label>
        <SaveDocument kind="checklist" setUp={setUp} icon="print">
          {t('Save the checklist')}
        </SaveDocument>
      </div>
      <ChecklistView setUp={setUp} ticks={ticks} onTick={onTick} />
    </PaperFrame>
  );
}
