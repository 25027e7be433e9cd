/** Changes and messages that were sent and never answered, told at the start. */
import type { PendingIntent } from '../../core/calls/program.ts';
import { say, type Text } from '../../core/text.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Icon } from './Icon.tsx';

const STATES: Readonly<Record<PendingIntent['state'], Text>> = {
  'not-looked-up': say('Its outcome is not known. Nothing is sent again by itself.'),
  'took-effect': say('It was looked up: it took effect.'),
  'no-effect': say('It was looked up: it had no effect.'),
};

const NEXT: Readonly<Record<PendingIntent['kind'], Text>> = {
  apply: say(
    'Open the set-up and go to “Let it send”: RelayReady reads Microsoft 365 again before it offers any change.',
  ),
  undo: say(
    'Open the set-up and go to “Let it send”: RelayReady reads Microsoft 365 again before it offers any change.',
  ),
  message: say('Look into the mailbox of the recipient before you send another test message.'),
};

export function PendingNotes() {
  const t = useText();
  const moment = useMoment();
  const pending = useWizard(({ info }) => info?.pending);
  if (!pending || pending.length === 0) return null;
  return (
    <ul className="findings" aria-label={t('Not finished last time')}>
      {pending.map((intent) => (
        <li key={intent.id} className="note note-warn">
          <Icon name="question" size={22} />
          <div className="note-body">
            <p className="note-title">{t('Not finished last time: {what}', { what: intent.text })}</p>
            <p>
              {t(STATES[intent.state])} {t('Begun {when}.', { when: moment(intent.startedAt) })}
            </p>
            <p>{t(NEXT[intent.kind])}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
