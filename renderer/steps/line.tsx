/** Your internet line: public address, port 25, encryption and reputation, drawn as the path of a scan. */
import { say } from '../../core/text.ts';
import { PathPicture } from '../components/PathPicture.tsx';
import { OfficeAddress } from '../components/OfficeAddress.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { WhoIsAsked } from '../components/WhoIsAsked.tsx';
import { addressesFound } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard, useWizardStore } from '../use-wizard.ts';
import { adoptAddress } from '../wizard.ts';
import type { Step } from './step.ts';

const CHECKS = ['public-ip', 'seen-ip', 'address-type', 'port-25', 'starttls', 'blocklists', 'reverse-dns'];

function LinePage() {
  const t = useText();
  const store = useWizardStore();
  const { asked, running, failed } = useStepChecks('line');
  const { check, known } = useWizard(({ check, setUp }) => ({
    check,
    known: (setUp?.profile.publicIps.length ?? 0) + addressesFound(setUp?.report ?? null).length,
  }));
  return (
    <StepPage
      id="line"
      lead={
        <p>
          {t(
            'Can mail leave this office towards Microsoft, and under which address? Do this at the office, on the network of the scanner.',
          )}
        </p>
      }
      first={!asked && !failed && !running ? { name: t('Check'), run: () => void check('line', CHECKS) } : null}
      blocker={() => {
        if (running) return { text: say('Wait until the check has finished, or cancel it.') };
        if (!asked || adoptAddress(store.getState())) return null;
        return known === 0
          ? { text: say('Type the public address of the office, or leave this out for now.'), focus: 'office-address' }
          : { text: say('Choose which address is your office’s.'), focus: 'office-address' };
      }}
    >
      <PathPicture />
      {asked && !running && <OfficeAddress />}
      <StepChecks step="line" auto />
      <WhoIsAsked />
    </StepPage>
  );
}

export const line: Step = {
  id: 'line',
  title: say('Your internet line'),
  needs: ['address'],
  hangsOn: ['domain', 'relayHost', 'environment'],
  checks: CHECKS,
  findings: [],
  skip: say('Leave the line unchecked'),
  Page: LinePage,
};
