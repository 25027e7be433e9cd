/** Set up the scanner: exactly what to type, by the brand's own labels; and finding out why it does not send. */
import { say } from '../../core/text.ts';
import { BrandFields } from '../components/BrandFields.tsx';
import { CatchPanel } from '../components/CatchPanel.tsx';
import { Copy } from '../components/Copy.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { environmentOf, relayHostOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import type { Step } from './step.ts';

function DeviceSettingsPage() {
  const t = useText();
  const { setUp, brands, port } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    brands: wizard.info?.brands,
    port: environmentOf(wizard)?.relayPort ?? 25,
  }));
  if (!setUp) return null;
  const card =
    brands?.find(({ brand }) => brand === setUp.profile.devices[0]?.brand) ??
    brands?.find(({ id }) => id === 'generic');
  const host = relayHostOf(setUp);
  const rows = [
    { label: card?.labels.server ?? t('SMTP server'), value: host },
    { label: card?.labels.port ?? t('Port'), value: String(port) },
    {
      label: card?.labels.encryption ?? t('Encryption'),
      value: card?.labels.encryptionValue ?? t('STARTTLS (also called “TLS”), not SSL'),
    },
    {
      label: card?.labels.authentication ?? t('Sign-in (SMTP authentication)'),
      value: card?.labels.authenticationValue ?? t('Off; no user name, no password'),
    },
    { label: card?.labels.sender ?? t('Sender address'), value: setUp.profile.sender },
  ];
  return (
    <StepPage
      id="device-settings"
      lead={
        <p>
          {t(
            'Type these values into the scanner, exactly as they stand here. Then scan a page to the outside address.',
          )}
        </p>
      }
    >
      <section className="card stack">
        <BrandFields />
      </section>
      <section className="card stack" aria-label={t('What to type')}>
        <h2>{card ? t('On your {brand}', { brand: card.brand }) : t('On the scanner')}</h2>
        {card && (
          <p>
            {t('Where: {path}', { path: card.menuPath.join(' › ') })}
            <span className="quiet">
              {t('Its web page: {page}', {
                page: card.webPage.replace('<address>', setUp.profile.devices[0]?.address || '<address>'),
              })}
            </span>
          </p>
        )}
        <dl className="to-type">
          {rows.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                {value === null ? (
                  <span className="quiet">{t('not known yet')}</span>
                ) : (
                  <>
                    <span className="mono">{value}</span> <Copy text={value} what={label} />
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
        {card?.certainty === 'usual' && (
          <p className="quiet">{t('The labels are the usual ones of this brand; they may differ on your model.')}</p>
        )}
        {card && card.notes.length > 0 && (
          <ul>
            {card.notes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </section>
      <details className="more card">
        <summary>{t('The scanner does not send')}</summary>
        <CatchPanel />
      </details>
    </StepPage>
  );
}

export const deviceSettings: Step = {
  id: 'device-settings',
  title: say('Set up the scanner'),
  needs: ['address'],
  hangsOn: ['domain', 'environment', 'sender', 'relayHost'],
  stations: [],
  findings: [],
  skip: say('Set up the scanner later'),
  Page: DeviceSettingsPage,
};
