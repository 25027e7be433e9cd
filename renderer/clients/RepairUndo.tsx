/** Takes the connector's part of a repair back, after asking once; what was entered stays, for a person to correct. */
import { useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
import type { Outcome } from '../../core/plan/plan.ts';
import { Button } from '../components/Button.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { OutcomeView } from '../components/OutcomeView.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { UndoView } from '../components/UndoView.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';

type RepairUndoProps = { readonly client: Client; readonly domain: string; readonly outcome: Outcome };

export function RepairUndo({ client, domain, outcome }: RepairUndoProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [asking, setAsking] = useState(false);
  const [undone, setUndone] = useState<Outcome | null>(null);
  const profile = client.sites.find((site) => site.profile.domain === domain)?.profile;
  const undo = async () => {
    const result = profile && (await run('client-undo', 'plan.undo', { environment: client.environment, profile }));
    if (result) setUndone(result);
  };
  if (undone) return <OutcomeView outcome={undone} title={t('Taken back')} />;
  return (
    <>
      <div className="row">
        <Button kind="plain" onClick={() => setAsking(true)}>
          {t('Take the change back')}
        </Button>
      </div>
      <TaskState task="client-undo" fallback={t('Taking the change back …')} onRetry={() => void undo()} />
      <Confirm
        open={asking}
        title={t('Take the change back?')}
        yes={t('Take it back')}
        kind="danger"
        onYes={() => void undo()}
        onClose={() => setAsking(false)}
      >
        <UndoView outcome={outcome} />
        <p>{t('The addresses stay entered here as they are now; correct them if need be.')}</p>
      </Confirm>
    </>
  );
}
