/** The set-ups kept on this computer: open, rename, copy, delete; a deleted one can be brought back. */
import { useState } from 'react';
import type { SetUpSummary } from '../../core/set-up.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { readLine } from '../read-typed.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

const readName = readLine(100);

export function SavedSetUps() {
  const t = useText();
  const { known, removed, restore } = useWizard(({ known, removed, restore }) => ({ known, removed, restore }));
  return (
    <section className="card" aria-label={t('Saved set-ups')}>
      <output>
        {removed && (
          <span className="row spread">
            <span>
              {t('Deleted: {name}', { name: removed.profile.name || removed.profile.domain || t('Unnamed set-up') })}
            </span>
            <Button kind="plain" onClick={() => void restore()}>
              {t('Bring it back')}
            </Button>
          </span>
        )}
      </output>
      <ul className="saved">
        {known.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      <TaskState task="copy" fallback={t('Copying …')} />
      <TaskState task="rename" fallback={t('Renaming …')} />
      <TaskState task="remove" fallback={t('Deleting …')} />
    </section>
  );
}

function Entry({ entry }: { readonly entry: SetUpSummary }) {
  const t = useText();
  const moment = useMoment();
  const steps = useSteps();
  const { open, copy, rename, remove } = useWizard(({ open, copy, rename, remove }) => ({
    open,
    copy,
    rename,
    remove,
  }));
  const [typed, setTyped] = useState<string | null>(null);
  const name = entry.name || entry.domain || t('Unnamed set-up');
  const step = steps.find(({ id }) => id === entry.step);
  const keep = () => {
    if (typed !== null && typed.trim() !== '') void rename(entry.id, typed.trim());
    setTyped(null);
  };
  if (typed !== null)
    return (
      <li>
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            keep();
          }}
        >
          <label className="inline-field grow">
            <span>{t('Name of this set-up')}</span>
            <input
              className="input"
              value={typed}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person has just asked to type here
              autoFocus
              onChange={(event) => setTyped(readName(event.target.value))}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setTyped(null);
              }}
            />
          </label>
          <Button kind="plain" onClick={keep}>
            {t('Keep this name')}
          </Button>
          <Button kind="quiet" onClick={() => setTyped(null)}>
            {t('Cancel')}
          </Button>
        </form>
      </li>
    );
  return (
    <li className="row spread">
      <span>
        <strong>{name}</strong>
        <span className="quiet">
          {[entry.domain, step ? t(step.title) : '', moment(entry.savedAt)].filter((part) => part !== '').join(' · ')}
        </span>
      </span>
      <span className="row">
        <Button kind="plain" label={t('Open {name}', { name })} onClick={() => void open(entry.id)}>
          {t('Open')}
        </Button>
        <Button kind="quiet" label={t('Rename {name}', { name })} onClick={() => setTyped(entry.name)}>
          {t('Rename')}
        </Button>
        <Button
          kind="quiet"
          label={t('Copy {name}', { name })}
          onClick={() => void copy(entry.id, t('Copy of {name}', { name }))}
        >
          {t('Copy')}
        </Button>
        <Button kind="quiet" label={t('Delete {name}', { name })} onClick={() => void remove(entry.id)}>
          {t('Delete')}
        </Button>
      </span>
    </li>
  );
}
