/** Somebody's report file, to read only: whose it is, what it says, and what its own evidence says when it is judged again. */
import { pathOf } from '../../core/report/path.ts';
import { differenceLine, reviewLines, type Review } from '../../core/report/review.ts';
import { verdictWord } from '../../core/report/words.ts';
import { useText } from '../i18n/use-text.ts';
import { ChecklistView } from './ChecklistView.tsx';
import { Icon } from './Icon.tsx';
import { PaperFrame } from './PaperFrame.tsx';
import { PathFigure } from './PathPicture.tsx';
import { SaveDocument } from './SaveDocument.tsx';

type ReviewPageProps = { readonly review: Review; readonly onClose: () => void };

export function ReviewPage({ review, onClose }: ReviewPageProps) {
  const t = useText();
  const { setUp, practice, judgement } = review;
  const { profile, report } = setUp;
  const name = profile.name || profile.domain || t('Unnamed set-up');
  const { outcome, test } = setUp;
  const path = pathOf({ profile, results: report?.results ?? [], outcome, test, port: null }, t);
  const differs = judgement.differing.length > 0 || judgement.verdict?.said !== judgement.verdict?.judged;
  return (
    <PaperFrame heading={t('Somebody’s file: {name}', { name })} practice={practice} onClose={onClose}>
      <section className={`note ${differs ? 'note-fail' : 'note-info'}`} aria-label={t('About this file')}>
        <Icon name={differs ? 'warning' : 'info'} size={22} />
        <div className="note-body">
          {reviewLines(review, t).map((line) => (
            <p key={line}>{line}</p>
          ))}
          {judgement.differing.length > 0 && (
            <ul>
              {judgement.differing.map((one) => (
                <li key={one.id}>
                  <strong>{differenceLine(one, t)}</strong>
                </li>
              ))}
            </ul>
          )}
        </div>
      </section>
      {report && (
        <section className="stack" aria-label={t('What it says')}>
          <h2>{t('The file says: {verdict}', { verdict: verdictWord(report.verdict, t) })}</h2>
          <PathFigure path={path} small={false} />
        </section>
      )}
      <div className="row no-print">
        <SaveDocument kind="handover" setUp={setUp} review={review}>
          {t('Save the hand-over sheet')}
        </SaveDocument>
        {report && (
          <SaveDocument kind="report" setUp={setUp} review={review}>
            {t('Save the report')}
          </SaveDocument>
        )}
        <SaveDocument kind="checklist" setUp={setUp} review={review}>
          {t('Save the checklist')}
        </SaveDocument>
      </div>
      <ChecklistView setUp={setUp} ticks={setUp.ticks ?? {}} onTick={null} />
    </PaperFrame>
  );
}
