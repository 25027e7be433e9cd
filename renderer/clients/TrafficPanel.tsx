/** What came through a client's connector by Microsoft's message trace: unused, misused, or as it should be. */
import { useState } from 'react';
import type { Client } from '../../core/clients/client.ts';
import type { Traffic } from '../../core/clients/traffic.ts';
import { Button } from '../components/Button.tsx';
import { FindingList } from '../components/FindingList.tsx';
import { TableFrame } from '../components/TableFrame.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { SignInHere } from './SignInHere.tsx';
import { TrafficDays } from './TrafficDays.tsx';
import type { AccountState } from './use-account.ts';

const SPANS = [10, 30, 90] as const;
const SEVERITY = { bad: 'blocker', warning: 'warning', info: 'info' } as const;

export function TrafficPanel({ client, account }: { readonly client: Client; readonly account: AccountState }) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [days, setDays] = useState<number>(SPANS[0]);
  const [traffic, setTraffic] = useState<Traffic | null>(null);
  const read = async () => {
    const found = await run('client-traffic', 'clients.traffic', { id: client.id, days });
    if (found) setTraffic(found);
  };
  return (
    <section className="card stack" aria-labelledby="client-traffic">
      <h2 id="client-traffic">{t('Unused or misused?')}</h2>
      <p>
        {t(
          'Microsoft keeps a trace of what came through the connector. It shows senders nobody entered, days with far too much mail, and connectors nobody uses any more.',
        )}
      </p>
      <SignInHere account={account} needed />
      {account.account && (
        <div className="row">
          <label className="inline-field">
            <span>{t('Of the last')}</span>
            <select className="input" value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {SPANS.map((span) => (
                <option key={span} value={span}>
                  {t('{n, plural, one {# day} other {# days}}', { n: span })}
                </option>
              ))}
            </select>
          </label>
          <Button kind="plain" onClick={() => void read()}>
            {t('Read the trace')}
          </Button>
        </div>
      )}
      <TaskState task="client-traffic" fallback={t('Reading the trace …')} onRetry={() => void read()} />
      {traffic && (
        <>
          <output className="note-title">
            {t('{n, plural, one {# recipient} other {# recipients}} in {days, plural, one {# day} other {# days}}', {
              n: traffic.total,
              days: traffic.days.length,
            })}
          </output>
          {traffic.findings.length === 0 && (
            <p className="note note-pass note-title">{t('All of it is as it should be.')}</p>
          )}
          <FindingList
            findings={traffic.findings.map(({ severity, ...finding }) => ({
              ...finding,
              severity: SEVERITY[severity],
            }))}
          />
          {traffic.total > 0 && <TrafficDays days={traffic.days} />}
          {traffic.senders.length > 0 && (
            <TableFrame label={t('Senders')} low>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('Sender')}</th>
                    <th scope="col">{t('Recipients')}</th>
                    <th scope="col">{t('Is it entered?')}</th>
                  </tr>
                </thead>
                <tbody>
                  {traffic.senders.map(({ sender, total, expected }) => (
                    <tr key={sender} className={expected ? undefined : 'altered'}>
                      <th scope="row">{sender || t('no sender')}</th>
                      <td>{t('{n, number}', { n: total })}</td>
                      <td>{expected ? t('yes') : t('no')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableFrame>
          )}
        </>
      )}
    </section>
  );
}
