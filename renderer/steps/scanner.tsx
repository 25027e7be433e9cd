/** Your scanner: find it on the network or type its address; brand and model; does it answer. */
import { say } from '../../core/text.ts';
import { BrandFields } from '../components/BrandFields.tsx';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
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
        <Search />
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
      <StepChecks step="scanner" />
    </StepPage>
  );
}

/** Looking around on the network happens only when asked for. */
function Search() {
  const t = useText();
  const { found, run, note, answer } = useWizard(({ found, run, note, answer }) => ({ found, run, note, answer }));
  const search = async () => {
    const devices = await run('discover', 'device.discover', {});
    if (devices) note({ found: devices });
  };
  return (
    <div className="stack">
      <div className="row spread">
        <p className="quiet">
          {t('Searching asks the devices in this office to tell their names (mDNS). Nothing leaves the office.')}
        </p>
        <Button kind="plain" onClick={() => void search()}>
          {t('Search the network')}
        </Button>
      </div>
      <TaskState task="discover" fallback={t('Listening for scanners and printers …')} onRetry={() => void search()} />
      {found && found.length === 0 && (
        <output className="note note-info">{t('No scanner answered. Some never do; type its address below.')}</output>
      )}
      {found && found.length > 0 && (
        <ul className="saved" aria-label={t('Scanners found')}>
          {found.map((device) => (
            <li key={device.address} className="row spread">
              <span>
                <strong>{device.name}</strong>
                <span className="quiet">
                  {[device.brand, device.model, device.address].filter((part) => part !== null).join(' · ')}
                </span>
                {device.note && <span className="quiet">{device.note}</span>}
              </span>
              <Button
                kind="plain"
                label={t('Use {name}', { name: device.name })}
                onClick={() => {
                  const { name, address, brand, model } = device;
                  answer({ devices: [{ name: name.slice(0, 100), address, brand, model }] });
                }}
              >
                {t('Use this one')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
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
