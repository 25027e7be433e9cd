/** What is wrong now, the worst first, with the next step and who takes it. */
import type { Client } from '../../core/clients/client.ts';
import type { Drift } from '../../core/clients/drift.ts';
import { siteNames } from '../../core/clients/list-clients.ts';
import { Button } from '../components/Button.tsx';
import { FixList } from '../components/FixList.tsx';
import { Icon } from '../components/Icon.tsx';
import { useAge } from '../i18n/use-age.ts';
import { useText } from '../i18n/use-text.ts';

type DriftListProps = {
  readonly drift: readonly Drift[];
  /** Before the first look nothing can be said. */
  readonly looked: boolean;
  readonly client: Client;
  /** Missing while the client's world cannot be asked. */
  readonly onRepair: ((domain: string) => void) | undefined;
};

export function DriftList({ drift, looked, client, onRepair }: DriftListProps) {
  const t = useText();
  const age = useAge();
  const names = siteNames(client);
  /** One repair mends all of a domain, so it is offered once. */
  const offered = drift.find(({ repairable }) => repairable);
  if (!looked)
    return (
      <p className="note note-info">
        <Icon name="info" size={22} />
        <span>{t('Nobody has looked at this client yet. The first look is the measure for later ones.')}</span>
      </p>
    );
  return (
    <section className="stack" aria-labelledby="client-drift">
      <h2 id="client-drift">{drift.length === 0 ? t('Nothing has come apart') : t('What is wrong now')}</h2>
      {drift.length === 0 && (
        <p className="note note-pass">
          <Icon name="good" size={22} />
          <span>{t('Line, connector and record fit together, as far as could be seen.')}</span>
        </p>
      )}
      <ul className="findings">
        {drift.map((one) => (
          <li
            key={`${one.kind} ${one.site ?? one.domain} ${one.text}`}
            className={`note ${one.severity === 'bad' ? 'note-fail' : 'note-warn'}`}
          >
            <Icon name={one.severity === 'bad' ? 'stop' : 'warning'} size={22} />
            <div className="note-body">
              <p className="note-title">{one.text}</p>
              <p className="quiet">
                {one.site === null ? one.domain : names(one.site)} · {t('Found {age}', { age: age(one.since) })}
              </p>
              <FixList fix={one.fix} who={one.who} />
              {onRepair && one === offered && (
                <div className="row">
                  <Button kind="primary" onClick={() => onRepair(one.domain)}>
                    {t('Review the repair')}
                  </Button>
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
