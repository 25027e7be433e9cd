/** What RelayReady is made with, and under which licences; read when somebody opens it. */
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { TaskState } from './TaskState.tsx';

const TASK = 'licences';

export function Licences() {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [text, setText] = useState<string | null>(null);
  const read = async (): Promise<void> => {
    const answer = await run(TASK, 'app.licences', {});
    if (answer) setText(answer.text);
  };
  return (
    <details className="more" onToggle={(event) => event.currentTarget.open && text === null && void read()}>
      <summary>{t('Licences of what RelayReady is made with')}</summary>
      <TaskState task={TASK} fallback={t('Reading the licences …')} />
      {text !== null && (
        <textarea
          className="licences"
          readOnly
          rows={16}
          lang="en"
          aria-label={t('Licences of what RelayReady is made with')}
          value={text}
        />
      )}
    </details>
  );
}
