/** Tells that another window had saved the same set-up, and that nothing of either was lost. */
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

export function PartedNote() {
  const t = useText();
  const { parted, name, note } = useWizard(({ parted, setUp, note }) => ({ parted, name: setUp?.profile.name, note }));
  if (!parted) return null;
  return (
    <aside className="note note-warn unreadable" aria-label={t('Changed in another window')}>
      <Icon name="warning" size={22} />
      <div className="note-body">
        <p className="note-title">{t('This set-up was changed in another window meanwhile.')}</p>
        <p>
          {t('Nothing is lost: what the other window saved is kept, and what you answered here goes on as “{name}”.', {
            name: name ?? '',
          })}
        </p>
        <p>{t('Both are on the start page. Close one of the windows, and delete what you do not need.')}</p>
        <div className="row">
          <Button kind="plain" onClick={() => note({ parted: false })}>
            {t('I have seen it')}
          </Button>
        </div>
      </div>
    </aside>
  );
}
