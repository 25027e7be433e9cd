/** The set-ups kept on this computer: open, copy, delete; a deleted one can be brought back. */
import { useState } from 'react';
import type { SetUp } from '../../core/set-up.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

export function SavedSetUps() {
  const t = useText();
  const moment = useMoment();
  const steps = useSteps();
  const { known, open, copy, remove, restore } = useWizard(({ known, open, copy, remove, restore }) => ({
    known,
    open,
    copy,
    remove,
    restore,
  }));
  const [removed, setRemoved] = useState<SetUp | null>(null);
  const nameOf = (named: { readonly name: string; readonly domain: string }) =>
    named.name || named.domain || t('Unnamed set-up');
  return (
    <section className="card" aria-label={t('Saved set-ups')}>
      <output className="block">
        {removed && (
          <span className="row spread">
            {t('Deleted: {name}', { name: nameOf(removed.profile) })}
            <Button
              kind="plain"
              onClick={() => {
                void restore(removed);
                setRemoved(null);
              }}
            >
              {t('Bring it back')}
            </Button>
          </span>
        )}
      </output>
      <ul className="saved">
        {known.map((entry) => {
          const name = nameOf(entry);
          const step = steps.find(({ id }) => id === entry.step);
          return (
            <li key={entry.id} className="row spread">
              <span>
                <strong>{name}</strong>
                <span className="quiet">
                  {entry.domain} · {step && t(step.title)} · {moment(entry.savedAt)}
                </span>
              </span>
              <span className="row">
                <Button kind="plain" label={t('Open {name}', { name })} onClick={() => void open(entry.id)}>
                  {t('Open')}
                </Button>
                <Button
                  kind="quiet"
                  label={t('Copy {name}', { name })}
                  onClick={() => void copy(entry.id, t('Copy of {name}', { name }))}
                >
                  {t('Copy')}
                </Button>
                <Button
                  kind="quiet"
                  label={t('Delete {name}', { name })}
                  onClick={() => void remove(entry.id).then(setRemoved)}
                >
                  {t('Delete')}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <TaskState task="copy" fallback={t('Copying …')} />
      <TaskState task="remove" fallback={t('Deleting …')} />
    </section>
  );
}
