/** Buttons that write a document, as a page or as a PDF, and hand it over as a file. */
import type { DocumentKind } from '../../core/calls/documents.ts';
import { paperOf } from '../../core/report/page-style.ts';
import type { Review } from '../../core/report/review.ts';
import type { SetUp } from '../../core/set-up.ts';
import { useText } from '../i18n/use-text.ts';
import { bytesOf, saveFile } from '../save-file.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import type { IconName } from './Icon.tsx';
import { TaskState } from './TaskState.tsx';

type SaveDocumentProps = {
  readonly kind: DocumentKind;
  readonly setUp: SetUp | null;
  /** Set when the set-up comes from somebody's file. */
  readonly review?: Review;
  readonly icon?: IconName;
  readonly children: string;
};

export function SaveDocument({ kind, setUp, review, icon = 'save', children }: SaveDocumentProps) {
  const t = useText();
  const { run, flush } = useWizard(({ run, flush }) => ({ run, flush }));
  const page = `document:${kind}`;
  const pdf = `pdf:${kind}`;
  const params = { kind, setUp, paper: paperOf(navigator.language), ...(review ? { review } : {}) };
  const savePage = async () => {
    await flush();
    const document = await run(page, 'document.render', params);
    if (document) saveFile(document.fileName, document.html, 'text/html;charset=utf-8');
  };
  const savePdf = async () => {
    await flush();
    const document = await run(pdf, 'document.pdf', params);
    if (document) saveFile(document.fileName, bytesOf(document.pdf), 'application/pdf');
  };
  return (
    <>
      <span className="save-document">
        <Button kind="plain" icon={icon} onClick={() => void savePage()}>
          {children}
        </Button>
        <Button kind="quiet" label={t('As PDF: {what}', { what: children })} onClick={() => void savePdf()}>
          {t('As PDF')}
        </Button>
      </span>
      <TaskState task={page} fallback={t('Writing the document …')} />
      <TaskState task={pdf} fallback={t('Making the PDF …')} onRetry={() => void savePdf()} />
    </>
  );
}
