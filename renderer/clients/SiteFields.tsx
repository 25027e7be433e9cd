/** One office of a client as fields, with its devices. */
import { Button } from '../components/Button.tsx';
import { useText } from '../i18n/use-text.ts';
import { newDevice, type DeviceDraft, type SiteDraft } from './client-draft.ts';
import { LineField } from './LineField.tsx';

type SiteFieldsProps = {
  readonly site: SiteDraft;
  readonly number: number;
  /** Ids of fields that cannot be meant. */
  readonly wrong: readonly string[];
  readonly shown: boolean;
  readonly onSite: (patch: Partial<SiteDraft>) => void;
  /** Null for the last one: a client has an office. */
  readonly onRemove: (() => void) | null;
};

export function SiteFields({ site, number, wrong, shown, onSite, onRemove }: SiteFieldsProps) {
  const t = useText();
  const { key, devices } = site;
  const title = site.name || t('Office {number}', { number });
  const problem = (field: string, text: string) => (wrong.includes(`${key}-${field}`) ? text : null);
  const putDevice = (of: string, patch: Partial<DeviceDraft>) =>
    onSite({ devices: devices.map((device) => (device.key === of ? { ...device, ...patch } : device)) });
  return (
    <section className="card stack" aria-label={title}>
      <div className="row spread">
        <h2>{title}</h2>
        {onRemove && (
          <Button kind="quiet" label={t('Take out: {what}', { what: title })} onClick={onRemove}>
            {t('Take out')}
          </Button>
        )}
      </div>
      <div className="fields">
        <LineField
          id={`${key}-name`}
          label={t('Name of the office')}
          optional
          value={site.name}
          onValue={(name) => onSite({ name })}
        />
        <LineField
          id={`${key}-domain`}
          label={t('Mail domain')}
          value={site.domain}
          problem={problem('domain', t('Write it like contoso.com.'))}
          shown={shown}
          onValue={(domain) => onSite({ domain })}
        />
        <LineField
          id={`${key}-sender`}
          label={t('The scanner sends from')}
          optional
          value={site.sender}
          problem={problem('sender', t('Write it like scanner@contoso.com.'))}
          shown={shown}
          onValue={(sender) => onSite({ sender })}
        />
        <LineField
          id={`${key}-addresses`}
          label={t('Public addresses')}
          optional
          value={site.addresses}
          problem={problem('addresses', t('Write them like 203.0.113.7, with commas between them.'))}
          shown={shown}
          onValue={(addresses) => onSite({ addresses })}
        />
        <LineField
          id={`${key}-connector`}
          label={t('Name of the connector')}
          value={site.connector}
          problem={problem('connector', t('Give the name it has in Microsoft 365.'))}
          shown={shown}
          onValue={(connector) => onSite({ connector })}
        />
        <label className="field field-wide">
          <span className="field-label">{t('Notes')}</span>
          <textarea
            className="input"
            rows={3}
            maxLength={10_000}
            value={site.notes}
            onChange={(event) => onSite({ notes: event.target.value })}
          />
        </label>
      </div>
      {devices.map((device) => (
        <div key={device.key} className="form-line">
          <LineField
            id={`${device.key}-name`}
            label={t('Device')}
            value={device.name}
            onValue={(name) => putDevice(device.key, { name })}
          />
          <LineField
            id={`${device.key}-address`}
            label={t('Address in the office')}
            value={device.address}
            problem={wrong.includes(`${device.key}-address`) ? t('Write it like 192.168.1.50, or a host name.') : null}
            shown={shown}
            onValue={(address) => putDevice(device.key, { address })}
          />
          <Button
            kind="quiet"
            label={t('Take out: {what}', { what: device.name || device.address || t('Device') })}
            onClick={() => onSite({ devices: devices.filter((one) => one.key !== device.key) })}
          >
            {t('Take out')}
          </Button>
        </div>
      ))}
      <div className="row">
        <Button kind="plain" icon="new" onClick={() => onSite({ devices: [...devices, newDevice()] })}>
          {t('Another device')}
        </Button>
      </div>
    </section>
  );
}
