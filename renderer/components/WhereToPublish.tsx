/** Where and how the record is edited at the company that holds this domain's DNS. */
import { useEffect, useState } from 'react';
import type { Result } from '../../core/contract.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { TaskState } from './TaskState.tsx';

type WhereToPublishProps = { readonly domain: string; readonly environment: string };

export function WhereToPublish({ domain, environment }: WhereToPublishProps) {
  const t = useText();
  const run = useWizard((wizard) => wizard.run);
  const [found, setFound] = useState<Result<'dns.host'> | null>(null);
  const look = async () => {
    setFound(await run('dns-host', 'dns.host', { environment, domain }));
  };
  useEffect(() => {
    void look();
    // oxlint-disable-next-line react/exhaustive-deps -- for each domain once
  }, [domain]);
  return (
    <>
      <TaskState task="dns-host" fallback={t('Looking who holds the records …')} onRetry={() => void look()} />
      {found && (
        <details className="more" open>
          <summary>
            {found.host.id === 'generic'
              ? t('Where to change it')
              : t('Where to change it: {host}', { host: found.host.name })}
          </summary>
          {found.nameServers.length > 0 && (
            <p className="quiet">{t('Name servers: {names}', { names: found.nameServers.join(', ') })}</p>
          )}
          <ol>
            {found.host.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
          {found.host.adminPage !== null && <p className="quiet">{found.host.adminPage}</p>}
          {found.host.certainty === 'usual' && (
            <p className="quiet">{t('These are the usual steps; the pages may look different today.')}</p>
          )}
        </details>
      )}
    </>
  );
}
