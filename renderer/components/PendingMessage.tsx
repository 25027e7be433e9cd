/** A test message that was sent and never answered: the mailbox knows; so does Microsoft's trace. */
import type { PendingIntent } from '../../core/calls/program.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';
import { usePending } from './use-pending.ts';

export function PendingMessage({ intent }: { readonly intent: PendingIntent }) {
  const t = useText();
  const goTo = useWizard((wizard) => wizard.goTo);
  const { task, running, look, settle } = usePending(intent);
  const again = async () => {
    if (await settle('pending.close')) goTo('test');
  };
  return (
    <>
      <p>{t('Look into the mailbox of the recipient, also into the junk folder. It may take some minutes.')}</p>
      <TaskState task={task} fallback={t('Asking Microsoft …')} onRetry={() => void look()} />
      <div className="row">
        <Button kind="plain" busy={running} onClick={() => void settle('pending.adopt')}>
          {t('It has arrived')}
        </Button>
        <Button kind="plain" busy={running} onClick={() => void again()}>
          {t('It has not arrived; go to the test')}
        </Button>
        {intent.canLook && (
          <Button kind="quiet" busy={running} onClick={() => void look()}>
            {t('What did Microsoft do with it?')}
          </Button>
        )}
        <Button kind="quiet" busy={running} onClick={() => void settle('pending.close')}>
          {t('Leave it unknown')}
        </Button>
      </div>
    </>
  );
}
