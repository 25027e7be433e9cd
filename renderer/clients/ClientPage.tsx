/** One client: what is new, what is wrong now, its offices with what was found there, how it came about, and what can be done. */
import { useEffect, useState } from 'react';
import type { Result } from '../../core/contract.ts';
import { Button } from '../components/Button.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { ChangeList } from './ChangeList.tsx';
import { SHOWN_AS, worldWord } from './client-words.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { DriftList } from './DriftList.tsx';
import { EditClient } from './EditClient.tsx';
import { HistoryView } from './HistoryView.tsx';
import { Offices } from './Offices.tsx';

type OneClient = Result<'clients.get'>;
type ClientPageProps = { readonly id: string; readonly onBack: () => void };

export function ClientPage({ id, onBack }: ClientPageProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [found, setFound] = useState<OneClient | null>(null);
  const [history, setHistory] = useState<Result<'clients.history'> | null>(null);
  const [editing, setEditing] = useState(false);
  const load = async () => {
    const client = await run('client', 'clients.get', { id });
    if (client) setFound(client);
    const past = client && (await run('client-history', 'clients.history', { id }));
    if (past) setHistory(past);
  };
  useEffect(() => {
    void load();
    // oxlint-disable-next-line react/exhaustive-deps -- for each client once
  }, [id]);
  if (!found)
    return (
      <ClientsFrame heading={t('Client')} onBack={onBack}>
        <TaskState task="client" fallback={t('Opening …')} onRetry={() => void load()} />
      </ClientsFrame>
    );
  const back = () => {
    setEditing(false);
    void load();
  };
  if (editing) return <EditClient client={found.client} onDone={back} onBack={back} />;
  return (
    <Shown {...found} history={history} onLoad={() => void load()} onEdit={() => setEditing(true)} onBack={onBack} />
  );
}

type ShownProps = OneClient & {
  readonly history: Result<'clients.history'> | null;
  readonly onLoad: () => void;
  readonly onEdit: () => void;
  readonly onBack: () => void;
};

function Shown({ client, summary, drift, reports, history, onLoad, onEdit, onBack }: ShownProps) {
  const t = useText();
  const moment = useMoment();
  const { world, run } = useWizard(({ info, run }) => ({
    world: info?.environments.find(({ name }) => name === client.environment) ?? null,
    run,
  }));
  const [deleting, setDeleting] = useState(false);
  const seen = async () => {
    if (await run('client-seen', 'clients.seen', { ids: [client.id] })) onLoad();
  };
  const remove = async () => {
    if (await run('client-remove', 'clients.remove', { ids: [client.id] })) onBack();
  };
  const fresh = (history?.changes ?? []).slice(0, summary.unseenCount);
  return (
    <ClientsFrame
      heading={client.name}
      explained
      onBack={onBack}
      lead={
        <p className="row">
          <StatusBadge state={SHOWN_AS[summary.state]} />
          <span>{summary.domains.join(', ')}</span>
          <span>
            {summary.lastLook === null
              ? t('Never looked at')
              : t('Looked at {when}', { when: moment(summary.lastLook) })}
          </span>
          {client.environment !== 'public' && (
            <span className="client-world">{world ? worldWord(world, t) : client.environment}</span>
          )}
        </p>
      }
      actions={
        <>
          <Button kind="quiet" onClick={() => setDeleting(true)}>
            {t('Delete')}
          </Button>
          <Button kind="plain" onClick={onEdit}>
            {t('Edit')}
          </Button>
        </>
      }
    >
      <TaskState task="client-remove" fallback={t('Deleting …')} />
      {world === null && (
        <p className="note note-info">
          {t('This client belongs to “{name}”, which is not running now. What was seen is kept.', {
            name: client.environment,
          })}
        </p>
      )}
      {fresh.length > 0 && (
        <section className="card stack" aria-labelledby="client-new">
          <div className="row spread">
            <h2 id="client-new">{t('New since you last saw it')}</h2>
            <Button kind="plain" icon="good" onClick={() => void seen()}>
              {t('I have seen it')}
            </Button>
          </div>
          <ChangeList changes={fresh} />
        </section>
      )}
      <DriftList drift={drift} looked={summary.lastLook !== null} client={client} />
      <Offices client={client} reports={reports} runs={world !== null} onSaved={onLoad} />
      <TaskState task="client-history" fallback={t('Reading what was seen …')} />
      {history && <HistoryView client={client} history={history} reports={reports} />}
      <Confirm
        open={deleting}
        title={t('Delete {name}?', { name: client.name })}
        yes={t('Delete it')}
        kind="danger"
        onYes={() => void remove()}
        onClose={() => setDeleting(false)}
      >
        <p>
          {t(
            'It is taken out of this list, with all that was seen so far. That cannot be brought back. Nothing changes in Microsoft 365.',
          )}
        </p>
      </Confirm>
    </ClientsFrame>
  );
}
