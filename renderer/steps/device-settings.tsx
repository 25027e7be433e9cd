/** Set up the scanner: exactly what to type, by the brand's own labels; and finding out why it does not send. */
import { say } from '../../core/text.ts';
import { BrandFields } from '../components/BrandFields.tsx';
import { CatchPanel } from '../components/CatchPanel.tsx';
import { SettingsCard } from '../components/SettingsCard.tsx';
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
  const settings = {
    host: relayHostOf(setUp),
    port,
    sender: setUp.profile.sender,
    address: setUp.profile.devices[0]?.address ?? '',
  };
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
      <SettingsCard card={card} settings={settings} />
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
