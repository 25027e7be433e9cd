/** Hands the clients that match over as a file: a table, or JSON lines; without notes and without anything secret. */
import type { Params } from '../../core/contract.ts';
import { Button } from '../components/Button.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { saveFile } from '../save-file.ts';
import { useWizard } from '../use-wizard.ts';
import type { ClientListState } from './use-client-list.ts';

/** Ids that one question may hold. */
const MOST_IDS = 10_000;

export function ExportButtons({ list }: { readonly list: ClientListState }) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const save = async (format: Params<'clients.export'>['format']) => {
    const ids = await list.matchingIds();
    const file = await run('clients-export', 'clients.export', { format, ids: ids && ids.slice(0, MOST_IDS) });
    if (file) saveFile(file.fileName, file.text, format === 'csv' ? 'text/csv;charset=utf-8' : 'application/jsonl');
  };
  return (
    <>
      <Button kind="quiet" label={t('Export as a table')} onClick={() => void save('csv')}>
        {t('Export as a table')}
      </Button>
      <Button kind="quiet" label={t('Export as JSON lines')} onClick={() => void save('jsonl')}>
        {t('Export as JSON lines')}
      </Button>
      <TaskState task="clients-export" fallback={t('Writing …')} />
    </>
  );
}
