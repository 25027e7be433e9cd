/** Which version this is, and newer ones: looked for, fetched and installed only at the press of a button. */
import { useState } from 'react';
import type { UpdateState } from '../../core/calls/updates.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

const TASK = 'update';

export function Updates() {
  const t = useText();
  const { version, running, run } = useWizard((wizard) => ({
    version: wizard.info?.version ?? '',
    running: wizard.runs[TASK] !== undefined,
    run: wizard.run,
  }));
  const [known, setKnown] = useState<UpdateState | null>(null);
  const ask = async (method: 'app.update' | 'app.update-look' | 'app.update-download'): Promise<void> => {
    const answer = await run(TASK, method, {});
    if (answer) setKnown(answer);
  };
  return (
    <details className="more" onToggle={() => known === null && void ask('app.update')}>
      <summary>{t('RelayReady {version}', { version })}</summary>
      <div className="stack" aria-live="polite">
        {known?.state === 'off' && <p>{known.why}</p>}
        {known?.state === 'not-looked' && (
          <p>{t('Nobody has looked for a newer version yet. RelayReady looks only when you ask.')}</p>
        )}
        {known?.state === 'current' && <p>{t('There is no newer version.')}</p>}
        {known?.state === 'available' && (
          <p>{t('Version {version} is there. It is fetched when you say so.', { version: known.version ?? '' })}</p>
        )}
        {known?.state === 'ready' && (
          <p>
            {t('Version {version} is here. Install it when you are done: RelayReady closes and opens again.', {
              version: known.version ?? '',
            })}
          </p>
        )}
        <TaskState task={TASK} fallback={t('Asking the update server …')} />
        {!running && (
          <Next
            known={known}
            onAsk={(method) => void ask(method)}
            onInstall={() => void run(TASK, 'app.update-install', {})}
          />
        )}
      </div>
    </details>
  );
}

type NextProps = {
  readonly known: UpdateState | null;
  readonly onAsk: (method: 'app.update-look' | 'app.update-download') => void;
  readonly onInstall: () => void;
};

function Next({ known, onAsk, onInstall }: NextProps) {
  const t = useText();
  if (known?.state === 'not-looked' || known?.state === 'current')
    return (
      <div className="row">
        <Button onClick={() => onAsk('app.update-look')}>{t('Look for a newer version')}</Button>
      </div>
    );
  if (known?.state === 'available')
    return (
      <div className="row">
        <Button kind="primary" onClick={() => onAsk('app.update-download')}>
          {t('Fetch version {version}', { version: known.version ?? '' })}
        </Button>
      </div>
    );
  if (known?.state === 'ready')
    return (
      <div className="row">
        <Button kind="primary" onClick={onInstall}>
          {t('Close RelayReady and install')}
        </Button>
      </div>
    );
  return null;
}
