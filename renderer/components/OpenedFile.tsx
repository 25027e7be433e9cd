/** A file that was opened with the program: a report or set-up is shown read only, a profile begins a new set-up. */
import { useEffect, useRef } from 'react';
import { onOpenedFile } from '../client.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Paper } from './Paper.tsx';
import { TaskState } from './TaskState.tsx';

const TASK = 'opened';

/** Looks once when the page is there, and again whenever the window says that there is one. */
export function useOpenedFile(ready: boolean): void {
  const note = useWizard((wizard) => wizard.note);
  const run = useWizard((wizard) => wizard.run);
  const info = useWizard((wizard) => wizard.info);
  const startFrom = useWizard((wizard) => wizard.startFrom);
  useEffect(() => {
    if (!ready) return;
    const take = async (): Promise<void> => {
      const answer = await run(TASK, 'file.opened', {});
      // An error stays with the task; the page over the steps shows it.
      if (!answer) return note({ over: 'file', review: null });
      const { file } = answer;
      if (file === null) return;
      if (file.profile) return startFrom(info?.startEnvironment ?? 'public', file.profile, null);
      note({ over: 'file', review: null });
      const review = await run(TASK, 'review.open', { text: file.text });
      if (review) note({ over: 'file', review });
    };
    void take();
    return onOpenedFile(() => void take());
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the page is ready
  }, [ready]);
}

export function OpenedFile() {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { setUp, review, note } = useWizard(({ setUp, review, note }) => ({ setUp, review, note }));
  const close = () => note({ over: null, review: null });
  if (review) return <Paper review={review} setUp={setUp} onClose={close} />;
  return (
    <>
      <article className="page">
        <h1 ref={title} tabIndex={-1}>
          {t('Open a report file')}
        </h1>
        <TaskState task={TASK} fallback={t('Opening …')} />
      </article>
      <footer className="actions">
        <span className="grow" />
        <Button onClick={close}>{t('Close')}</Button>
      </footer>
    </>
  );
}
