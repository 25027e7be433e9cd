/** The button that looks again, where this computer stands meanwhile, and how far it is. */
import { LookPlace } from '../../core/calls/clients.ts';
import { say, type Text } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { ErrorNote } from '../components/ErrorNote.tsx';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { LOOK_TASK, type LookState } from './use-look.ts';

const PLACES: Readonly<Record<LookPlace, Text>> = {
  tell: say('told by its address'),
  office: say('in the office'),
  away: say('in none of the offices'),
};

type LookBarProps = {
  readonly state: LookState;
  /** What the button says. */
  readonly name: string;
  readonly primary?: boolean;
  readonly onLook: () => void;
};

export function LookBar({ state, name, primary = false, onLook }: LookBarProps) {
  const t = useText();
  const error = useWizard((wizard) => wizard.errors[LOOK_TASK]);
  return (
    <div className="stack look-bar">
      <div className="row spread">
        <label className="inline-field">
          <span>{t('This computer is')}</span>
          <select
            className="input"
            value={state.place}
            onChange={(event) => state.setPlace(LookPlace.parse(event.target.value))}
          >
            {LookPlace.options.map((place) => (
              <option key={place} value={place}>
                {t(PLACES[place])}
              </option>
            ))}
          </select>
        </label>
        <Button kind={primary ? 'primary' : 'plain'} busy={state.running} onClick={onLook}>
          {name}
        </Button>
      </div>
      {state.running && <LookProgress />}
      {!state.running && error && <ErrorNote error={error}>{t('What was looked at by then is kept.')}</ErrorNote>}
    </div>
  );
}

/** Many clients are looked at side by side; how many are through is what one wants to know. */
function LookProgress() {
  const t = useText();
  const { through, cancel } = useWizard(({ runs, cancel }) => ({
    through: runs[LOOK_TASK]?.log.findLast(({ state }) => state === 'done')?.message,
    cancel,
  }));
  return (
    <div className="note note-progress">
      <Icon name="spinner" size={22} />
      <div className="note-body">
        <output className="note-title">{through ?? t('Looking …')}</output>
        <p>{t('Nothing is changed. You may leave this page meanwhile.')}</p>
      </div>
      <Button kind="plain" onClick={() => cancel(LOOK_TASK)}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
