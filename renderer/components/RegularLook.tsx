/** “Look regularly”: when this computer's own scheduler shall look; the files and commands are shown before anything is installed. */
import { useId, useState } from 'react';
import { lookedLine, stateLine, weekday, whenLine } from '../../core/report/schedule-text.ts';
import { Schedule, WEEKDAYS, type ScheduleDocument } from '../../core/schedule/schedule.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Confirm } from './Confirm.tsx';
import { ScheduleView } from './ScheduleView.tsx';
import { TaskState } from './TaskState.tsx';

const TASK = 'schedule';

export function RegularLook({ what }: { readonly what: Schedule['what'] }) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [wanted, setWanted] = useState<Schedule>(() => Schedule.parse({ what }));
  /** How it stands, without anything asked for. */
  const [now, setNow] = useState<ScheduleDocument | null>(null);
  const [shown, setShown] = useState<ScheduleDocument | null>(null);
  const [asking, setAsking] = useState<'install' | 'remove' | null>(null);
  const look = async () => {
    const document = await run(TASK, 'schedule.show', { schedule: null });
    if (!document) return;
    setNow(document);
    if (document.installed) setWanted({ ...document.installed, what });
  };
  const show = async () => {
    const document = await run(TASK, 'schedule.show', { schedule: wanted });
    if (document) setShown(document);
  };
  const install = async () => {
    if (!shown?.schedule) return;
    const { schedule, digest } = shown;
    const document = await run(TASK, 'schedule.install', { schedule, digest });
    if (!document) return;
    setNow(document);
    setShown(null);
  };
  const remove = async () => {
    const document = await run(TASK, 'schedule.remove', {});
    if (!document) return;
    setNow(document);
    setShown(null);
  };
  const choose = (patch: Partial<Schedule>) => {
    setWanted({ ...wanted, ...patch });
    setShown(null);
  };
  return (
    <details className="more regular-look" onToggle={(event) => event.currentTarget.open && !now && void look()}>
      <summary>{t('Look regularly')}</summary>
      <div className="stack">
        <p className="quiet">
          {t(
            'This computer’s own scheduler can look every day or week, and show a notice when something is new. Looking changes nothing.',
          )}
        </p>
        {now && <StateOf document={now} onRemove={() => setAsking('remove')} />}
        <When wanted={wanted} onChoose={choose} />
        <div className="row">
          <Button kind="plain" onClick={() => void show()}>
            {t('Show what would be installed')}
          </Button>
        </div>
        <TaskState task={TASK} fallback={t('Asking the scheduler …')} onRetry={() => void look()} />
        {shown && <ScheduleView document={shown} onInstall={() => setAsking('install')} />}
      </div>
      <Confirm
        open={asking === 'install'}
        title={t('Install the regular look?')}
        yes={t('Install it')}
        onYes={() => void install()}
        onClose={() => setAsking(null)}
      >
        <p>
          {t(
            'The files that were shown are written on this computer, and its scheduler is told. It can be taken away here.',
          )}
        </p>
      </Confirm>
      <Confirm
        open={asking === 'remove'}
        title={t('Take the regular look away?')}
        yes={t('Take it away')}
        onYes={() => void remove()}
        onClose={() => setAsking(null)}
      >
        <p>{t('Its files are deleted and the scheduler forgets it. What was seen so far is kept.')}</p>
      </Confirm>
    </details>
  );
}

function StateOf({ document, onRemove }: { readonly document: ScheduleDocument; readonly onRemove: () => void }) {
  const t = useText();
  const { state, installed, problems } = document;
  return (
    <>
      <output className="row spread">
        <span>
          {stateLine(state, t)} {installed && `${whenLine(installed, t)} ${lookedLine(document, t)}`}
        </span>
        {(state === 'installed' || state === 'other' || state === 'not-running') && (
          <Button kind="plain" onClick={onRemove}>
            {t('Take it away')}
          </Button>
        )}
      </output>
      {problems.map((problem) => (
        <p key={problem} className="note note-info">
          {problem}
        </p>
      ))}
    </>
  );
}

type WhenProps = { readonly wanted: Schedule; readonly onChoose: (patch: Partial<Schedule>) => void };

function When({ wanted, onChoose }: WhenProps) {
  const t = useText();
  const id = useId();
  return (
    <div className="regular-look-when">
      <label className="list-choice">
        <span className="field-label">{t('How often')}</span>
        <select
          className="input"
          value={wanted.every}
          onChange={(event) => onChoose({ every: event.target.value === 'week' ? 'week' : 'day' })}
        >
          <option value="day">{t('every day')}</option>
          <option value="week">{t('every week')}</option>
        </select>
      </label>
      {wanted.every === 'week' && (
        <label className="list-choice">
          <span className="field-label">{t('Day of the week')}</span>
          <select
            className="input"
            value={wanted.on}
            onChange={(event) => onChoose({ on: WEEKDAYS.find((day) => day === event.target.value) ?? 'monday' })}
          >
            {WEEKDAYS.map((day) => (
              <option key={day} value={day}>
                {weekday(day, t)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label className="list-choice" htmlFor={id}>
        <span className="field-label">{t('Time of day')}</span>
        <input
          id={id}
          type="time"
          className="input"
          required
          value={wanted.at}
          onChange={(event) => event.target.value !== '' && onChoose({ at: event.target.value.slice(0, 5) })}
        />
      </label>
    </div>
  );
}
