/** A client as a form: name, offices with their devices, whoever else may send, and the days to remember; kept as a whole. */
import { useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
import { Button } from '../components/Button.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import {
  clientFrom,
  draftOf,
  newKey,
  newSite,
  wrongFields,
  type ClientDraft,
  type ReminderDraft,
} from './client-draft.ts';
import { worldWord } from './client-words.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { LineField } from './LineField.tsx';
import { ReminderFields } from './ReminderFields.tsx';
import { SiteFields } from './SiteFields.tsx';

type EditClientProps = {
  /** As it is; a new one has no office yet. */
  readonly client: Client;
  readonly onDone: (id: string) => void;
  readonly onBack: () => void;
};

export function EditClient({ client, onDone, onBack }: EditClientProps) {
  const t = useText();
  const { environments, run } = useWizard(({ info, run }) => ({ environments: info?.environments ?? [], run }));
  const [draft, setDraft] = useState<ClientDraft>(() => {
    const begun = draftOf(client);
    return begun.sites.length > 0 ? begun : { ...begun, sites: [newSite()] };
  });
  const [pressed, setPressed] = useState(false);
  const wrong = wrongFields(draft);
  const isNew = client.sites.length === 0;
  const put = (patch: Partial<ClientDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const putSite = (key: string, patch: Partial<ClientDraft['sites'][number]>) =>
    put({ sites: draft.sites.map((site) => (site.key === key ? { ...site, ...patch } : site)) });
  const save = async () => {
    setPressed(true);
    const [first] = wrong;
    if (first !== undefined) return document.getElementById(first)?.focus();
    const next = clientFrom(draft, client);
    if (await run('client-save', 'clients.save', { client: next })) onDone(next.id);
  };
  const fresh = (): ReminderDraft => ({ key: newKey(), kind: 'other', what: '', dueOn: '' });
  return (
    <ClientsFrame
      heading={isNew ? t('A new client') : t('Edit {name}', { name: client.name })}
      onBack={onBack}
      actions={
        <Button kind="primary" onClick={() => void save()}>
          {t('Save')}
        </Button>
      }
    >
      <div className="fields">
        <LineField
          id="client-name"
          label={t('Name of the client')}
          value={draft.name}
          problem={wrong.includes('client-name') ? t('Give the client a name.') : null}
          shown={pressed}
          onValue={(name) => put({ name })}
        />
        {environments.length > 1 && (
          <label className="field">
            <span className="field-label">{t('Microsoft cloud')}</span>
            <select
              className="input"
              value={draft.environment}
              onChange={(event) => put({ environment: event.target.value })}
            >
              {!environments.some(({ name }) => name === draft.environment) && (
                <option value={draft.environment}>{draft.environment}</option>
              )}
              {environments.map((environment) => (
                <option key={environment.name} value={environment.name}>
                  {worldWord(environment, t)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {draft.sites.map((site, at) => (
        <SiteFields
          key={site.key}
          site={site}
          number={at + 1}
          wrong={wrong}
          shown={pressed}
          onSite={(patch) => putSite(site.key, patch)}
          onRemove={
            draft.sites.length > 1 ? () => put({ sites: draft.sites.filter(({ key }) => key !== site.key) }) : null
          }
        />
      ))}
      <div className="row">
        <Button
          kind="plain"
          icon="new"
          onClick={() => put({ sites: [...draft.sites, newSite(draft.sites[0]?.domain)] })}
        >
          {t('Another office')}
        </Button>
      </div>
      <section className="card stack" aria-labelledby="days">
        <h2 id="days">{t('Days to remember')}</h2>
        <p className="quiet">{t('A look tells you in time: firmware to look after, a certificate that ends.')}</p>
        {draft.reminders.map((reminder) => (
          <ReminderFields
            key={reminder.key}
            reminder={reminder}
            wrong={wrong}
            shown={pressed}
            onReminder={(patch) =>
              put({
                reminders: draft.reminders.map((one) => (one.key === reminder.key ? { ...one, ...patch } : one)),
              })
            }
            onRemove={() => put({ reminders: draft.reminders.filter(({ key }) => key !== reminder.key) })}
          />
        ))}
        <div className="row">
          <Button kind="plain" icon="new" onClick={() => put({ reminders: [...draft.reminders, fresh()] })}>
            {t('Another day')}
          </Button>
        </div>
      </section>
      <section className="card" aria-label={t('Who else may send')}>
        <LineField
          id="client-senders"
          label={t('Who else may send through the connector')}
          hint={t('Mail addresses of programs and further devices, so that they are not taken for strangers.')}
          value={draft.senders}
          problem={wrong.includes('client-senders') ? t('Write mail addresses, with commas between them.') : null}
          optional
          shown={pressed}
          onValue={(senders) => put({ senders })}
        />
      </section>
      <TaskState task="client-save" fallback={t('Saving …')} onRetry={() => void save()} />
    </ClientsFrame>
  );
}
