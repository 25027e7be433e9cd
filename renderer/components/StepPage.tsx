/** The frame of every step: heading, lead, content, and the way back, around and on. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { previousStep } from '../locks.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { OldFacts } from './OldFacts.tsx';
import { PageWords } from './PageWords.tsx';
import { TakenBack } from './TakenBack.tsx';

/** Why one cannot go on yet, and the id of what to fill in. */
export type Blocker = { readonly text: Text; readonly focus?: string };

/** The kept answer behind it is an older one; going on with that would surprise. */
const UNREAD = say('Correct the marked field first, or empty it.');

type StepPageProps = {
  readonly id: string;
  readonly heading?: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** What has to be done here before going on; it takes the place of "Continue". */
  readonly first?: { readonly name: string; readonly run: () => void } | null;
  /** Asked when the main button is pressed; null: nothing is missing. */
  readonly blocker?: () => Blocker | null;
  readonly onContinue?: () => void;
  /** Steps left out together with this one. */
  readonly skipAlso?: readonly string[];
  /** The last page has nowhere to go on to. */
  readonly last?: boolean;
};

export function StepPage(props: StepPageProps) {
  const { id, heading, lead, children, first = null, blocker, onContinue, skipAlso, last = false } = props;
  const t = useText();
  const steps = useSteps();
  const title = useRef<HTMLHeadingElement>(null);
  const { setUp, finish, skip, goTo } = useWizard(({ setUp, finish, skip, goTo }) => ({ setUp, finish, skip, goTo }));
  const [pressed, setPressed] = useState<{ readonly found: Blocker | null; readonly at: typeof setUp } | null>(null);
  // Told until something was answered.
  const blocked = pressed?.at === setUp ? (pressed?.found ?? null) : null;
  const step = steps.find((candidate) => candidate.id === id);
  const back = previousStep(id, steps, setUp);
  // Once a step is complete, leaving it out would only confuse.
  const looked = step ? step.stations.length > 0 || step.findings.some((finding) => setUp?.[finding]) : false;
  const complete = first === null && (blocker?.() ?? null) === null && looked;
  useEffect(() => title.current?.focus(), []);
  const go = () => {
    const unread = document.querySelector<HTMLElement>('#step [data-invalid] .input');
    const found = unread ? { text: UNREAD, focus: unread.id } : (blocker?.() ?? null);
    setPressed({ found, at: setUp });
    if (found) document.getElementById(found.focus ?? '')?.focus();
    else if (first) first.run();
    else {
      onContinue?.();
      finish(id);
    }
  };
  if (!step) return null;
  return (
    <>
      <article className="page">
        <h1 ref={title} tabIndex={-1}>
          {heading ?? t(step.title)}
        </h1>
        <div className="lead">{lead}</div>
        <TakenBack step={id} />
        <OldFacts />
        {children}
        <PageWords />
      </article>
      {back !== null && (
        <footer className="actions">
          <div role="alert" className={blocked ? 'blocked' : 'hidden'}>
            {blocked && (
              <>
                <Icon name="info" size={18} /> {t(blocked.text)}
              </>
            )}
          </div>
          <Button kind="plain" icon="back" onClick={() => goTo(back)}>
            {t('Back')}
          </Button>
          <span className="grow" />
          {step.skip && !complete && (
            <Button kind="quiet" onClick={() => skip(id, skipAlso)}>
              {t(step.skip)}
            </Button>
          )}
          {!last && (
            <Button kind="primary" onClick={go}>
              {first?.name ?? t('Continue')}
            </Button>
          )}
        </footer>
      )}
    </>
  );
}
