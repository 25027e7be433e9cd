/** A problem as a text to read in full, then to save or copy; it is sent nowhere. */
import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { TaskState } from './TaskState.tsx';

const PAUSE_MS = 400;

export function ReportProblem() {
  const open = useWizard((wizard) => wizard.reporting);
  const note = useWizard((wizard) => wizard.note);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && note({ reporting: false })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="dialog dialog-wide">
          <Written />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Written() {
  const t = useText();
  const steps = useSteps();
  const { setUp, here, error, run } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    here: wizard.step,
    error: wizard.problem,
    run: wizard.run,
  }));
  const [words, setWords] = useState('');
  const [report, setReport] = useState<{ readonly text: string; readonly fileName: string } | null>(null);
  const step = steps.find(({ id }) => id === here);
  const write = async () => {
    const written = await run('problem', 'problem.write', { setUp, step: step ? t(step.title) : '', words, error });
    if (written) setReport(written);
  };
  useEffect(() => {
    const timer = setTimeout(() => void write(), words === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- written anew when the person has said more
  }, [words]);
  return (
    <>
      <Dialog.Title>{t('Report a problem')}</Dialog.Title>
      <Dialog.Description className="dialog-text">
        {t(
          'This text is all there is; read it. Passwords, addresses and names were taken out and numbered. RelayReady sends it nowhere: save it and give it to whom you like.',
        )}
      </Dialog.Description>
      <label className="field">
        <span className="field-label">{t('What happened, in your own words')}</span>
        <textarea
          className="input"
          rows={3}
          maxLength={4000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      {!report && <TaskState task="problem" fallback={t('Writing it down …')} onRetry={() => void write()} />}
      {report && (
        <section aria-label={t('The whole report')}>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
          <pre className="code-block tall" tabIndex={0}>
            {report.text}
          </pre>
        </section>
      )}
      <div className="row end">
        <Dialog.Close className="button">{t('Close')}</Dialog.Close>
        {report && <Copy text={report.text} what={t('the report')} />}
        {report && (
          <Button
            kind="primary"
            icon="save"
            onClick={() => saveFile(report.fileName, report.text, 'text/plain;charset=utf-8')}
          >
            {t('Save it as a file')}
          </Button>
        )}
      </div>
    </>
  );
}
