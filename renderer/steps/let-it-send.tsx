/** Let it send: what will change, before and after; ask once; apply; what was read back; take it back. */
import { useEffect, useState } from 'react';
import type { SetUp } from '../../core/set-up.ts';
import { say, type Translate } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { ByHand } from '../components/ByHand.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { FindingList } from '../components/FindingList.tsx';
import { OutcomeView } from '../components/OutcomeView.tsx';
import { PracticeNote } from '../components/PracticeNote.tsx';
import { PlanView } from '../components/PlanView.tsx';
import { StepChecks } from '../components/StepChecks.tsx';
import { StepPage, type Blocker } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { Undo } from '../components/Undo.tsx';
import { WhatIsThis } from '../components/WhatIsThis.tsx';
import { sendingAddress } from '../facts.ts';
import { earlierChange } from '../locks.ts';
import { useText } from '../i18n/use-text.ts';
import { useFocusAfter } from '../use-focus-after.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import type { Step } from './step.ts';

/** The whole change in one plain sentence. */
function intent(setUp: SetUp, t: Translate): string {
  const { domain, connector } = setUp.profile;
  return connector.authentication === 'certificate'
    ? t('Let {name} send as {domain}', { name: connector.certificateName ?? t('the certificate'), domain })
    : t('Let {address} send as {domain}', { address: sendingAddress(setUp) ?? t('this office'), domain });
}

function usePlan() {
  const wizard = useWizard(({ setUp, account, runs, errors, run, put, note, check }) => ({
    setUp,
    account,
    busy: 'plan' in runs || 'apply' in runs || 'undo' in runs,
    failed: 'plan' in errors,
    run,
    put,
    note,
    check,
  }));
  const { setUp, run, put, note, check } = wizard;
  return {
    ...wizard,
    read: async () => {
      const place = placeOf(setUp);
      const plan = place && (await run('plan', 'plan.make', place));
      if (plan && setUp) put({ plan, outcome: null, earlier: earlierChange(setUp) });
    },
    apply: async () => {
      const place = placeOf(setUp);
      if (!place || !setUp?.plan) return;
      note({ undone: null });
      const outcome = await run('apply', 'plan.apply', { ...place, plan: setUp.plan });
      if (!outcome) return;
      // The same organisation: what was changed earlier is part of what stands now.
      const other = setUp.earlier && setUp.earlier.tenant.id !== outcome.tenant.id ? setUp.earlier : null;
      put({ outcome, earlier: outcome.status === 'done' ? other : (setUp.earlier ?? null) });
      await check('let-it-send');
    },
  };
}

function LetItSendPage() {
  const t = useText();
  const { setUp, account, busy, failed, read, apply } = usePlan();
  const [asking, setAsking] = useState(false);
  const [byHand, setByHand] = useState(false);
  const plan = setUp?.plan ?? null;
  const outcome = setUp?.outcome ?? null;
  useEffect(() => {
    if (account && !plan && !outcome && !busy && !failed) void read();
    // oxlint-disable-next-line react/exhaustive-deps -- when somebody has signed in, or a plan was taken back
  }, [account, plan === null]);
  const stopped = plan?.findings.some(({ severity }) => severity === 'blocker') ?? false;
  const complete = outcome?.status === 'done' || outcome?.status === 'nothing-to-do';
  const trouble = useFocusAfter<HTMLDivElement>(busy, stopped && !outcome);
  const result = useFocusAfter<HTMLDivElement>(busy, outcome !== null && !complete);
  if (!setUp) return null;
  const todo = plan !== null && plan.steps.length > 0 && outcome === null;
  const blocker = (): Blocker | null => {
    if (busy) return { text: say('Wait until this has finished, or cancel it.') };
    if (complete) return null;
    if (!account) return { text: say('Sign in again, or leave Microsoft 365 as it is.') };
    if (!plan) return { text: say('Read Microsoft 365 first, or leave it as it is.') };
    if (stopped) return { text: say('Something stands in the way; it is told above.') };
    if (outcome) return { text: say('The change has not been made. Read again, do it another way, or leave it.') };
    return null;
  };
  return (
    <StepPage
      id="let-it-send"
      lead={
        <p>
          {t('Microsoft 365 has to know that mail from your office is yours. This is the one change that does it.')}{' '}
          <WhatIsThis term={t('Inbound connector')}>
            {t(
              'A note in your Microsoft 365 that says: mail arriving from this address, in the name of this domain, comes from our own office. Such mail may then be passed on to anybody.',
            )}
          </WhatIsThis>
        </p>
      }
      first={todo && !stopped && account ? { name: intent(setUp, t), run: () => setAsking(true) } : null}
      blocker={blocker}
    >
      {!account && <SignedOut />}
      <TaskState task="plan" fallback={t('Reading your Microsoft 365 …')} onRetry={() => void read()} />
      {plan && !outcome && (
        <div ref={trouble} tabIndex={-1} className="stack">
          {plan.steps.length === 0 && !stopped && (
            <p className="note note-pass note-title">{t('Nothing has to change: the office may send already.')}</p>
          )}
          {plan.steps.length > 0 && <h2>{intent(setUp, t)}</h2>}
          <FindingList findings={plan.findings} />
          <PlanView plan={plan} />
        </div>
      )}
      <TaskState task="apply" fallback={t('Changing Microsoft 365 …')} onRetry={() => setAsking(true)} />
      {outcome && (
        <div ref={result} tabIndex={-1}>
          <OutcomeView outcome={outcome} title={intent(setUp, t)} />
        </div>
      )}
      {((!outcome && stopped) || outcome?.status === 'refused' || outcome?.status === 'failed' || failed) && (
        <PracticeNote at="microsoft" />
      )}
      <Undo />
      {outcome && <StepChecks step="let-it-send" />}
      {account && (plan || outcome) && !complete && (
        <div className="row">
          <Button
            kind="plain"
            onClick={() => {
              if (!busy) void read();
            }}
          >
            {t('Read Microsoft 365 again')}
          </Button>
          <Button kind="quiet" onClick={() => setByHand(!byHand)}>
            {byHand ? t('Hide the other ways') : t('I’ll do it another way')}
          </Button>
        </div>
      )}
      {byHand && <ByHand doneStep="let-it-send" also={[]} />}
      <Confirm
        open={asking}
        title={t('Change Microsoft 365 now?')}
        yes={t('Change it now')}
        onYes={() => void apply()}
        onClose={() => setAsking(false)}
      >
        <p>{intent(setUp, t)}.</p>
        <ul>
          {plan?.steps.map((step) => (
            <li key={step.why}>{step.why}</li>
          ))}
        </ul>
        <p>{t('Afterwards it is read back and shown. You can take it back here.')}</p>
      </Confirm>
    </StepPage>
  );
}

function SignedOut() {
  const t = useText();
  const goTo = useWizard((wizard) => wizard.goTo);
  return (
    <div className="note note-info">
      <div className="note-body">
        <p className="note-title">{t('Nobody is signed in just now.')}</p>
        <p>{t('A sign-in lasts only as long as RelayReady is open.')}</p>
        <div className="row">
          <Button kind="plain" onClick={() => goTo('sign-in')}>
            {t('Sign in again')}
          </Button>
        </div>
      </div>
    </div>
  );
}

export const letItSend: Step = {
  id: 'let-it-send',
  title: say('Let it send'),
  needs: ['sign-in'],
  hangsOn: ['domain', 'environment', 'publicIps', 'connector'],
  stations: ['microsoft'],
  signedIn: true,
  findings: ['plan', 'outcome'],
  skip: say('Leave Microsoft 365 as it is'),
  Page: LetItSendPage,
};
