/** After the repair: what was changed and read back, what was entered, and what is still to be done by hand. */
import { useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
import { OutcomeView } from '../components/OutcomeView.tsx';
import { useText } from '../i18n/use-text.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { RecordPart } from './RecordPart.tsx';
import { RepairUndo } from './RepairUndo.tsx';
import type { Applied } from './RepairPage.tsx';

type RepairDoneProps = { readonly client: Client; readonly applied: Applied; readonly onBack: () => void };

export function RepairDone({ client, applied, onBack }: RepairDoneProps) {
  const t = useText();
  const [published, setPublished] = useState(false);
  const { outcome, repair } = applied;
  const kept = outcome === null || outcome.status === 'done' || outcome.status === 'nothing-to-do';
  const entered = repair.entered.filter(({ before, after }) => before.join() !== after.join());
  return (
    <ClientsFrame heading={t('What was changed at {name}', { name: client.name })} explained onBack={onBack}>
      {outcome && <OutcomeView outcome={outcome} title={t('The connector')} />}
      {outcome?.steps.some(({ status }) => status === 'done') && (
        <RepairUndo client={applied.client} domain={repair.domain} outcome={outcome} />
      )}
      {kept && entered.length > 0 && (
        <section className="card stack" aria-labelledby="repair-entered">
          <h2 id="repair-entered">{t('Entered')}</h2>
          <ul>
            {entered.map(({ site, name, before, after }) => (
              <li key={site}>
                {t('{name}: {after}; before it was {before}.', {
                  name,
                  after: after.join(', ') || t('none'),
                  before: before.join(', ') || t('none'),
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!kept && <p>{t('As the connector was not changed, the addresses stay entered as they were.')}</p>}
      {repair.spf.after !== null && !published && (
        <>
          <p className="note note-warn note-title">{t('Still to be done: publish this record.')}</p>
          <RecordPart repair={repair} environment={client.environment} onPublished={() => setPublished(true)} />
        </>
      )}
      {published && <p className="note note-pass note-title">{t('The record is published.')}</p>}
      <p className="quiet">{t('Look again at this client afterwards: it shows whether all fits together.')}</p>
    </ClientsFrame>
  );
}
