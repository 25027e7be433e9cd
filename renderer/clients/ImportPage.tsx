/** Import: choose files, a folder or a path; see what would become of it and every bad row; then all of it or nothing. */
import { useEffect, useState } from 'react';
import { MOST_TEXT, type ImportPreview, type ImportSource } from '../../core/clients/import.ts';
import type { Result } from '../../core/contract.ts';
import { Button } from '../components/Button.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard, useWizardStore } from '../use-wizard.ts';
import { worldWord } from './client-words.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { FileChooser } from './FileChooser.tsx';
import { ImportedNote } from './ImportedNote.tsx';
import { LineField } from './LineField.tsx';
import { PreviewView } from './PreviewView.tsx';

const TASK = 'clients-import';
const KINDS = /\.(csv|jsonl|ndjson|json)$/i;

export function ImportPage({ onBack }: { readonly onBack: () => void }) {
  const t = useText();
  const store = useWizardStore();
  const { environments, begun, run, note, dismiss } = useWizard(({ info, run, note, dismiss }) => ({
    environments: info?.environments ?? [],
    begun: info?.startEnvironment ?? 'public',
    run,
    note,
    dismiss,
  }));
  const [environment, setEnvironment] = useState(begun);
  const [path, setPath] = useState('');
  const [source, setSource] = useState<ImportSource | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [leaveOut, setLeaveOut] = useState(false);
  const [imported, setImported] = useState<Result<'clients.import'> | null>(null);
  useEffect(() => dismiss(TASK), [dismiss]);
  const look = async (next: ImportSource, where = environment) => {
    setSource(next);
    setPreview(null);
    setLeaveOut(false);
    const found = await run(TASK, 'clients.import-preview', { source: next, environment: where });
    if (found) setPreview(found);
  };
  const take = async (chosen: FileList | null) => {
    const wanted = [...(chosen ?? [])].filter(({ name }) => chosen?.length === 1 || KINDS.test(name));
    const bytes = wanted.reduce((sum, { size }) => sum + size, 0);
    if (wanted.length === 0 && !chosen?.length) return;
    if (wanted.length === 0 || bytes > MOST_TEXT || wanted.length > 10_000)
      return note({
        errors: {
          ...store.getState().errors,
          [TASK]: {
            schema: 'relayready/error@1',
            code: 'bad-input',
            message:
              wanted.length === 0
                ? t('There is no table, no JSON lines and no JSON file among them.')
                : t('That is more than 32 MB, or more than 10,000 files.'),
            remedy:
              wanted.length === 0
                ? t('Choose files that end in .csv, .jsonl, .ndjson or .json.')
                : t('Type the path of the file or folder instead; then it is read piece by piece.'),
            field: 'file',
            who: 'you',
            detail: null,
          },
        },
      });
    const read = await Promise.all(wanted.map(async (file) => ({ name: file.name, text: await file.text() })));
    await look({ kind: 'files', files: read });
  };
  const keep = async () => {
    if (!source || !preview) return;
    const done = await run(TASK, 'clients.import', {
      source,
      environment,
      digest: preview.digest,
      leaveOutBad: leaveOut,
    });
    if (done) setImported(done);
  };
  const ready =
    preview !== null && preview.added + preview.changed > 0 && (preview.problemCount === 0 || leaveOut) && !imported;
  return (
    <ClientsFrame
      heading={t('Import clients')}
      lead={<p>{t('You see first what would become of it. Then all of it is kept, or nothing.')}</p>}
      onBack={onBack}
      actions={
        ready && (
          <Button kind="primary" onClick={() => void keep()}>
            {t('Import {n, plural, one {# client} other {# clients}}', { n: preview.added + preview.changed })}
          </Button>
        )
      }
    >
      {imported ? (
        <ImportedNote imported={imported} />
      ) : (
        <section className="card stack" aria-label={t('What to import')}>
          <p>
            {t(
              'A table (.csv) with the column “domain”, JSON lines, or a folder of profiles. Rows of one client are its offices. A column that looks like a password is not read.',
            )}
          </p>
          {environments.length > 1 && (
            <label className="inline-field">
              <span className="field-label">{t('Microsoft cloud')}</span>
              <select
                className="input"
                value={environment}
                onChange={(event) => {
                  setEnvironment(event.target.value);
                  if (source) void look(source, event.target.value);
                }}
              >
                {environments.map((one) => (
                  <option key={one.name} value={one.name}>
                    {worldWord(one, t)}
                  </option>
                ))}
              </select>
            </label>
          )}
          <div className="row">
            <FileChooser name={t('Choose files')} onChoose={(chosen) => void take(chosen)} />
            <FileChooser name={t('Choose a folder')} folder onChoose={(chosen) => void take(chosen)} />
          </div>
          <form
            className="form-line"
            onSubmit={(event) => {
              event.preventDefault();
              if (path.trim() !== '') void look({ kind: 'path', path: path.trim() });
            }}
          >
            <LineField id="import-path" label={t('Or the path of a file or folder')} value={path} onValue={setPath} />
            <Button
              kind="plain"
              onClick={() => {
                if (path.trim() !== '') void look({ kind: 'path', path: path.trim() });
              }}
            >
              {t('Look at it')}
            </Button>
          </form>
        </section>
      )}
      <TaskState task={TASK} fallback={t('Reading …')} />
      {preview && !imported && <PreviewView preview={preview} leaveOut={leaveOut} onLeaveOut={setLeaveOut} />}
    </ClientsFrame>
  );
}
