/** Opens a report file that somebody sent: chosen, or dropped anywhere on the page. It is read by the engine, never by the page. */
import { useEffect, useRef } from 'react';
import { MOST_BYTES } from '../../core/report/limits.ts';
import type { Review } from '../../core/report/review.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard, useWizardStore } from '../use-wizard.ts';
import { Icon } from './Icon.tsx';
import { TaskState } from './TaskState.tsx';

const TASK = 'review';

export function OpenReport({ onOpen }: { readonly onOpen: (review: Review) => void }) {
  const t = useText();
  const chooser = useRef<HTMLInputElement>(null);
  const store = useWizardStore();
  const { run, note, dismiss } = useWizard(({ run, note, dismiss }) => ({ run, note, dismiss }));
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    dismiss(TASK);
    // Told here, so that a film dropped by mistake is not read first.
    const text = file.size > MOST_BYTES ? '' : await file.text();
    if (file.size > MOST_BYTES || JSON.stringify(text).length > 2 * MOST_BYTES)
      return note({
        errors: {
          ...store.getState().errors,
          [TASK]: {
            schema: 'relayready/error@1',
            code: 'bad-input',
            message: t('{name} is larger than 16 MB; no report is.', { name: file.name }),
            remedy: t('Choose the file that ends in .relayready or .json and was saved with RelayReady.'),
            field: 'file',
            who: 'you',
            detail: null,
          },
        },
      });
    const review = await run(TASK, 'review.open', { text });
    if (review) onOpen(review);
  };
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      void latest.current(event.dataTransfer.files[0]);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <>
      <button type="button" className="tile" onClick={() => chooser.current?.click()}>
        <span className="tile-icon">
          <Icon name="folder" size={26} />
        </span>
        <span className="tile-title">{t('Open a report file')}</span>
        <span className="tile-text">
          {t('Somebody sent you one: choose it, or drop it here. You see it, and nothing is changed.')}
        </span>
      </button>
      <input
        ref={chooser}
        type="file"
        accept=".relayready,.json,application/json"
        className="hidden-input"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <div className="below-tiles">
        <TaskState task={TASK} fallback={t('Reading the file …')} />
      </div>
    </>
  );
}
