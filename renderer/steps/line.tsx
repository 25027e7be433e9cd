/** Your internet line: public address, port 25, encryption and reputation, drawn as the path of a scan. */
import { say } from '../../core/text.ts';
import { PathPicture } from '../components/PathPicture.tsx';
import { OfficeAddress } from '../components/OfficeAddress.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { WhoIsAsked } from '../components/WhoIsAsked.tsx';
import { addressesFound } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { settledAddresses } from '../wizard.ts';
import type { Step } from './step.ts';

function LinePage() {
  const t = useText();
  const { asked, running, failed } = useStepChecks('line');
  const { setUp, check, answer } = useWizard(({ setUp, check, answer }) => ({ setUp, check, answer }));
  const settled = setUp && settledAddresses(setUp);
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
      first={!asked && !failed && !running ? { name: t('Check'), run: () => void check('line') } : null}
      blocker={() => {
        if (running) return { text: say('Wait until the check has finished, or cancel it.') };
        if (!asked || settled) return null;
        return addressesFound(setUp?.report ?? null).length === 0
          ? { text: say('Type the public address of the office, or leave this out for now.'), focus: 'office-address' }
          : { text: say('Choose which address is your office’s.'), focus: 'office-address' };
      }}
      onContinue={() => settled && answer({ publicIps: [...settled] })}
    >
      <PathPicture />
      {asked && !running && <OfficeAddress />}
      <StepChecks step="line" work="line" auto />
      <WhoIsAsked />
    </StepPage>
  );
}

export const line: Step = {
  id: 'line',
  title: say('Your internet line'),
  needs: ['address'],
  hangsOn: ['domain', 'relayHost', 'environment'],
  stations: ['line', 'port-25'],
  findings: [],
  skip: say('Leave the line unchecked'),
  Page: LinePage,
};
