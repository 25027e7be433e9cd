/** The pages that are papers, fetched when one is wanted: most people never open them, and the start is quicker without. */
import { lazy, Suspense } from 'react';
import type { Review } from '../../core/report/review.ts';
import type { SetUp } from '../../core/set-up.ts';
import { useText } from '../i18n/use-text.ts';
import { Icon } from './Icon.tsx';

const ChecklistPage = lazy(async () => ({ default: (await import('./ChecklistPage.tsx')).ChecklistPage }));
const ReviewPage = lazy(async () => ({ default: (await import('./ReviewPage.tsx')).ReviewPage }));

type PaperProps = {
  /** Somebody's file, or else the checklist of this set-up. */
  readonly review: Review | null;
  readonly setUp: SetUp | null;
  readonly onClose: () => void;
};

export function Paper({ review, setUp, onClose }: PaperProps) {
  const t = useText();
  return (
    <Suspense
      fallback={
        <output className="starting">
          <Icon name="spinner" size={28} /> {t('Opening …')}
        </output>
      }
    >
      {review ? <ReviewPage review={review} onClose={onClose} /> : <ChecklistPage setUp={setUp} onClose={onClose} />}
    </Suspense>
  );
}
