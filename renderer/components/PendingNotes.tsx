/** Changes and messages that were sent and never answered, told at the start, with the way to their own screen. */
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

export function PendingNotes() {
  const t = useText();
  const { pending, note } = useWizard(({ info, note }) => ({ pending: info?.pending ?? [], note }));
  if (pending.length === 0) return null;
  return (
    <aside className="note note-warn" aria-label={t('Not finished last time')}>
      <Icon name="question" size={22} />
      <div className="note-body">
        {pending.map(({ id, text }) => (
          <p key={id} className="note-title">
            {t('Not finished last time: {what}', { what: text })}
          </p>
        ))}
        <p>{t('Its outcome is not known. Nothing is sent again by itself.')}</p>
        <div className="row">
          <Button kind="plain" onClick={() => note({ over: 'pending' })}>
            {t('Look what became of it')}
          </Button>
        </div>
      </div>
    </aside>
  );
}
