/** Chooses what to practise; each scenario goes right or wrong in its own way. */
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Choice } from './Choice.tsx';
import { TaskState } from './TaskState.tsx';

export function PracticeChoice() {
  const t = useText();
  const { info, startPractice } = useWizard(({ info, startPractice }) => ({ info, startPractice }));
  const scenarios = info?.scenarios ?? [];
  const running = info?.environments.find(({ practice }) => practice !== null)?.practice;
  const [chosen, setChosen] = useState(running ?? scenarios[0]?.id ?? '');
  const scenario = scenarios.find(({ id }) => id === chosen);
  const begin = () => {
    if (scenario) void startPractice(scenario.id, scenario.title);
  };
  return (
    <section className="card stack" aria-label={t('Practice')}>
      <Choice
        label={t('What would you like to practise?')}
        options={scenarios.map(({ id, title, story }) => ({ value: id, title, text: story }))}
        value={chosen}
        onValue={setChosen}
      />
      <TaskState task="practice" fallback={t('Starting the simulated Microsoft 365 …')} onRetry={begin} />
      <div className="row">
        <Button kind="primary" onClick={begin}>
          {t('Start practising')}
        </Button>
      </div>
    </section>
  );
}
