/** In practice the record can be published with one press, in the simulated DNS; in reality a person does it at the DNS host. */
import { environmentOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { PUBLISHED } from '../set-up-actions.ts';
import { useDraft } from '../use-draft.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

type Props = { readonly record: string; readonly onPublished: () => void };

export function PublishInPractice({ record, onPublished }: Props) {
  const t = useText();
  const { environment, run } = useWizard((wizard) => ({ environment: environmentOf(wizard), run: wizard.run }));
  const [, keep] = useDraft(PUBLISHED);
  if (!environment || environment.practice === null) return null;
  const publish = async () => {
    if (!(await run('publish', 'practice.publish', { environment: environment.name, record }))) return;
    keep(record);
    onPublished();
  };
  return (
    <div className="practice-note">
      <p>
        {t(
          'In practice you need not log in anywhere: publish the record in the simulated DNS. In reality you or your DNS host do this.',
        )}
      </p>
      <TaskState task="publish" fallback={t('Publishing …')} onRetry={() => void publish()} />
      <div className="row">
        <Button kind="plain" onClick={() => void publish()}>
          {t('Publish it in the simulated DNS')}
        </Button>
      </div>
    </div>
  );
}
