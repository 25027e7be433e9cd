/** The checks of the step: how far they are, what they found, and asking again. */
import { useEffect, useRef, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { belongs } from '../steps/step.ts';
import { useSteps, useWizard, useWizardStore } from '../use-wizard.ts';
import { checkTask } from '../wizard.ts';
import { Button } from './Button.tsx';
import { CheckList } from './CheckList.tsx';
import type { Work } from '../other-ways.ts';
import { OtherWay } from './OtherWay.tsx';
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
  /** What a person may do instead. */
  readonly work?: Work;
};

export function StepChecks({ step, auto = false, onAgain, work }: StepChecksProps) {
  const t = useText();
  const { asked, running, failed } = useStepChecks(step);
  const check = useWizard((wizard) => wizard.check);
  const start = () => void check(step);
  const { place, told } = useTold(step, running);
  useEffect(() => {
    if (auto && !asked && !running && !failed) start();
    // Once, on arrival: an answer altered later waits for the person.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  return (
    <section ref={place} className="stack" aria-label={t('What was found')}>
      <output className="hidden">{told}</output>
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
      {work && <OtherWay work={work} step={step} />}
    </section>
  );
}

/** The last results come with the end of the run or a moment after it. */
const SETTLE_MS = 100;

/** When the checks are over, says what came out; what went wrong gets the focus unless somebody is typing. */
function useTold(step: string, running: boolean) {
  const t = useText();
  const place = useRef<HTMLElement>(null);
  const ran = useRef(false);
  const [told, setTold] = useState('');
  const rules = useSteps().find(({ id }) => id === step);
  const store = useWizardStore();
  useEffect(() => {
    const ended = ran.current && !running;
    ran.current = running;
    if (!ended) return undefined;
    const timer = setTimeout(() => {
      const { setUp, errors } = store.getState();
      if (checkTask(step) in errors) return;
      const results = setUp?.report?.results.filter((result) => rules && belongs(rules, result)) ?? [];
      const bad = results.filter(({ status }) => status === 'fail').length;
      setTold(
        bad === 0
          ? t('Checked: nothing has to be done here.')
          : t('Checked: {bad, plural, one {# thing needs} other {# things need}} doing.', { bad }),
      );
      const free = !document.activeElement?.matches('input, textarea, select, [role="alert"]');
      if (free) place.current?.querySelector<HTMLElement>('.state-fail > summary')?.focus();
    }, SETTLE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when the checks have ended
  }, [running]);
  return { place, told };
}
