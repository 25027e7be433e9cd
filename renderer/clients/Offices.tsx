/** The offices of a client: addresses and devices, what was found there last, and the way into the wizard. */
import { useState } from 'react';
import type { Client, Site } from '../../core/clients/client.ts';
import { siteNames } from '../../core/clients/list-clients.ts';
import type { Report } from '../../core/report/report.ts';
import { Button } from '../components/Button.tsx';
import { DetailView } from '../components/DetailView.tsx';
import { ResultCard } from '../components/ResultCard.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';

type OfficesProps = {
  readonly client: Client;
  /** Newest of each office, by site id. */
  readonly reports: Readonly<Record<string, Report>>;
  /** The client's world can be asked now. */
  readonly runs: boolean;
  readonly onSaved: () => void;
};

export function Offices({ client, reports, runs, onSaved }: OfficesProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const stand = async (id: string, here: boolean) => {
    const sites = client.sites.map((site) => (site.id === id ? { ...site, here } : site));
    if (await run('client-here', 'clients.save', { client: { ...client, sites } })) onSaved();
  };
  return (
    <section className="stack" aria-labelledby="client-offices">
      <h2 id="client-offices">{t('{n, plural, one {The office} other {The offices}}', { n: client.sites.length })}</h2>
      <TaskState task="client-here" fallback={t('Saving …')} />
      {client.sites.map((site) => (
        <Office
          key={site.id}
          client={client}
          site={site}
          report={reports[site.id] ?? null}
          runs={runs}
          onHere={(here) => void stand(site.id, here)}
        />
      ))}
    </section>
  );
}

type OfficeProps = {
  readonly client: Client;
  readonly site: Site;
  readonly report: Report | null;
  readonly runs: boolean;
  readonly onHere: (here: boolean) => void;
};

function Office({ client, site, report, runs, onHere }: OfficeProps) {
  const t = useText();
  const moment = useMoment();
  // Ticked at once; it is saved a moment later.
  const [here, setHere] = useState(site.here);
  const startFrom = useWizard((wizard) => wizard.startFrom);
  const { profile } = site;
  const name = siteNames(client)(site.id);
  const none = t('not given');
  const rows = [
    { label: t('Domain'), value: profile.domain },
    { label: t('Sends from'), value: profile.sender ?? none },
    { label: t('Public addresses'), value: profile.publicIps.join(', ') || none },
    {
      label: t('Connector'),
      value:
        profile.connector.authentication === 'certificate'
          ? `${profile.connector.name} (${profile.connector.certificateName ?? none})`
          : profile.connector.name,
    },
    {
      label: t('Devices'),
      value:
        profile.devices
          .map((device) =>
            [device.name, [device.brand, device.model].filter((part) => part).join(' '), device.address]
              .filter((part) => part)
              .join(', '),
          )
          .join(' · ') || none,
    },
    ...(profile.notes === '' ? [] : [{ label: t('Notes'), value: profile.notes }]),
  ];
  return (
    <section className="card stack" aria-label={name}>
      <div className="row spread">
        <h3>{profile.name || name}</h3>
        {runs && (
          <Button
            kind="plain"
            label={t('Open as a set-up: {name}', { name })}
            onClick={() => startFrom(client.environment, { ...profile, name: profile.name || client.name }, report)}
          >
            {t('Open as a set-up')}
          </Button>
        )}
      </div>
      <DetailView detail={{ kind: 'facts', rows }} />
      <label className="tick">
        <input
          type="checkbox"
          checked={here}
          onChange={(event) => {
            setHere(event.target.checked);
            onHere(event.target.checked);
          }}
        />
        <span>{t('This computer stands in this office: another address than the entered one is then a move.')}</span>
      </label>
      {report && (
        <details className="more">
          <summary>{t('What was found {when}', { when: moment(report.startedAt) })}</summary>
          <ul className="checks">
            {report.results.map((result) => (
              <li key={result.id}>
                <ResultCard result={result} checkedAt={null} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
