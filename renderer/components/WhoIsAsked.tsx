/** Names every server that may be asked, before it is. */
import { environmentOf, hostsOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';

export function WhoIsAsked() {
  const t = useText();
  const { environment, practice } = useWizard((wizard) => ({
    environment: wizard.setUp?.environment ?? '',
    practice: (environmentOf(wizard)?.practice ?? null) !== null,
  }));
  const hosts = hostsOf(environment);
  return (
    <details className="more asked">
      <summary>{t('Which servers will be asked?')}</summary>
      {practice && <p>{t('Only simulated ones, on this computer. Nothing leaves it.')}</p>}
      {!practice && !hosts && <p>{t('Only those named in the environment file RelayReady was started with.')}</p>}
      {!practice && hosts && (
        <>
          <p>{t('Your own name servers and those of your domain, your domain’s mail servers, and:')}</p>
          <ul className="hosts">
            {hosts.map((host) => (
              <li key={host}>{host}</li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
