/** The side list of steps: where one is, what is done, what is still locked; icon and word. */
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { isShown, markOf, type Mark } from '../locks.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Icon, type IconName } from './Icon.tsx';

const MARKS: Readonly<Record<Mark | 'now', { readonly icon: IconName; readonly word: Text | null }>> = {
  now: { icon: 'now', word: say('Now') },
  locked: { icon: 'lock', word: say('Later') },
  open: { icon: 'dot', word: null },
  done: { icon: 'good', word: say('Done') },
  skipped: { icon: 'skip', word: say('Left out') },
  attention: { icon: 'stop', word: say('Needs doing') },
  unsure: { icon: 'question', word: say('Could not tell') },
};

/** Their icons say enough to the eye. */
const QUIET: readonly Mark[] = ['locked', 'open', 'done'];

export function StepList({ onChoose }: { readonly onChoose?: () => void }) {
  const t = useText();
  const steps = useSteps();
  const { setUp, here, goTo } = useWizard(({ setUp, step, over, goTo }) => ({
    setUp,
    here: over === 'clients' ? null : step,
    goTo,
  }));
  return (
    <ol className="steps">
      {steps
        .filter((step) => isShown(step, setUp))
        .map((step) => {
          const mark = markOf(step, steps, setUp);
          const now = step.id === here;
          const { icon, word } = now && mark !== 'attention' ? MARKS.now : MARKS[mark];
          const choose = () => {
            goTo(step.id);
            onChoose?.();
          };
          return (
            <li key={step.id}>
              <button
                type="button"
                className={`step mark-${mark}`}
                aria-current={now ? 'step' : undefined}
                disabled={mark === 'locked'}
                onClick={choose}
              >
                <Icon name={icon} size={20} />
                <span>{t(step.title)}</span>
                {word && <span className={QUIET.includes(mark) ? 'hidden' : 'step-mark'}>{t(word)}</span>}
              </button>
            </li>
          );
        })}
    </ol>
  );
}
