/** The window's frame: side list, practice stamp, the step on the screen, and whether all is saved. */
import { useEffect, useState, type ComponentType } from 'react';
import type { SetUp } from '../core/set-up.ts';
import { say, type Text } from '../core/text.ts';
import { ErrorNote } from './components/ErrorNote.tsx';
import { Button } from './components/Button.tsx';
import { Gone } from './components/Gone.tsx';
import { Icon } from './components/Icon.tsx';
import { OpenedFile, useOpenedFile } from './components/OpenedFile.tsx';
import { PartedNote } from './components/PartedNote.tsx';
import { PathPicture } from './components/PathPicture.tsx';
import { PendingPage } from './components/PendingPage.tsx';
import { ReportProblem } from './components/ReportProblem.tsx';
import { StepList } from './components/StepList.tsx';
import { UnreadableNotes } from './components/UnreadableNotes.tsx';
import { environmentOf } from './facts.ts';
import { useText } from './i18n/use-text.ts';
import { useSteps, useWizard } from './use-wizard.ts';
import type { Saving } from './wizard-state.ts';

const SAVING: Readonly<Record<Saving, Text | null>> = {
  'nothing-yet': null,
  saving: say('Saving …'),
  saved: say('Saved on this computer'),
  failed: say('Could not be saved; it is tried again with the next answer'),
};

export function App() {
  const t = useText();
  const steps = useSteps();
  const { gone, over, ready, failed, here, setUpId, drawn, begin, flush } = useWizard((wizard) => ({
    gone: wizard.gone,
    over: wizard.over,
    ready: wizard.info !== null && !wizard.starting,
    failed: wizard.errors['begin'],
    here: wizard.step,
    setUpId: wizard.setUp?.id,
    drawn: !drawsItself(wizard.step, wizard.setUp),
    begin: wizard.begin,
    flush: wizard.flush,
  }));
  useEffect(() => {
    document.documentElement.lang = t.language;
  }, [t.language]);
  useEffect(() => void begin(), [begin]);
  useOpenedFile(ready);
  useEffect(() => {
    const save = () => void flush();
    addEventListener('pagehide', save);
    return () => removeEventListener('pagehide', save);
  }, [flush]);
  const step = steps.find(({ id }) => id === here);
  useEffect(() => {
    const title = over === 'clients' ? t('Clients') : step && t(step.title);
    document.title = title ? t('{step} – RelayReady', { step: title }) : 'RelayReady';
  }, [step, over, t]);
  if (gone) return <Gone />;
  return (
    <div className="frame">
      <a className="skip-link" href="#step">
        {t('Skip to the step')}
      </a>
      <Side />
      <ReportProblem />
      <div className="stage">
        <Stamp />
        <main id="step" className="main" tabIndex={-1}>
          {failed && (
            <ErrorNote error={failed}>
              <Button kind="plain" onClick={() => void begin()}>
                {t('Try again')}
              </Button>
            </ErrorNote>
          )}
          {!ready && !failed && <Waiting text={t('Starting …')} />}
          {ready && <UnreadableNotes />}
          {ready && <PartedNote />}
          {ready && over === 'pending' && <PendingPage />}
          {ready && over === 'file' && <OpenedFile />}
          {ready && over === 'clients' && <Clients />}
          {ready && step && over === null && drawn && <PathPicture small />}
          {ready && step && over === null && <step.Page key={`${step.id} ${setUpId ?? ''}`} />}
        </main>
      </div>
    </div>
  );
}

let clientsPage: ComponentType | null = null;

/** Fetched when it is wanted: most people look after one office. Suspense would hold it back for 0.3 seconds. */
function Clients() {
  const t = useText();
  const [Page, setPage] = useState(() => clientsPage);
  useEffect(() => {
    void import('./clients/ClientsPage.tsx').then(({ ClientsPage }) => {
      clientsPage = ClientsPage;
      setPage(() => ClientsPage);
    });
  }, []);
  return Page ? <Page /> : <Waiting text={t('Opening …')} />;
}

function Waiting({ text }: { readonly text: string }) {
  return (
    <output className="starting">
      <Icon name="spinner" size={28} /> {text}
    </output>
  );
}

/** Start has nothing to draw yet; these have the picture on their own page, large. */
const drawsItself = (step: string, setUp: SetUp | null): boolean =>
  ['start', 'line', 'done'].includes(step) || (step === 'test' && setUp?.test !== null);

function Side() {
  const t = useText();
  const steps = useSteps();
  const { setUp, here, over, saving, note } = useWizard(({ setUp, step, over, saving, note }) => ({
    setUp,
    here: step,
    over,
    saving,
    note,
  }));
  const [open, setOpen] = useState(false);
  const step = steps.find(({ id }) => id === here);
  const saved = SAVING[saving];
  return (
    <header className={open ? 'side side-open' : 'side'}>
      <p className="brand">
        <span className="brand-mark" aria-hidden="true" />
        {t('RelayReady')}
      </p>
      <p className="side-name">{setUp && (setUp.profile.name || setUp.profile.domain || t('New set-up'))}</p>
      <button type="button" className="side-toggle button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {over === 'clients' ? t('Clients') : step && t(step.title)}
        <span className="quiet">{open ? t('Hide the steps') : t('Show all steps')}</span>
      </button>
      <nav aria-label={t('Steps')} className="side-steps">
        <StepList onChoose={() => setOpen(false)} />
      </nav>
      <button
        type="button"
        className="button button-quiet side-report"
        onClick={() => note({ reporting: true, problem: null })}
      >
        {t('Report a problem')}
      </button>
      <output className={`saving saving-${saving}`}>{saved && t(saved)}</output>
    </header>
  );
}

/** Practice must never be mistaken for the real thing. */
function Stamp() {
  const t = useText();
  const { practising, startedAfresh } = useWizard((wizard) => ({
    // Clients are of many worlds; each says itself when it is none.
    practising: wizard.over !== 'clients' && (environmentOf(wizard)?.practice ?? null) !== null,
    startedAfresh: wizard.startedAfresh,
  }));
  if (!practising) return null;
  return (
    <aside className="stamp" aria-label={t('Practice')}>
      <Icon name="practice" size={18} />
      <span>
        <strong>{t('Practice')}</strong> – {t('a simulated Microsoft 365 on this computer; nothing here is real.')}{' '}
        {startedAfresh && t('It was started again as you left it.')}
      </span>
    </aside>
  );
}
