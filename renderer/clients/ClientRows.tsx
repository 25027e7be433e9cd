/** The rows of the list. What is out of sight is not drawn, and yet all of it is there for a screen reader and the browser's search. */
import { memo, useDeferredValue, useEffect } from 'react';
import type { ClientSummary } from '../../core/clients/list-clients.ts';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { Icon } from '../components/Icon.tsx';
import { useAge } from '../i18n/use-age.ts';
import { useText } from '../i18n/use-text.ts';
import { SHOWN_AS, whoList } from './client-words.ts';

/** As many as any window holds; the others follow once these are on the screen. */
const AT_FIRST = 30;

type ClientRowsProps = {
  readonly clients: readonly ClientSummary[];
  /** Where one was may be anywhere among them. */
  readonly returning: boolean;
  readonly onOpen: (id: string) => void;
};

export function ClientRows({ clients, returning, onOpen }: ClientRowsProps) {
  const t = useText();
  const age = useAge();
  const shown = useDeferredValue(clients, returning ? clients : clients.slice(0, AT_FIRST));
  // The row with the focus may leave the list: what has been seen is not new any more.
  useEffect(() => {
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
    // oxlint-disable-next-line react/exhaustive-deps -- whenever other rows are shown
  }, [shown]);
  return (
    <ul className="client-rows" aria-label={t('Clients')} aria-busy={shown !== clients}>
      {shown.map((client) => (
        <ClientRow
          key={client.id}
          client={client}
          looked={client.lastLook === null ? null : age(client.lastLook)}
          onOpen={onOpen}
        />
      ))}
    </ul>
  );
}

type ClientRowProps = {
  readonly client: ClientSummary;
  readonly looked: string | null;
  readonly onOpen: (id: string) => void;
};

const ClientRow = memo(
  function ClientRow({ client, looked, onOpen }: ClientRowProps) {
    const t = useText();
    const [newest] = client.unseen;
    const what = newest?.text ?? client.worst;
    return (
      <li className="client-row">
        <span className="client-name">
          <button type="button" id={`client-${client.id}`} className="client-open" onClick={() => onOpen(client.id)}>
            {client.name}
          </button>
          <span className="quiet">
            {client.domains.slice(0, 2).join(', ')}
            {client.domains.length > 2 && ` +${client.domains.length - 2}`}
            {client.sites > 1 && ` · ${t('{n, plural, one {# office} other {# offices}}', { n: client.sites })}`}
          </span>
        </span>
        <StatusBadge state={SHOWN_AS[client.state]} />
        <span className="client-what">
          {what !== null && (
            <span>
              {newest && (
                <strong className="client-new">
                  <Icon name="now" size={14} />{' '}
                  {t('{n, plural, one {# thing is new} other {# things are new}}', { n: client.unseenCount })}
                </strong>
              )}
              {what}
            </span>
          )}
          {client.who.length > 0 && (
            <span className="quiet">{t('Who has to act: {who}', { who: whoList(client.who, t) })}</span>
          )}
        </span>
        <span className="client-looked quiet">
          {looked === null ? t('Never looked at') : t('Looked at {age}', { age: looked })}
        </span>
      </li>
    );
  },
  // The list gives a new function each time, which does the same.
  (one, other) => one.client === other.client && one.looked === other.looked,
);
