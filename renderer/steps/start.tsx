/** Start: a new set-up, a saved one, practice, or the checklist on paper; and the language. */
import { useState } from 'react';
import type { Review } from '../../core/report/review.ts';
import { say } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { Icon, type IconName } from '../components/Icon.tsx';
import { LanguageChoice } from '../components/LanguageChoice.tsx';
import { OpenReport } from '../components/OpenReport.tsx';
import { Paper } from '../components/Paper.tsx';
import { PathDrawing } from '../components/PathDrawing.tsx';
import { Licences } from '../components/Licences.tsx';
import { PendingNotes } from '../components/PendingNotes.tsx';
import { PracticeChoice } from '../components/PracticeChoice.tsx';
import { SaveDocument } from '../components/SaveDocument.tsx';
import { SavedSetUps } from '../components/SavedSetUps.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { Updates } from '../components/Updates.tsx';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import type { Step } from './step.ts';

function StartPage() {
  const t = useText();
  const { info, known, setUp, removed, startNew, note } = useWizard(
    ({ info, known, setUp, removed, startNew, note }) => ({ info, known, setUp, removed, startNew, note }),
  );
  const practiceFirst = info?.environments.some(
    ({ name, practice }) => name === info.startEnvironment && practice !== null,
  );
  const [panel, setPanel] = useState<'saved' | 'practice' | null>(
    // Deleting the set-up in hand begins this page anew; the way to bring it back stays.
    removed ? 'saved' : practiceFirst ? 'practice' : null,
  );
  const [paper, setPaper] = useState<Review | 'checklist' | null>(null);
  const toggle = (next: 'saved' | 'practice') => setPanel(panel === next ? null : next);
  if (paper !== null)
    return <Paper review={paper === 'checklist' ? null : paper} setUp={setUp} onClose={() => setPaper(null)} />;
  return (
    <StepPage
      id="start"
      heading={t('Let your scanner send mail through Microsoft 365')}
      lead={
        <p>
          {t(
            'RelayReady looks at your office’s internet line, your domain and Microsoft 365, says what is missing, sets it up with you, and proves with a real message that it works.',
          )}
        </p>
      }
      last
    >
      <PendingNotes />
      <TaskState task="open" fallback={t('Opening the set-up …')} />
      {(setUp ?? known[0]) && <GoOn />}
      <div className="tiles">
        <Tile icon="new" title={t('New set-up')} text={t('For one office, in one sitting')} onClick={startNew} />
        {known.length > 0 && (
          <Tile
            icon="folder"
            title={t('Open a saved set-up')}
            text={t(
              '{n, plural, one {# set-up is kept on this computer} other {# set-ups are kept on this computer}}',
              {
                n: known.length,
              },
            )}
            open={panel === 'saved'}
            onClick={() => toggle('saved')}
          />
        )}
        <Tile
          icon="practice"
          title={t('Practice')}
          text={t('The whole job with a simulated Microsoft 365: no account, no internet, nothing real')}
          open={panel === 'practice'}
          onClick={() => toggle('practice')}
        />
        <OpenReport onOpen={setPaper} />
        <Tile
          icon="clients"
          title={t('Clients')}
          text={t('For those who look after several offices: what has changed, and who has to act')}
          onClick={() => note({ over: 'clients' })}
        />
      </div>
      {panel === 'saved' && <SavedSetUps />}
      {panel === 'practice' && <PracticeChoice />}
      <div className="row start-foot">
        <Button kind="plain" icon="good" onClick={() => setPaper('checklist')}>
          {t('Open the checklist')}
        </Button>
        <SaveDocument kind="checklist" setUp={null} icon="print">
          {t('Print the checklist')}
        </SaveDocument>
        <LanguageChoice />
      </div>
      <PathDrawing />
      <ul className="promises">
        <li>{t('Nothing is changed before you have seen it and agreed.')}</li>
        <li>{t('Nothing is reported to anybody. Every server that will be asked is named beforehand.')}</li>
        <li>{t('No password is kept; signing in ends when you close RelayReady.')}</li>
      </ul>
      <Updates />
      <Licences />
    </StepPage>
  );
}

type TileProps = {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly open?: boolean;
  readonly onClick: () => void;
};

function Tile({ icon, title, text, open, onClick }: TileProps) {
  return (
    <button type="button" className="tile" aria-expanded={open} onClick={onClick}>
      <span className="tile-icon">
        <Icon name={icon} size={26} />
      </span>
      <span className="tile-title">{title}</span>
      <span className="tile-text">{text}</span>
    </button>
  );
}

/** The set-up in hand, else the one saved last, at the step where it stood. */
function GoOn() {
  const t = useText();
  const moment = useMoment();
  const steps = useSteps();
  const { known, setUp, open, goTo } = useWizard(({ known, setUp, open, goTo }) => ({ known, setUp, open, goTo }));
  const last = known[0];
  const name = (setUp ? setUp.profile.name || setUp.profile.domain : last?.name || last?.domain) || t('Unnamed set-up');
  const at = setUp?.step ?? last?.step;
  const step = steps.find(({ id }) => id === at);
  const go = () => {
    if (setUp) goTo(setUp.step);
    else if (last) void open(last.id);
  };
  return (
    <button type="button" className="tile tile-wide" onClick={go}>
      <span className="tile-icon">
        <Icon name="forward" size={26} />
      </span>
      <span className="tile-title">{t('Go on with {name}', { name })}</span>
      <span className="tile-text">
        {step && t('You were at “{step}”.', { step: t(step.title) })}{' '}
        {!setUp && last && t('Saved {when}.', { when: moment(last.savedAt) })}
      </span>
    </button>
  );
}

export const start: Step = {
  id: 'start',
  title: say('Start'),
  needs: [],
  hangsOn: [],
  stations: [],
  findings: [],
  skip: null,
  Page: StartPage,
};
