/** Tells of saved set-ups that could not be read, until somebody has taken note; none goes missing in silence. */
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Icon } from './Icon.tsx';

export function UnreadableNotes() {
  const t = useText();
  const moment = useMoment();
  const { unreadable, error, takeNote, begin } = useWizard((wizard) => ({
    unreadable: wizard.unreadable,
    error: wizard.errors['list'] ?? wizard.errors['unreadable'] ?? wizard.errors['take-note'],
    takeNote: wizard.takeNote,
    begin: wizard.begin,
  }));
  return (
    <>
      {unreadable.map((entry) => (
        <aside key={entry.file} className="note note-warn unreadable" aria-label={t('A set-up could not be read')}>
          <Icon name="warning" size={22} />
          <div className="note-body">
            <p className="note-title">
              {entry.name === null
                ? t('A saved set-up could not be read.')
                : t('The saved set-up “{name}” could not be read.', { name: entry.name })}
            </p>
            <p>
              {entry.recovered
                ? t('The version saved just before it was taken instead; the very last answer may be missing.')
                : t(
                    'Nothing of it could be taken. Begin a new one; the file may still be of use to somebody who helps.',
                  )}
            </p>
            <p className="quiet">
              {t('The damaged file was kept: {file} in {folder}, {when}.', {
                file: entry.file,
                folder: entry.folder,
                when: moment(entry.at),
              })}
            </p>
            <div className="row">
              <Button kind="plain" onClick={() => void takeNote(entry.file)}>
                {t('I have seen it')}
              </Button>
            </div>
          </div>
        </aside>
      ))}
      {error && (
        <ErrorNote error={error}>
          <Button kind="plain" onClick={() => void begin()}>
            {t('Try again')}
          </Button>
        </ErrorNote>
      )}
    </>
  );
}
