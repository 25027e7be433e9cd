/** Your scanner: find it on the network or type its address; brand and model; does it answer. */
import { say } from '../../core/text.ts';
import { BrandFields } from '../components/BrandFields.tsx';
import { FindScanner } from '../components/FindScanner.tsx';
import { Field } from '../components/Field.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { useText } from '../i18n/use-text.ts';
import { readHost } from '../read-typed.ts';
import { useWizard } from '../use-wizard.ts';
import type { Step } from './step.ts';

const ADDRESS = 'scanner-address';

function ScannerPage() {
  const t = useText();
  const { asked, running, failed } = useStepChecks('scanner');
  const { device, answer, check } = useWizard(({ setUp, answer, check }) => ({
    device: setUp?.profile.devices[0],
    answer,
    check,
  }));
  const address = device?.address ?? '';
  const setAddress = (next: string) =>
    answer({ devices: [{ name: '', brand: null, model: null, ...device, address: next }] });
  return (
    <StepPage
      id="scanner"
      lead={
        <p>{t('Which scanner or printer is to send mail? RelayReady can look for it, or you type its address.')}</p>
      }
      first={address !== '' && !asked && !failed ? { name: t('Check'), run: () => void check('scanner') } : null}
      blocker={() => {
        if (running) return { text: say('Wait until the check has finished, or cancel it.') };
        if (address !== '' || device?.brand) return null;
        return { text: say('Type the scanner’s address, choose its brand, or go on without it.'), focus: ADDRESS };
      }}
    >
      <section className="card stack">
        <FindScanner />
        <Field
          id={ADDRESS}
          label={t('Address of the scanner')}
          hint={t('On the scanner’s screen under “Network” or “TCP/IP”, for example 192.168.1.50.')}
          value={address}
          read={readHost}
          problem={t('This is not an address. Write it like 192.168.1.50, or the scanner’s name on the network.')}
          onValue={setAddress}
        />
        <BrandFields />
      </section>
      <StepChecks step="scanner" work="scanner" />
    </StepPage>
  );
}

export const scanner: Step = {
  id: 'scanner',
  title: say('Your scanner'),
  needs: ['start'],
  hangsOn: ['devices'],
  stations: ['device', 'office'],
  findings: [],
  skip: say('Go on without a scanner'),
  Page: ScannerPage,
};
