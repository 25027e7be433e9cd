/** Adds a client: typed in, or from one of the set-ups on this computer. */
import { useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
import type { SetUp } from '../../core/set-up.ts';
import { Button } from '../components/Button.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { profileOf } from '../facts.ts';
import { useWizard } from '../use-wizard.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { EditClient } from './EditClient.tsx';

/** Null while the set-up has no domain. */
function clientOf(setUp: SetUp): Client | null {
  const profile = profileOf(setUp);
  return (
    profile && {
      schema: 'relayready/client@1',
      id: crypto.randomUUID(),
      name: profile.name || profile.domain,
      environment: setUp.environment,
      tenantId: setUp.outcome?.tenant.id ?? null,
      sites: [{ id: 'main', profile, here: false }],
      senders: [],
      reminders: [],
      addedAt: new Date().toISOString(),
      seenAt: null,
    }
  );
}

const nobodyYet = (environment: string): Client => ({
  schema: 'relayready/client@1',
  id: crypto.randomUUID(),
  name: '',
  environment,
  tenantId: null,
  sites: [],
  senders: [],
  reminders: [],
  addedAt: new Date().toISOString(),
  seenAt: null,
});

type AddClientProps = { readonly onBack: () => void; readonly onAdded: (id: string) => void };

export function AddClient({ onBack, onAdded }: AddClientProps) {
  const t = useText();
  const environment = useWizard((wizard) => wizard.info?.startEnvironment ?? 'public');
  const [typing, setTyping] = useState<Client | null>(null);
  if (typing) return <EditClient client={typing} onDone={onAdded} onBack={() => setTyping(null)} />;
  return (
    <ClientsFrame heading={t('Add a client')} onBack={onBack}>
      <section className="card stack">
        <h2>{t('Type it in')}</h2>
        <p>{t('Name, domain and address of the office are enough; the rest can follow.')}</p>
        <div className="row">
          <Button kind="plain" icon="new" onClick={() => setTyping(nobodyYet(environment))}>
            {t('A new client')}
          </Button>
        </div>
      </section>
      <FromSetUps />
    </ClientsFrame>
  );
}

function FromSetUps() {
  const t = useText();
  const { known, run } = useWizard(({ known, run }) => ({ known, run }));
  const [added, setAdded] = useState<readonly string[]>([]);
  const withDomain = known.filter(({ domain }) => domain !== '');
  const add = async (id: string) => {
    const setUp = await run('client-add', 'set-up.load', { id });
    const client = setUp && clientOf(setUp);
    if (client && (await run('client-add', 'clients.save', { client }))) setAdded((before) => [...before, id]);
  };
  if (withDomain.length === 0) return null;
  return (
    <section className="card stack">
      <h2>{t('From one of your set-ups')}</h2>
      <ul className="saved">
        {withDomain.map(({ id, name, domain }) => (
          <li key={id} className="row spread">
            <span>
              <strong>{name || domain}</strong>
              <span className="quiet">{domain}</span>
            </span>
            {added.includes(id) ? (
              <output>{t('Added')}</output>
            ) : (
              <Button kind="plain" label={t('Add {name}', { name: name || domain })} onClick={() => void add(id)}>
                {t('Add')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <TaskState task="client-add" fallback={t('Adding …')} />
    </section>
  );
}
