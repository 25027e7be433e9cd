/** Chooses what to practise, grouped by where on the way it goes wrong; says what one will learn. */
import { Fragment, useId, useState } from 'react';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import type { ScenarioInfo, ScenarioPlace } from '../../core/calls/program.ts';
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

const PLACES: readonly { readonly place: ScenarioPlace; readonly name: Text }[] = [
  { place: 'nothing', name: say('To begin with: nothing goes wrong') },
  { place: 'line', name: say('It goes wrong on the internet line') },
  { place: 'domain', name: say('It goes wrong with the domain and its records') },
  { place: 'sign-in', name: say('It goes wrong with the rights') },
  { place: 'microsoft', name: say('It goes wrong at Microsoft') },
];

export function PracticeChoice() {
  const t = useText();
  const labelId = useId();
  const { info, startPractice } = useWizard(({ info, startPractice }) => ({ info, startPractice }));
  const scenarios = info?.scenarios ?? [];
  const running = info?.environments.find(({ practice }) => practice !== null)?.practice;
  const [chosen, setChosen] = useState(running ?? scenarios[0]?.id ?? '');
  const scenario = scenarios.find(({ id }) => id === chosen);
  const begin = () => {
    if (scenario) void startPractice(scenario.id, scenario.title);
  };
  return (
    <section className="card" aria-label={t('Practice')}>
      <p id={labelId} className="field-label">
        {t('What would you like to practise?')}
      </p>
      <RadioGroup aria-labelledby={labelId} className="practice-groups" value={chosen} onValueChange={setChosen}>
        {PLACES.map(({ place, name }) => (
          <Fragment key={place}>
            <h2 className="practice-place">{t(name)}</h2>
            <div className="practice-cards">
              {scenarios
                .filter((one) => one.place === place)
                .map((one) => (
                  <ScenarioCard key={one.id} scenario={one} />
                ))}
            </div>
          </Fragment>
        ))}
      </RadioGroup>
      <div className="practice-start">
        <TaskState task="practice" fallback={t('Starting the simulated Microsoft 365 …')} onRetry={begin} />
        <span className="row spread">
          {scenario && <span className="quiet">{t('Chosen: {title}', { title: scenario.title })}</span>}
          <Button kind="primary" onClick={begin}>
            {t('Start practising')}
          </Button>
        </span>
      </div>
    </section>
  );
}

function ScenarioCard({ scenario }: { readonly scenario: ScenarioInfo }) {
  const t = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the radio inside is the control
    <label className="choice-card">
      <Radio.Root value={scenario.id} className="radio" aria-label={scenario.title}>
        <Radio.Indicator className="radio-mark" />
      </Radio.Root>
      <span>
        <span className="choice-title">{scenario.title}</span>
        <span className="choice-text">{scenario.story}</span>
        <span className="choice-text practice-learn">{t('You will learn: {what}', { what: scenario.learn })}</span>
      </span>
    </label>
  );
}
