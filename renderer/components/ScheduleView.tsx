/** What a regular look would write and run, in full, with the button that installs exactly that. */
import { stateLine } from '../../core/report/schedule-text.ts';
import type { ScheduleDocument } from '../../core/schedule/schedule.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';

type ScheduleViewProps = { readonly document: ScheduleDocument; readonly onInstall: () => void };

export function ScheduleView({ document, onInstall }: ScheduleViewProps) {
  const t = useText();
  const { state, files, byHand, problems } = document;
  const commands = byHand.install.join('\n');
  return (
    <section className="stack" aria-label={t('What would be installed')}>
      {state === 'other' && <p className="note note-info">{stateLine(state, t)}</p>}
      {files.map(({ path, content }) => (
        <details key={path} className="more">
          <summary>{t('File {path}', { path })}</summary>
          <pre className="code-block tall">{content}</pre>
        </details>
      ))}
      <details className="more">
        <summary>
          {t('{n, plural, one {# command that switches it on} other {# commands that switch it on}}', {
            n: byHand.install.length,
          })}
        </summary>
        <div className="row spread">
          <pre className="code-block">{commands}</pre>
          <Copy text={commands} what={t('the commands')} />
        </div>
      </details>
      {problems.map((problem) => (
        <p key={problem} className="note note-info">
          {problem}
        </p>
      ))}
      {state === 'installed' && <output>{t('Exactly this is installed already.')}</output>}
      {state !== 'installed' && state !== 'foreign' && (
        <div className="row">
          <Button kind="primary" onClick={onInstall}>
            {t('Install this')}
          </Button>
        </div>
      )}
    </section>
  );
}
