/** What is being done or waited for, with a way to stop it. */
import type { Run } from '../wizard-state.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { Icon } from './Icon.tsx';

type ProgressNoteProps = {
  readonly run: Run;
  /** Said until the first word comes from the engine. */
  readonly fallback: string;
  readonly onCancel: () => void;
};

export function ProgressNote({ run, fallback, onCancel }: ProgressNoteProps) {
  const t = useText();
  const { latest } = run;
  const open = run.log.findLast((line) => line.url !== undefined);
  const code = run.log.findLast((line) => line.code !== undefined)?.code;
  return (
    <div className="note note-progress">
      <Icon name="spinner" size={22} />
      <div className="note-body">
        <output className="note-title">{latest?.message ?? fallback}</output>
        {latest?.state === 'waiting' && latest.seconds !== undefined && (
          <p>
            {t('Next try in about {seconds, plural, one {# second} other {# seconds}}.', { seconds: latest.seconds })}
          </p>
        )}
        {code && (
          <p className="row">
            <strong className="sign-in-code">{code}</strong> <Copy text={code} what={t('the code')} />
          </p>
        )}
        {open?.url && (
          <p className="row">
            <a href={open.url} target="_blank" rel="noreferrer">
              {t('Open the page yourself')}
            </a>
            <Copy text={open.url} what={t('the address')} />
          </p>
        )}
      </div>
      <Button kind="plain" onClick={onCancel}>
        {t('Cancel')}
      </Button>
    </div>
  );
}
