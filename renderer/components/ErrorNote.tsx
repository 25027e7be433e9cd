/** What went wrong, beside what asked for it; it takes the focus so that nobody has to look for it. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { WireError } from '../../core/contract.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { WHO_WORDS } from './words.ts';

export function ErrorNote({ error, children }: { readonly error: WireError; readonly children?: ReactNode }) {
  const t = useText();
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), []);
  const put = useWizard((wizard) => wizard.note);
  const bug = error.code === 'bug';
  const stopped = error.code === 'cancelled';
  const who = error.who === null || error.who === 'you' ? null : WHO_WORDS[error.who];
  return (
    <div ref={note} role="alert" tabIndex={-1} className={`note ${stopped ? 'note-info' : 'note-fail'}`}>
      <Icon name={stopped ? 'info' : 'stop'} size={22} />
      <div className="note-body">
        <p className="note-title">{error.message}</p>
        {error.remedy && <p>{error.remedy}</p>}
        {who && <p className="who">{t('Who can help: {who}', { who: t(who) })}</p>}
        {error.detail && (
          <details className="more">
            <summary>{t('What the other side said')}</summary>
            <p className="code-block">{error.detail}</p>
          </details>
        )}
        {(children !== undefined || bug) && (
          <div className="row">
            {children}
            {bug && (
              <Button kind="quiet" onClick={() => put({ reporting: true, problem: error })}>
                {t('Report a problem')}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
