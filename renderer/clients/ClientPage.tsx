/** One client: what is new, what is wrong now, its offices with what was found there, how it came about, and what can be done. */
import { useEffect, useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
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
import { LookBar } from './LookBar.tsx';
import { LookedHere } from './LookedHere.tsx';
import { Offices } from './Offices.tsx';
import { RepairPage } from './RepairPage.tsx';
import { TrafficPanel } from './TrafficPanel.tsx';
import { useAccount } from './use-account.ts';
import { useReloadAfter, type LookState } from './use-look.ts';

type OneClient = Result<'clients.get'>;
type ClientPageProps = { readonly id: string; readonly look: LookState; readonly onBack: () => void };

export function ClientPage({ id, look, onBack }: ClientPageProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [found, setFound] = useState<OneClient | null>(null);
  const [history, setHistory] = useState<Result<'clients.history'> | null>(null);
  const [over, setOver] = useState<'edit' | { readonly repair: string | null } | null>(null);
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
  useReloadAfter(look.running, () => void load());
  if (!found)
    return (
      <ClientsFrame heading={t('Client')} onBack={onBack}>
        <TaskState task="client" fallback={t('Opening …')} onRetry={() => void load()} />
      </ClientsFrame>
    );
  const back = () => {
    setOver(null);
    void load();
  };
  if (over === 'edit') return <EditClient client={found.client} onDone={back} onBack={back} />;
  if (over) return <RepairPage client={found.client} domain={over.repair} onBack={back} />;
  return (
    <Shown
      {...found}
      history={history}
      look={look}
      onLoad={() => void load()}
      onEdit={() => setOver('edit')}
      onRepair={(domain) => setOver({ repair: domain })}
      onBack={onBack}
    />
  );
}

type ShownProps = OneClient & {
  readonly history: Result<'clients.history'> | null;
  readonly look: LookState;
  readonly onLoad: () => void;
  readonly onEdit: () => void;
  readonly onRepair: (domain: string | null) => void;
  readonly onBack: () => void;
};

function Shown({ client, summary, drift, reports, history, look, onLoad, onEdit, onRepair, onBack }: ShownProps) {
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
      {world !== null && (
        <LookBar
          state={look}
          name={t('Look again')}
          primary={summary.lastLook === null}
          onLook={() => void look.look([client.id])}
        />
      )}
      <LookedHere looked={look.looked} client={client.id} />
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
      <DriftList
        drift={drift}
        looked={summary.lastLook !== null}
        client={client}
        onRepair={world ? onRepair : undefined}
      />
      <Offices client={client} reports={reports} runs={world !== null} onSaved={onLoad} />
      <TaskState task="client-history" fallback={t('Reading what was seen …')} />
      {world !== null && <Traces client={client} />}
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

/** The trace needs a sign-in, which is asked for only when somebody wants to see it. */
function Traces({ client }: { readonly client: Client }) {
  const t = useText();
  const [wanted, setWanted] = useState(false);
  if (wanted) return <SignedInTraces client={client} />;
  return (
    <div className="row">
      <Button kind="plain" onClick={() => setWanted(true)}>
        {t('Is it unused or misused?')}
      </Button>
    </div>
  );
}

function SignedInTraces({ client }: { readonly client: Client }) {
  const account = useAccount(client.environment, client.sites[0]?.profile ?? null, () => undefined);
  return <TrafficPanel client={client} account={account} />;
}
