/** Takes back what was changed in the tenant, after asking once. */
import { useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { earlierChange } from '../locks.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import { Button } from './Button.tsx';
import { Confirm } from './Confirm.tsx';
import { OutcomeView } from './OutcomeView.tsx';
import { OtherWay } from './OtherWay.tsx';
import { TaskState } from './TaskState.tsx';
import { UndoView } from './UndoView.tsx';

export function Undo() {
  const t = useText();
  const { setUp, account, undone, run, note, put } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    account: wizard.account,
    undone: wizard.undone,
    run: wizard.run,
    note: wizard.note,
    put: wizard.put,
  }));
  const [asking, setAsking] = useState(false);
  const undo = async () => {
    const place = placeOf(setUp);
    const outcome = place && (await run('undo', 'plan.undo', place));
    if (!outcome || !setUp) return;
    note({ undone: outcome });
    if (outcome.status === 'done' || outcome.status === 'nothing-to-do')
      put({
        outcome: null,
        earlier: null,
        plan: null,
        test: null,
        finished: setUp.finished.filter((id) => id !== 'let-it-send' && id !== 'test'),
      });
  };
  const change = setUp ? earlierChange(setUp) : null;
  const changed = change?.steps.some(({ status }) => status === 'done') ?? false;
  return (
    <>
      {changed && (
        <div className="row">
          <Button kind="plain" onClick={() => setAsking(true)}>
            {t('Take the change back')}
          </Button>
          {!account && <span className="quiet">{t('This needs a sign-in.')}</span>}
        </div>
      )}
      {changed && <OtherWay work="undo" />}
      <TaskState task="undo" fallback={t('Taking the change back …')} onRetry={() => void undo()} />
      {undone && <OutcomeView outcome={undone} title={t('Taken back')} />}
      <Confirm
        open={asking}
        title={t('Take the change back?')}
        yes={t('Take it back')}
        kind="danger"
        onYes={() => void undo()}
        onClose={() => setAsking(false)}
      >
        {change && <UndoView outcome={change} />}
        <p>{t('The scanner will then no longer be able to send through Microsoft 365 to people outside.')}</p>
      </Confirm>
    </>
  );
}
