/** A change that was sent and never answered: sign in, look, then keep it, take it back, or make it again. */
import type { PendingIntent } from '../../core/calls/program.ts';
import { environmentOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';
import { usePending } from './use-pending.ts';

export function PendingChange({ intent }: { readonly intent: PendingIntent }) {
  const t = useText();
  const { task, running, look, settle } = usePending(intent);
  const { goTo, put, note } = useWizard(({ goTo, put, note }) => ({ goTo, put, note }));
  const keep = async () => {
    const settled = await settle('pending.adopt');
    if (!settled) return;
    if (settled.done) put({ outcome: settled.done });
    goTo('let-it-send');
  };
  const takeBack = async () => {
    const settled = await settle('pending.undo');
    if (!settled) return;
    put({ outcome: null, plan: null, test: null });
    goTo('let-it-send');
    note({ undone: settled.done });
  };
  const again = async () => {
    if (await settle('pending.close')) goTo('let-it-send');
  };
  return (
    <>
      {intent.state === 'not-looked-up' && !intent.canLook && <SignInFirst intent={intent} />}
      <TaskState task={task} fallback={t('Looking in Microsoft 365 …')} onRetry={() => void look()} />
      <div className="row">
        {intent.state === 'not-looked-up' && intent.canLook && (
          <Button kind="primary" busy={running} onClick={() => void look()}>
            {t('Look in Microsoft 365')}
          </Button>
        )}
        {intent.state === 'took-effect' && (
          <>
            <Button kind="primary" busy={running} onClick={() => void keep()}>
              {t('Keep it and go on')}
            </Button>
            {intent.kind === 'apply' && (
              <Button kind="plain" busy={running} onClick={() => void takeBack()}>
                {t('Take it back')}
              </Button>
            )}
          </>
        )}
        {intent.state === 'no-effect' && (
          <>
            <Button kind="primary" busy={running} onClick={() => void again()}>
              {t('Go there and try again')}
            </Button>
            <Button kind="plain" busy={running} onClick={() => void settle('pending.close')}>
              {t('Leave it as it is')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

/** Only who is signed in where it was sent can look; or the matter is closed without looking. */
function SignInFirst({ intent }: { readonly intent: PendingIntent }) {
  const t = useText();
  const { settle, refresh } = usePending(intent);
  const { place, environment, signIn, note } = useWizard((wizard) => ({
    place: wizard.setUp?.environment === intent.environment ? wizard.setUp : null,
    environment: environmentOf(wizard),
    signIn: wizard.run,
    note: wizard.note,
  }));
  const start = async () => {
    const where = placeOf(place);
    const account = where && (await signIn('sign-in', 'sign-in.start', where));
    if (!account) return;
    note({ account });
    await refresh();
  };
  const mayStart = placeOf(place) !== null && (environment?.canSignIn ?? false);
  return (
    <>
      <p>
        {mayStart
          ? t('To look, somebody has to sign in to the Microsoft 365 it was sent to.')
          : t('To look, open the set-up it belongs to and sign in there; then come back to this page from the start.')}
      </p>
      <TaskState task="sign-in" fallback={t('Waiting for the sign-in …')} onRetry={() => void start()} />
      <div className="row">
        {mayStart && (
          <Button kind="primary" onClick={() => void start()}>
            {t('Sign in with Microsoft')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => void settle('pending.close')}>
          {t('Close this without looking')}
        </Button>
      </div>
    </>
  );
}
