/** What stands here while there are no clients: what this page is for, and how they get in. */
import { Button } from '../components/Button.tsx';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';

type NoClientsProps = { readonly onAdd: () => void; readonly onImport: () => void };

export function NoClients({ onAdd, onImport }: NoClientsProps) {
  const t = useText();
  const known = useWizard((wizard) => wizard.known);
  return (
    <section className="card stack">
      <h2>{t('No clients yet')}</h2>
      <p>
        {t(
          'A relay is not “set and forget”: addresses change, records get edited, connectors get switched off. Here RelayReady looks again at all offices you care for, and tells only what is new.',
        )}
      </p>
      <ul className="ticks">
        <li>{t('Looking changes nothing, and needs no sign-in.')}</li>
        <li>{t('What was seen is kept on this computer, so that the next look can be compared with it.')}</li>
        <li>{t('A repair is shown before it is made, and only in the organisation it is for.')}</li>
      </ul>
      <div className="row">
        <Button kind="primary" icon="new" onClick={onAdd}>
          {t('Add a client')}
        </Button>
        <Button kind="plain" icon="folder" onClick={onImport}>
          {t('Import a list')}
        </Button>
        {known.length > 0 && (
          <Button kind="plain" icon="forward" onClick={onAdd}>
            {t('Add from one of your set-ups')}
          </Button>
        )}
      </div>
    </section>
  );
}
