/** The list of clients: search, filter and order above, a thousand rows below, and what to do when there is none. */
import { useEffect, type RefObject } from 'react';
import { Button } from '../components/Button.tsx';
import { RegularLook } from '../components/RegularLook.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { ClientRows } from './ClientRows.tsx';
import { ClientsFrame } from './ClientsFrame.tsx';
import { LookBar } from './LookBar.tsx';
import { News } from './News.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { ListTools } from './ListTools.tsx';
import { NoClients } from './NoClients.tsx';
import { AT_ONCE, type ClientListState } from './use-client-list.ts';
import { useReloadAfter, type LookState } from './use-look.ts';

const ALL = { kind: 'clients' } as const;

type Left = { readonly id: string; readonly scrolled: number };
type ClientListProps = {
  readonly list: ClientListState;
  readonly look: LookState;
  /** Where one was before something was opened from here. */
  readonly left: RefObject<Left | null>;
  readonly onOpen: (id: string) => void;
  readonly onAdd: () => void;
  readonly onImport: () => void;
  readonly onBack: () => void;
};

export function ClientList({ list, look, left, onOpen, onAdd, onImport, onBack }: ClientListProps) {
  const t = useText();
  const { found, query } = list;
  // Also a run that was begun before this page was opened.
  useReloadAfter(look.running, list.reload);
  const lookAgain = async () => look.look(await list.matchingIds());
  const returning = left.current !== null;
  useEffect(() => {
    const place = left.current;
    left.current = null;
    if (!place) return;
    document.querySelector('main')?.scrollTo(0, place.scrolled);
    document.getElementById(`client-${place.id}`)?.focus({ preventScroll: true });
    // oxlint-disable-next-line react/exhaustive-deps -- on coming back alone
  }, []);
  const open = (id: string) => {
    left.current = { id, scrolled: document.querySelector('main')?.scrollTop ?? 0 };
    onOpen(id);
  };
  return (
    <ClientsFrame
      heading={t('Clients')}
      lead={<p>{t('All offices you look after: what has changed since the last look, and who has to act.')}</p>}
      focusElsewhere={returning}
      onBack={onBack}
      actions={
        found &&
        found.total > 0 && (
          <>
            <Button kind="plain" onClick={onImport}>
              {t('Import')}
            </Button>
            <Button kind="plain" icon="new" onClick={onAdd}>
              {t('Add a client')}
            </Button>
          </>
        )
      }
    >
      {!found && <TaskState task="clients-list" fallback={t('Reading the list …')} onRetry={list.reload} />}
      {found?.total === 0 && <NoClients onAdd={onAdd} onImport={onImport} />}
      {found && found.total > 0 && (
        <>
          {look.looked && (
            <News looked={look.looked} names={list.names} onOpen={open} onSeen={list.reload} onPutAway={look.putAway} />
          )}
          <ListTools list={list} found={found} />
          {found.matching > 0 && (
            <LookBar
              state={look}
              name={
                found.matching === found.total
                  ? t('Look again at all')
                  : t('Look again at {n, plural, one {this one} other {these #}}', { n: found.matching })
              }
              onLook={() => void lookAgain()}
            />
          )}
          <div className="row spread list-more">
            <RegularLook what={ALL} />
            <span className="row">
              <ExportButtons list={list} />
            </span>
          </div>
          <ClientRows clients={found.clients} returning={returning} onOpen={open} />
          {found.matching > AT_ONCE && (
            <nav className="row" aria-label={t('Parts of the list')}>
              <Button
                kind="plain"
                busy={query.offset === 0}
                onClick={() => list.ask({ offset: Math.max(0, query.offset - AT_ONCE) })}
              >
                {t('The ones before')}
              </Button>
              <span>
                {t('{from, number} to {to, number} of {all, number}', {
                  from: query.offset + 1,
                  to: query.offset + found.clients.length,
                  all: found.matching,
                })}
              </span>
              <Button
                kind="plain"
                busy={query.offset + AT_ONCE >= found.matching}
                onClick={() => list.ask({ offset: query.offset + AT_ONCE })}
              >
                {t('The next ones')}
              </Button>
            </nav>
          )}
        </>
      )}
    </ClientsFrame>
  );
}
