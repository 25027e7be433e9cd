/** One day to remember: what it is about, and when it is due. */
import type { Reminder } from '../../core/clients/client.ts';
import { say, type Text } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { useText } from '../i18n/use-text.ts';
import type { ReminderDraft } from './client-draft.ts';
import { LineField } from './LineField.tsx';

const KINDS: Readonly<Record<Reminder['kind'], Text>> = {
  firmware: say('Firmware of a device'),
  certificate: say('Certificate that ends'),
  other: say('Something else'),
};

type ReminderFieldsProps = {
  readonly reminder: ReminderDraft;
  readonly wrong: readonly string[];
  readonly shown: boolean;
  readonly onReminder: (patch: Partial<ReminderDraft>) => void;
  readonly onRemove: () => void;
};

export function ReminderFields({ reminder, wrong, shown, onReminder, onRemove }: ReminderFieldsProps) {
  const t = useText();
  const { key, kind, what, dueOn } = reminder;
  return (
    <div className="form-line">
      <label className="field">
        <span className="field-label">{t('Kind')}</span>
        <select
          className="input"
          value={kind}
          onChange={(event) => onReminder({ kind: event.target.value as Reminder['kind'] })}
        >
          {Object.entries(KINDS).map(([value, word]) => (
            <option key={value} value={value}>
              {t(word)}
            </option>
          ))}
        </select>
      </label>
      <LineField
        id={`${key}-what`}
        label={t('What')}
        value={what}
        problem={wrong.includes(`${key}-what`) ? t('Say what it is about.') : null}
        shown={shown}
        onValue={(next) => onReminder({ what: next })}
      />
      <LineField
        id={`${key}-day`}
        type="date"
        label={t('Day')}
        value={dueOn}
        problem={wrong.includes(`${key}-day`) ? t('Choose the day.') : null}
        shown={shown}
        onValue={(next) => onReminder({ dueOn: next })}
      />
      <Button kind="quiet" label={t('Take out: {what}', { what: what || t('Day') })} onClick={onRemove}>
        {t('Take out')}
      </Button>
    </div>
  );
}
