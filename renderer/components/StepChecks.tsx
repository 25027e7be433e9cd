/** The checks of the step: how far they are, what they found, and asking again. */
import { useEffect } from 'react';
import { useText } from '../i18n/use-text.ts';
import { belongs } from '../steps/step.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { checkTask } from '../wizard.ts';
import { Button } from './Button.tsx';
import { CheckList } from './CheckList.tsx';
import { TaskState } from './TaskState.tsx';

/** What a step's page needs to know about its checks. */
export function useStepChecks(step: string) {
  const rules = useSteps().find(({ id }) => id === step);
  return useWizard((wizard) => ({
    asked: wizard.setUp?.report?.results.some((result) => rules && belongs(rules, result)) ?? false,
    running: checkTask(step) in wizard.runs,
    failed: checkTask(step) in wizard.errors,
  }));
}

type StepChecksProps = {
  readonly step: string;
  /** Starts by itself when nothing has been asked yet. */
  readonly auto?: boolean;
  readonly onAgain?: () => void;
};

export function StepChecks({ step, auto = false, onAgain }: StepChecksProps) {
  const t = useText();
  const { asked, running, failed } = useStepChecks(step);
  const check = useWizard((wizard) => wizard.check);
  const start = () => void check(step);
  useEffect(() => {
    if (auto && !asked && !running && !failed) start();
    // Once, on arrival: an answer altered later waits for the person.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <section className="stack" aria-label={t('What was found')}>
      <TaskState task={checkTask(step)} fallback={t('Looking …')} onRetry={start} />
      <CheckList step={step} label={t('What was found')} />
      {asked && (
        <div className="row">
          <Button
            kind="plain"
            busy={running}
            onClick={() => {
              start();
              onAgain?.();
            }}
          >
            {t('Check again')}
          </Button>
        </div>
      )}
    </section>
  );
}
