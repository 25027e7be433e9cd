/** Done: what was proved, the papers, what was changed and how to take it back, signing out, when to look again. */
import { useState } from 'react';
import { say } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { Choices } from '../components/Choices.tsx';
import { OutcomeView } from '../components/OutcomeView.tsx';
import { Paper } from '../components/Paper.tsx';
import { PathPicture } from '../components/PathPicture.tsx';
import { PracticeEnd } from '../components/PracticeEnd.tsx';
import { SaveReportFile } from '../components/SaveReportFile.tsx';
import { SaveDocument } from '../components/SaveDocument.tsx';
import { RegularLook } from '../components/RegularLook.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { Undo } from '../components/Undo.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import type { Step } from './step.ts';

function DonePage() {
  const t = useText();
  const { setUp, account, info, run, note } = useWizard(({ setUp, account, info, run, note }) => ({
    setUp,
    account,
    info,
    run,
    note,
  }));
  const [paper, setPaper] = useState(false);
  if (!setUp) return null;
  if (paper) return <Paper review={null} setUp={setUp} onClose={() => setPaper(false)} />;
  const { test, report, outcome, environment } = setUp;
  const proved =
    test?.verdict === 'ready' &&
    test.messages.some(({ kind, outcome }) => kind === 'external' && outcome === 'accepted');
  const open = report?.results.filter(({ status }) => status === 'fail') ?? [];
  const forget = async () => {
    if (await run('forget', 'sign-in.forget', { environment })) note({ account: null });
  };
  /** Practice has nothing to look at later. */
  const real = info?.environments.some(({ name, practice }) => name === environment && practice === null) === true;
  const heading = !proved
    ? t('This is where you are')
    : open.length === 0
      ? t('Your scanner can send')
      : t('It sends, and something is left to do');
  return (
    <StepPage
      id="done"
      heading={heading}
      lead={
        <p>
          {proved
            ? t(
                'A message to somebody outside was taken by Microsoft. Keep these papers: they tell whoever comes after you what was done.',
              )
            : t('Nothing proves yet that mail gets out. What is open is told below and on the papers.')}
        </p>
      }
      last
    >
      <PathPicture />
      {open.length > 0 && (
        <section className="card stack" aria-label={t('Still to do')}>
          <h2>{t('Still to do')}</h2>
          <ul>
            {open.map((result) => (
              <li key={result.id}>
                <strong>{result.title}:</strong> {result.summary}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="card stack" aria-label={t('Papers')}>
        <h2>{t('Papers')}</h2>
        <p className="quiet">{t('Each is one file to keep, print or pass on. None holds a password.')}</p>
        <div className="row">
          <SaveDocument kind="handover" setUp={setUp}>
            {t('Save the hand-over sheet')}
          </SaveDocument>
          {report && (
            <SaveDocument kind="report" setUp={setUp}>
              {t('Save the report')}
            </SaveDocument>
          )}
          <SaveDocument kind="checklist" setUp={setUp}>
            {t('Save the checklist')}
          </SaveDocument>
          <Button kind="plain" icon="good" onClick={() => setPaper(true)}>
            {t('Open the checklist')}
          </Button>
        </div>
        <h3>{t('To have it looked over')}</h3>
        <SaveReportFile setUp={setUp} />
      </section>
      <PracticeEnd />
      <Choices setUp={setUp} />
      <section className="stack" aria-label={t('What was changed')}>
        {outcome && <OutcomeView outcome={outcome} title={t('What was changed in Microsoft 365')} />}
        {setUp.earlier && (
          <OutcomeView outcome={setUp.earlier} title={t('What was changed earlier, before an answer was altered')} />
        )}
        {!outcome && !setUp.earlier && <p className="card">{t('RelayReady has changed nothing in Microsoft 365.')}</p>}
        <Undo />
      </section>
      <section className="card stack">
        <h2>{t('When to look again')}</h2>
        <ul className="ticks">
          <li>{t('When you change your internet provider or the line: the office’s address changes with it.')}</li>
          <li>{t('When the scanner is replaced or reset.')}</li>
          <li>{t('When mail to people outside stops and mail inside still works.')}</li>
          <li>{t('Otherwise once a year.')}</li>
        </ul>
        {real && <RegularLook what={{ kind: 'set-up', id: setUp.id }} />}
      </section>
      <section className="card row spread" aria-label={t('Sign-in')}>
        {account ? (
          <>
            <p>{t('Still signed in as {username}.', { username: account.username })}</p>
            <Button kind="primary" onClick={() => void forget()}>
              {t('Sign out and forget')}
            </Button>
          </>
        ) : (
          <output>{t('Signed out and forgotten. Nothing that opens your Microsoft 365 is kept here.')}</output>
        )}
      </section>
      <TaskState task="forget" fallback={t('Signing out …')} onRetry={() => void forget()} />
    </StepPage>
  );
}

export const done: Step = {
  id: 'done',
  title: say('Done'),
  needs: ['dns', 'test', 'device-settings'],
  hangsOn: [],
  stations: [],
  findings: [],
  skip: null,
  Page: DonePage,
};
