/** Says what an altered answer took back: at once on the page of the answer, and on each step that is to be done again. */
import { useText } from '../i18n/use-text.ts';
import type { Answer } from '../steps/step.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Icon } from './Icon.tsx';
import { ANSWER_WORDS } from './words.ts';

export function TakenBack({ step }: { readonly step: string }) {
  const t = useText();
  const steps = useSteps();
  const { takenBack, tookBack } = useWizard(({ setUp, tookBack }) => ({ takenBack: setUp?.takenBack, tookBack }));
  const list = new Intl.ListFormat(t.language, { type: 'conjunction' });
  const named = (ids: readonly string[]): string =>
    list.format(steps.filter(({ id }) => ids.includes(id)).map(({ title }) => t('“{name}”', { name: t(title) })));
  const answers = (takenBack?.[step] ?? []).flatMap((answer) => {
    const word = ANSWER_WORDS[answer as Answer];
    return word ? [t('“{name}”', { name: t(word) })] : [];
  });
  const others = tookBack.filter((id) => id !== step);
  return (
    <output>
      {others.length > 0 && (
        <span className="note note-info">
          <Icon name="info" size={22} />
          <span className="note-body">
            {t('What you changed here has to be looked at again in {steps}. Type the former answer to keep it.', {
              steps: named(others),
            })}
          </span>
        </span>
      )}
      {answers.length > 0 && others.length === 0 && (
        <span className="note note-info">
          <Icon name="info" size={22} />
          <span className="note-body">
            {t('This step has to be done again, because {answers} was changed.', { answers: list.format(answers) })}
          </span>
        </span>
      )}
    </output>
  );
}
