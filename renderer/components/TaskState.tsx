/** Shows a named call: how far it is while it runs, its error with "Try again" when it could not be done. */
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { ProgressNote } from './ProgressNote.tsx';

type TaskStateProps = { readonly task: string; readonly fallback: string; readonly onRetry?: () => void };

export function TaskState({ task, fallback, onRetry }: TaskStateProps) {
  const t = useText();
  const { run, error, cancel } = useWizard((wizard) => ({
    run: wizard.runs[task],
    error: wizard.errors[task],
    cancel: wizard.cancel,
  }));
  if (run) return <ProgressNote run={run} fallback={fallback} onCancel={() => cancel(task)} />;
  if (!error) return null;
  return (
    <ErrorNote error={error}>
      {onRetry && (
        <Button kind="plain" onClick={onRetry}>
          {t('Try again')}
        </Button>
      )}
    </ErrorNote>
  );
}
