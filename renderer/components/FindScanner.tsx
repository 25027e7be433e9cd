/** Looks for the scanner on the office network: only when asked, only in a network the person says is the office's own. */
import { say, type Text } from '../../core/text.ts';
import type { Result } from '../../core/contract.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

type Found = Result<'device.discover'>;
type Network = Found['networks'][number];

const KINDS: Readonly<Record<Network['kind'], Text>> = {
  own: say('this computer’s settings say it is your own'),
  guest: say('a guest or public network; it is not searched'),
  public: say('addresses of the internet or a provider; it is not searched'),
  vpn: say('a tunnel to elsewhere; it is not searched'),
  unknown: say('only you know whether it is your own'),
};
const mayBeSearched = ({ kind }: Network): boolean => kind === 'own' || kind === 'unknown';

export function FindScanner() {
  const t = useText();
  const { found, run, note, running } = useWizard(({ found, run, note, runs }) => ({
    found,
    run,
    note,
    running: 'discover' in runs,
  }));
  const search = async (ownNetwork: boolean) => {
    const result = await run('discover', 'device.discover', { ownNetwork });
    if (result) note({ found: result });
  };
  return (
    <div className="stack">
      <div className="row spread">
        <p className="quiet">
          {t('RelayReady can look for scanners in this office. Before anything is sent it shows where it would look.')}
        </p>
        <Button kind="plain" busy={running} onClick={() => void search(false)}>
          {t('Search the network')}
        </Button>
      </div>
      <TaskState
        task="discover"
        fallback={t('Looking for scanners and printers …')}
        onRetry={() => void search(false)}
      />
      {!running && found && !found.searched && <Consent found={found} onAgree={() => void search(true)} />}
      {!running && found?.searched && found.devices.length === 0 && (
        <output className="note note-info">
          {t('No scanner answered. Some never do: type its address below. It stands on its network page or screen.')}
        </output>
      )}
      {found && found.devices.length > 0 && <Devices devices={found.devices} />}
    </div>
  );
}

/** Which networks, what is sent, and the question only a person can answer. */
function Consent({ found, onAgree }: { readonly found: Found; readonly onAgree: () => void }) {
  const t = useText();
  const searchable = found.networks.some(mayBeSearched);
  return (
    <output className={`note ${searchable || found.networks.length === 0 ? 'note-info' : 'note-warn'}`}>
      <div className="note-body stack">
        <p className="note-title">
          {searchable
            ? t('Is this the office’s own network, not a guest or public one?')
            : t('There is no network here that may be searched. Nothing was sent; type the scanner’s address below.')}
        </p>
        {found.networks.length > 0 && (
          <ul>
            {found.networks.map((network) => (
              <li key={`${network.card} ${network.network}`}>
                <span className="mono">{network.network}</span>{' '}
                {t('({name}): {what}', { name: network.name ?? network.card, what: t(KINDS[network.kind]) })}
              </li>
            ))}
          </ul>
        )}
        {searchable && (
          <>
            <p>
              {t(
                'What is sent: a few questions to all (mDNS and WS-Discovery); then, to each scanner or printer that answers, one question about its name (SNMP) and one request for its web page. Nothing is printed or changed, and nothing leaves the office. Your IT may see it.',
              )}
            </p>
            <div className="row">
              <Button kind="plain" onClick={onAgree}>
                {t('Yes, search our own network')}
              </Button>
            </div>
          </>
        )}
      </div>
    </output>
  );
}

function Devices({ devices }: { readonly devices: Found['devices'] }) {
  const t = useText();
  const answer = useWizard((wizard) => wizard.answer);
  return (
    <ul className="saved" aria-label={t('Scanners found')}>
      {devices.map((device) => (
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
  );
}
