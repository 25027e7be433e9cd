/** After a look: only what is new, office by office, and what could not be looked at. */
import { useEffect, useRef } from 'react';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { ChangeList } from './ChangeList.tsx';
import type { Looked } from './use-look.ts';

type NewsProps = {
  readonly looked: Looked;
  /** Of clients, by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly onOpen: (id: string) => void;
  readonly onSeen: () => void;
  readonly onPutAway: () => void;
};

/** More is in the list itself, by the filter. */
const MOST_SHOWN = 50;

export function News({ looked: { looked, news, stopped }, names, onOpen, onSeen, onPutAway }: NewsProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  /** An office says whose it is. */
  const whose = (client: string, office: string): string => {
    const name = names.get(client) ?? office;
    return name === office ? office : t('{what} – {place}', { what: name, place: office });
  };
  const changed = news.filter(({ changes }) => changes.length > 0);
  const failed = news.filter(({ error }) => error !== null);
  const seen = async () => {
    if (await run('clients-seen', 'clients.seen', { ids: [...new Set(changed.map(({ client }) => client))] })) {
      onSeen();
      onPutAway();
    }
  };
  if (stopped && news.length === 0 && looked === 0) return null;
  return (
    <section className="card stack news" aria-labelledby="news">
      <div className="row spread">
        <h2 id="news" ref={title} tabIndex={-1}>
          {changed.length === 0
            ? t('Nothing new')
            : t('{n, plural, one {Something is new at # office} other {Something is new at # offices}}', {
                n: changed.length,
              })}
        </h2>
        <span className="row">
          {changed.length > 0 && (
            <Button kind="plain" icon="good" onClick={() => void seen()}>
              {t('I have seen all of it')}
            </Button>
          )}
          <Button kind="quiet" onClick={onPutAway}>
            {t('Put away')}
          </Button>
        </span>
      </div>
      <p className="quiet">
        {t('{n, plural, one {# office was looked at.} other {# offices were looked at.}}', { n: looked })}
      </p>
      {changed.slice(0, MOST_SHOWN).map(({ client, site, name, changes }) => (
        <div key={`${client} ${site}`}>
          <h3>
            <button type="button" className="link-button" onClick={() => onOpen(client)}>
              {whose(client, name)}
            </button>
          </h3>
          <ChangeList changes={changes} />
        </div>
      ))}
      {changed.length > MOST_SHOWN && <p>{t('The others are in the list; tick “Only what is new”.')}</p>}
      {failed.length > 0 && (
        <details className="more">
          <summary>
            {t('{n, plural, one {# office could not be looked at} other {# offices could not be looked at}}', {
              n: failed.length,
            })}
          </summary>
          <ul className="change-list">
            {failed.slice(0, MOST_SHOWN).map(({ client, site, name, error }) => (
              <li key={`${client} ${site}`} className="change-row state-unknown">
                <Icon name="question" size={20} />
                <span>
                  <strong>{whose(client, name)}</strong>: {error}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <TaskState task="clients-seen" fallback={t('Saving …')} />
    </section>
  );
}
