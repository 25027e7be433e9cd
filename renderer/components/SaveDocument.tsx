/** A button that writes a document and hands it over as a file. */
import type { DocumentKind } from '../../core/calls/documents.ts';
import type { SetUp } from '../../core/set-up.ts';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import { TaskState } from './TaskState.tsx';

type SaveDocumentProps = {
  readonly kind: DocumentKind;
  readonly setUp: SetUp | null;
  readonly icon?: IconName;
  readonly children: string;
};

export function SaveDocument({ kind, setUp, icon = 'save', children }: SaveDocumentProps) {
  const t = useText();
  const { run, flush } = useWizard(({ run, flush }) => ({ run, flush }));
  const task = `document:${kind}`;
  const save = async () => {
    await flush();
    const document = await run(task, 'document.render', { kind, setUp });
    if (document) saveFile(document.fileName, document.html, 'text/html;charset=utf-8');
  };
  return (
    <>
      <Button kind="plain" icon={icon} onClick={() => void save()}>
        {children}
      </Button>
      <TaskState task={task} fallback={t('Writing the document …')} />
    </>
  );
}
