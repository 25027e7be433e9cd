/** In practice the record can be published with one press, in the simulated DNS; in reality a person does it at the DNS host. */
import { useText } from '../i18n/use-text.ts';
import { PUBLISHED } from '../set-up-actions.ts';
import { useDraft } from '../use-draft.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

type Props = { readonly environment: string; readonly record: string; readonly onPublished: () => void };

export function PublishInPractice({ environment, record, onPublished }: Props) {
  const t = useText();
  const { practice, inHand, run } = useWizard(({ info, setUp, run }) => ({
    practice: info?.environments.some((one) => one.name === environment && one.practice !== null),
    inHand: setUp?.environment === environment,
    run,
  }));
  const [, keep] = useDraft(PUBLISHED);
  if (practice !== true) return null;
  const publish = async () => {
    if (!(await run('publish', 'practice.publish', { environment, record }))) return;
    if (inHand) keep(record);
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
