/** Sign in: who has to and why, with which rights; or somebody else does it, by script, clicks or letter. */
import { useState } from 'react';
import { say } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { ByHand } from '../components/ByHand.tsx';
import { Register } from '../components/Register.tsx';
import { SignedInAs } from '../components/SignedInAs.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { WhatIsThis } from '../components/WhatIsThis.tsx';
import { environmentOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import type { Step } from './step.ts';

/** The two steps done in the tenant; who does one by hand does both. */
const IN_THE_TENANT = ['let-it-send'];

function SignInPage() {
  const t = useText();
  const { account, setUp, canSignIn, running, run, note, finish } = useWizard((wizard) => ({
    account: wizard.account,
    setUp: wizard.setUp,
    canSignIn: environmentOf(wizard)?.canSignIn ?? false,
    running: 'sign-in' in wizard.runs,
    run: wizard.run,
    note: wizard.note,
    finish: wizard.finish,
  }));
  const [otherWay, setOtherWay] = useState(!canSignIn && !account);
  const place = placeOf(setUp);
  const signIn = async (deviceCode: boolean) => {
    if (!place) return;
    const signedIn = await run('sign-in', 'sign-in.start', { ...place, deviceCode });
    if (!signedIn) return;
    note({ account: signedIn });
    finish('sign-in');
  };
  const signOut = async () => {
    if (place && (await run('forget', 'sign-in.forget', { environment: place.environment }))) note({ account: null });
  };
  return (
    <StepPage
      id="sign-in"
      lead={
        <p>
          {t(
            'Somebody who administers your Microsoft 365 has to agree that {domain} may be used by the scanner. That takes a sign-in on Microsoft’s own page.',
            { domain: place?.profile.domain ?? '' },
          )}
        </p>
      }
      first={account || !canSignIn ? null : { name: t('Sign in with Microsoft'), run: () => void signIn(false) }}
      blocker={() => {
        if (running) return { text: say('Finish the sign-in in your browser, or cancel it.') };
        if (!account && !canSignIn) return { text: say('Use one of the other ways shown here.') };
        return null;
      }}
      skipAlso={IN_THE_TENANT}
    >
      {account ? (
        <section className="card row spread">
          <SignedInAs account={account} onSignOut={() => void signOut()} />
        </section>
      ) : (
        <WhoHasTo canSignIn={canSignIn} />
      )}
      <TaskState task="sign-in" fallback={t('Waiting for the sign-in …')} onRetry={() => void signIn(false)} />
      <TaskState task="forget" fallback={t('Signing out …')} />
      {!account && !canSignIn && <Register />}
      {!account && (
        <div className="row">
          <Button kind="plain" onClick={() => setOtherWay(!otherWay)}>
            {otherWay ? t('Hide the other ways') : t('I’ll do it another way')}
          </Button>
          {canSignIn && (
            <Button kind="quiet" onClick={() => void signIn(true)}>
              {t('Sign in on another device with a code')}
            </Button>
          )}
        </div>
      )}
      {otherWay && !account && <ByHand doneStep="sign-in" also={IN_THE_TENANT} />}
    </StepPage>
  );
}

function WhoHasTo({ canSignIn }: { readonly canSignIn: boolean }) {
  const t = useText();
  return (
    <section className="card stack">
      <h2>{t('Who can sign in?')}</h2>
      <p>
        {t(
          'An Exchange administrator is enough; a global administrator can do it too. If that is somebody else, ask them to sit down here for a minute, or choose another way.',
        )}
      </p>
      <ul className="ticks">
        <li>{t('RelayReady may read and change mail settings, only while you are signed in.')}</li>
        <li>{t('It never sees your password and keeps nothing: when it closes, it is signed out.')}</li>
        <li>{t('Nothing changes by signing in. You see every change first.')}</li>
      </ul>
      <div>
        <WhatIsThis term={t('Permission: manage Exchange as the signed-in person (Exchange.Manage)')}>
          {t(
            'RelayReady can do no more than the person who signs in, and only with mail settings. Your company’s own rules, such as a second factor, stay in force.',
          )}
        </WhatIsThis>
      </div>
      {!canSignIn && (
        <p className="note note-info">
          {t(
            'This copy has no application id to sign in with. Register one below, or choose one of the other ways; they do the same.',
          )}
        </p>
      )}
    </section>
  );
}

export const signIn: Step = {
  id: 'sign-in',
  title: say('Sign in'),
  needs: ['address', 'line', 'way'],
  hangsOn: ['domain', 'environment'],
  stations: [],
  findings: [],
  skip: say('Somebody else does this part'),
  Page: SignInPage,
};
