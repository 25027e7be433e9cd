/** What was found in an earlier session is marked as old, with its age, and is looked at again by one button. */
import { useState } from 'react';
import { useAge } from '../i18n/use-age.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

export function OldFacts() {
  const t = useText();
  const age = useAge();
  const { report, fresh, hidden, lookAgain, note } = useWizard((wizard) => ({
    report: wizard.setUp?.report ?? null,
    fresh: wizard.fresh,
    hidden: wizard.oldHidden,
    lookAgain: wizard.lookAgain,
    note: wizard.note,
  }));
  const [looking, setLooking] = useState(false);
  const old = report?.results.filter(({ id }) => !fresh.includes(id)) ?? [];
  if (!report || hidden || (old.length === 0 && !looking)) return null;
  const oldest = old.map(({ checkedAt }) => checkedAt ?? report.startedAt).sort()[0] ?? '';
  const again = async () => {
    setLooking(true);
    await lookAgain();
    setLooking(false);
  };
  return (
    <aside className="note note-info" aria-label={t('From an earlier time')}>
      <Icon name="info" size={22} />
      <div className="note-body">
        <p className="note-title">
          {looking
            ? t('Looking at everything again …')
            : t(
                '{count, plural, one {# fact is} other {# facts are}} from an earlier session, the oldest found out {age}.',
                { count: old.length, age: age(oldest) },
              )}
        </p>
        {!looking && <p>{t('It may have changed since. Your answers are as you gave them.')}</p>}
        <div className="row">
          <Button kind="plain" busy={looking} onClick={() => void again()}>
            {t('Look at everything again')}
          </Button>
          {!looking && (
            <Button kind="quiet" onClick={() => note({ oldHidden: true })}>
              {t('Hide this')}
            </Button>
          )}
        </div>
      </div>
    </aside>
  );
}
