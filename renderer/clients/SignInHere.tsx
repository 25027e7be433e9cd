/** Signing in to the client's own organisation, from the page that needs it. */
import { Button } from '../components/Button.tsx';
import { SignedInAs } from '../components/SignedInAs.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import type { AccountState } from './use-account.ts';

type SignInHereProps = { readonly account: AccountState; readonly needed: boolean };

export function SignInHere({ account: { account, canSignIn, signIn, signOut }, needed }: SignInHereProps) {
  const t = useText();
  if (!account && !needed) return null;
  return (
    <section className="card stack" aria-label={t('Sign-in')}>
      {account ? (
        <div className="row spread">
          <SignedInAs account={account} onSignOut={() => void signOut()} />
        </div>
      ) : canSignIn ? (
        <>
          <p>
            {t(
              'An administrator of this client signs in on Microsoft’s own page. It ends when you leave this page, so that it is not used for the next client.',
            )}
          </p>
          <div className="row">
            <Button kind="primary" onClick={() => void signIn(false)}>
              {t('Sign in with Microsoft')}
            </Button>
            <Button kind="quiet" onClick={() => void signIn(true)}>
              {t('Sign in on another device with a code')}
            </Button>
          </div>
        </>
      ) : (
        <p>
          {t(
            'This copy has no application id to sign in with. Open the office as a set-up: there the same can be done by script or by clicks.',
          )}
        </p>
      )}
      <TaskState task="client-sign-in" fallback={t('Waiting for the sign-in …')} onRetry={() => void signIn(false)} />
      <TaskState task="client-forget" fallback={t('Signing out …')} />
    </section>
  );
}
