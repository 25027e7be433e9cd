/** A copy without an application id: how the organisation registers one of its own in two minutes, and where it is entered. */
import { useEffect, useState } from 'react';
import type { Result } from '../../core/contract.ts';
import { useText } from '../i18n/use-text.ts';
import { useDraft } from '../use-draft.ts';
import { saveFile } from '../save-file.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';
import { Field } from './Field.tsx';
import { TaskState } from './TaskState.tsx';

/** @returns the id in lower case, or null */
const readId = (typed: string): string | null => {
  const id = typed.trim().replaceAll(/[{}]/g, '').toLowerCase();
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : null;
};

export function Register() {
  const t = useText();
  const { setUp, info, run, note } = useWizard(({ setUp, info, run, note }) => ({ setUp, info, run, note }));
  const [how, setHow] = useState<Result<'sign-in.registration'> | null>(null);
  const [typedId, setId] = useDraft('application-id-typed');
  const id = typedId ?? '';
  const environment = placeOf(setUp)?.environment;
  const ask = async () => {
    const found = environment && (await run('register', 'sign-in.registration', { environment }));
    if (found) setHow(found);
  };
  useEffect(() => {
    void ask();
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is shown
  }, []);
  const use = async () => {
    const environments = await run('use-application', 'sign-in.use-application', { clientId: id });
    if (environments && info) note({ info: { ...info, environments } });
  };
  return (
    <details className="card">
      <summary>{t('Register an application id of your own (two minutes)')}</summary>
      <div className="stack">
        <p>
          {t(
            'To sign in, a program needs an id that your organisation knows. This copy brings none. Whoever administers Microsoft Entra makes one; it holds no password and costs nothing.',
          )}
        </p>
        <TaskState task="register" fallback={t('Writing the instructions …')} onRetry={() => void ask()} />
        {how && (
          <>
            <ol className="clicks">
              {how.clicks.map(({ text, value }) => (
                <li key={`${text}${value ?? ''}`}>
                  <span>{text}</span>
                  {value !== null && (
                    <span className="row">
                      <code>{value}</code> <Copy text={value} what={value} />
                    </span>
                  )}
                </li>
              ))}
            </ol>
            <div className="row spread">
              <p className="quiet">{t('Or the same as a PowerShell script; it can be read before it is run.')}</p>
              <span className="row">
                <Copy text={how.script} what={t('the script')} />
                <Button
                  kind="plain"
                  icon="save"
                  onClick={() => saveFile(how.fileName, how.script, 'text/plain;charset=utf-8')}
                >
                  {t('Save the script')}
                </Button>
              </span>
            </div>
          </>
        )}
        <Field
          id="application-id"
          label={t('Application (client) ID')}
          value={id}
          read={readId}
          problem={t('Write it like 12345678-1234-1234-1234-123456789012.')}
          onValue={setId}
          wide
        />
        <TaskState task="use-application" fallback={t('Keeping the id …')} onRetry={() => void use()} />
        {id !== '' && (
          <div>
            <Button kind="primary" onClick={() => void use()}>
              {t('Use this id')}
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}
