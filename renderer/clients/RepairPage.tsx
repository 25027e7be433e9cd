/** The repair of a client as one reviewed change: addresses, connector, record and what is entered, side by side; asked once, then told. */
import { useEffect, useRef, useState } from 'react';
import { domainsOf, type Client } from '../../core/clients/client.ts';
import type { Repair } from '../../core/clients/repair.ts';
import type { Result } from '../../core/contract.ts';
import { Button } from '../components/Button.tsx';
import { Confirm } from '../components/Confirm.tsx';
import { FindingList } from '../components/FindingList.tsx';
import { PlanView } from '../components/PlanView.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { ClientsFrame } from './ClientsFrame.tsx';
import { RecordPart } from './RecordPart.tsx';
import { RepairAddresses } from './RepairAddresses.tsx';
import { RepairDone } from './RepairDone.tsx';
import { SignInHere } from './SignInHere.tsx';
import { useAccount } from './use-account.ts';

export type Applied = Result<'clients.repair-apply'> & { readonly repair: Repair };
type RepairPageProps = { readonly client: Client; readonly domain: string | null; readonly onBack: () => void };

type Wanted = { readonly domain: string | null; readonly takeAway: readonly string[] };

const entersSomething = ({ entered }: Repair): boolean =>
  entered.some(({ before, after }) => before.join() !== after.join());

export function RepairPage({ client, domain: first, onBack }: RepairPageProps) {
  const t = useText();
  const { run, reading, failed, dismiss } = useWizard(({ runs, errors, run, dismiss }) => ({
    run,
    failed: 'client-repair' in errors,
    reading: 'client-repair' in runs,
    dismiss,
  }));
  const [repair, setRepair] = useState<Repair | null>(null);
  const [asking, setAsking] = useState(false);
  const [applied, setApplied] = useState<Applied | null>(null);
  const domains = domainsOf(client);
  /** What the repair is to be; a wish that comes while it is worked out is worked in next. */
  const wanted = useRef<Wanted>({ domain: first, takeAway: [] });
  const working = useRef<Promise<void> | null>(null);
  const work = (next: Wanted): Promise<void> => {
    wanted.current = next;
    working.current ??= (async () => {
      for (;;) {
        const { domain, takeAway } = wanted.current;
        const asked = wanted.current;
        const params = { id: client.id, domain, takeAway: [...takeAway] };
        // oxlint-disable-next-line no-await-in-loop -- the answer decides whether to ask again
        const found = await run('client-repair', 'clients.repair', params);
        if (found) setRepair(found);
        if (asked === wanted.current) break;
      }
      working.current = null;
    })();
    return working.current;
  };
  const again = () => void work({ ...wanted.current });
  const profile = client.sites.find((site) => site.profile.domain === (repair?.domain ?? first))?.profile;
  const account = useAccount(client.environment, profile ?? client.sites[0]?.profile ?? null, () => {
    // What stood in the way was another organisation, or nobody.
    dismiss('client-repair');
    again();
  });
  useEffect(() => {
    dismiss('client-apply');
    again();
    // oxlint-disable-next-line react/exhaustive-deps -- on arrival
  }, []);
  const apply = async () => {
    if (!repair) return;
    const result = await run('client-apply', 'clients.repair-apply', { id: client.id, repair });
    if (result) setApplied({ ...result, repair });
  };
  if (applied) return <RepairDone client={client} applied={applied} onBack={onBack} />;
  const stopped = repair?.plan?.findings.some(({ severity }) => severity === 'blocker') ?? false;
  const steps = repair?.plan?.steps.length ?? 0;
  // What is shown while the newest could not be worked out is not to be carried out.
  const todo = repair !== null && !failed && !stopped && (steps > 0 || entersSomething(repair));
  return (
    <ClientsFrame
      heading={t('The repair of {name}', { name: client.name })}
      lead={
        <p>
          {t('All that has to change so that line, connector and record fit together again. Nothing has changed yet.')}
        </p>
      }
      explained
      onBack={onBack}
      actions={
        todo && (
          <Button kind={repair.plan ? 'primary' : 'plain'} busy={reading} onClick={() => setAsking(true)}>
            {steps > 0 ? t('Make this change') : t('Enter these addresses')}
          </Button>
        )
      }
    >
      {domains.length > 1 && (
        <label className="inline-field">
          <span className="field-label">{t('Domain')}</span>
          <select
            className="input"
            value={repair?.domain ?? first ?? ''}
            onChange={(event) => void work({ domain: event.target.value, takeAway: [] })}
          >
            {domains.map((domain) => (
              <option key={domain}>{domain}</option>
            ))}
          </select>
        </label>
      )}
      <TaskState task="client-repair" fallback={t('Working the repair out …')} onRetry={again} />
      <SignInHere account={account} needed={repair?.plan === null} />
      {repair && (
        <>
          {repair.nothingToDo && (
            <p className="note note-pass note-title">
              {t('Nothing has to change: line, connector and record fit together.')}
            </p>
          )}
          <RepairAddresses repair={repair} onTakeAway={(takeAway) => work({ domain: repair.domain, takeAway })} />
          <section className="stack" aria-labelledby="repair-connector">
            <h2 id="repair-connector">{t('The connector')}</h2>
            {repair.plan === null && (
              <p className="note note-info">
                {t('Whether the connector has to change is known once somebody is signed in to {domain}.', {
                  domain: repair.domain,
                })}
              </p>
            )}
            {repair.plan?.steps.length === 0 && !stopped && <p>{t('It stays as it is.')}</p>}
            {repair.plan && <FindingList findings={repair.plan.findings} />}
            {repair.plan && <PlanView plan={repair.plan} />}
          </section>
          <RecordPart repair={repair} environment={client.environment} onPublished={again} />
        </>
      )}
      <TaskState task="client-apply" fallback={t('Making the change …')} onRetry={again} />
      <Confirm
        open={asking}
        title={steps > 0 ? t('Change Microsoft 365 now?') : t('Enter these addresses?')}
        yes={steps > 0 ? t('Change it now') : t('Enter them')}
        onYes={() => void apply()}
        onClose={() => setAsking(false)}
      >
        <ul>
          {repair?.plan?.steps.map((step) => (
            <li key={step.why}>{step.why}</li>
          ))}
          {repair?.entered
            .filter(({ before, after }) => before.join() !== after.join())
            .map(({ site, name, after }) => (
              <li key={site}>
                {t('For {name} these addresses are entered: {addresses}.', { name, addresses: after.join(', ') })}
              </li>
            ))}
        </ul>
        {repair?.spf.after !== null && <p>{t('The DNS record is published by hand; it is shown again afterwards.')}</p>}
      </Confirm>
    </ClientsFrame>
  );
}
