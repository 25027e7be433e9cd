/** The settings card: exactly what to type into the device, by its own labels; to copy or print. */
import type { BrandCard } from '../../core/calls/devices.ts';
import type { Translate } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { Button } from './Button.tsx';
import { Copy } from './Copy.tsx';

export type SettingsRow = { readonly label: string; readonly value: string | null };
export type DeviceSettings = {
  readonly host: string | null;
  readonly port: number;
  readonly sender: string | null;
  /** Of the device on the office network, or empty. */
  readonly address: string;
};
type SettingsCardProps = { readonly card: BrandCard | undefined; readonly settings: DeviceSettings };

const rowsOf = (
  card: BrandCard | undefined,
  { host, port, sender }: DeviceSettings,
  t: Translate,
): readonly SettingsRow[] => [
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
  { label: card?.labels.sender ?? t('Sender address'), value: sender },
];

export function SettingsCard({ card, settings }: SettingsCardProps) {
  const t = useText();
  const rows = rowsOf(card, settings, t);
  const heading = card ? t('On your {brand}', { brand: card.brand }) : t('On the scanner');
  const page = card?.webPage?.replace('<address>', settings.address) ?? null;
  const where = card ? t('Where: {path}', { path: card.menuPath.join(' › ') }) : '';
  const all = [
    heading,
    where,
    ...rows.map(({ label, value }) => `${label}: ${value ?? t('not known yet')}`),
    ...(card?.notes ?? []).map((note) => `– ${note}`),
  ].join('\n');
  return (
    <section className="card stack settings-card" aria-label={t('What to type')}>
      <div className="row spread">
        <h2>{heading}</h2>
        <div className="row no-print">
          <Copy text={all} what={t('the whole card')} />
          <Button kind="quiet" icon="print" label={t('Print the card')} onClick={() => window.print()}>
            {t('Print')}
          </Button>
        </div>
      </div>
      {card && <MenuPath path={card.menuPath} />}
      {card && page !== null && <DevicePage page={page} address={settings.address} />}
      <dl className="to-type">
        {rows.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              {value === null ? (
                <span className="quiet">{t('not known yet')}</span>
              ) : (
                <>
                  <span className="mono">{value}</span>
                  <span className="no-print">
                    <Copy text={value} what={label} />
                  </span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {card && !t.language.startsWith('en') && (
        <p className="quiet">
          {t('The names are those of the device in English; in another language it may call them otherwise.')}
        </p>
      )}
      {card && <BrandNotes card={card} />}
    </section>
  );
}

function MenuPath({ path }: { readonly path: readonly string[] }) {
  const t = useText();
  return (
    <ol className="menu-path" aria-label={t('Where in the menus of the device')}>
      {path.map((part) => (
        <li key={part}>
          <span>{part}</span>
        </li>
      ))}
    </ol>
  );
}

/** The device's own page; without its address only how it is reached. */
function DevicePage({ page, address }: { readonly page: string; readonly address: string }) {
  const t = useText();
  if (address === '')
    return <p className="quiet">{t('Type the device’s address into a web browser to reach these menus.')}</p>;
  return (
    <p className="quiet">
      {t('Its own page, in your web browser:')}{' '}
      <a href={page} target="_blank" rel="noreferrer">
        {page}
      </a>{' '}
      {page.startsWith('https:') && t('A warning about its certificate is usual there.')}
    </p>
  );
}

/** What is peculiar to the make, and how far it can be relied on. */
function BrandNotes({ card }: { readonly card: BrandCard }) {
  const t = useText();
  return (
    <>
      {card.notes.length > 0 && (
        <div>
          <h3>{t('Good to know')}</h3>
          <ul>
            {card.notes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
      <details className="more">
        <summary>
          {card.certainty === 'vendor'
            ? t('These labels come from the maker’s own text, read on {day}.', { day: card.verifiedOn })
            : t('These labels are the usual ones; your model may differ. Put together on {day}.', {
                day: card.verifiedOn,
              })}
        </summary>
        <ul>
          {card.evidence.map(({ text, url }) => (
            <li key={text}>
              {url === null ? (
                text
              ) : (
                <a href={url} target="_blank" rel="noreferrer">
                  {text}
                </a>
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
