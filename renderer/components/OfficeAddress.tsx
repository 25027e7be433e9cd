/** Which public address is the office's: said when it is clear, chosen by the person when it is not. */
import { addressesFound } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { readAddresses } from '../read-typed.ts';
import { useWizard } from '../use-wizard.ts';
import { Choice } from './Choice.tsx';
import { Field } from './Field.tsx';
import { WhatIsThis } from './WhatIsThis.tsx';

export function OfficeAddress() {
  const t = useText();
  const { found, chosen, answer } = useWizard(({ setUp, answer }) => ({
    found: addressesFound(setUp?.report ?? null).join(', '),
    chosen: setUp?.profile.publicIps.join(', ') ?? '',
    answer,
  }));
  const choose = (text: string) => answer({ publicIps: text === '' ? [] : text.split(', ') });
  const several = found.includes(',');
  const field = (
    <Field
      id={several || found !== '' ? 'another-address' : 'office-address'}
      label={t('Public address of the office')}
      hint={t(
        'Your internet provider knows it. Several are separated by commas, for example 203.0.113.7, 203.0.113.8.',
      )}
      value={chosen}
      read={readAddresses}
      problem={t('This is not an IPv4 address. Write it like 203.0.113.7.')}
      onValue={choose}
      inputMode="decimal"
    />
  );
  return (
    <section className="card stack" aria-label={t('The office’s address')}>
      <div className="row spread">
        {chosen === '' && found === '' && <p>{t('The public address could not be found out.')}</p>}
        {chosen === '' && found !== '' && !several && (
          <p className="big">
            {t('Your office sends from')} <strong className="mono">{found}</strong>
          </p>
        )}
        {chosen === '' && several && (
          <p>{t('The services asked saw different addresses. Only you can know which is the office’s.')}</p>
        )}
        {chosen !== '' && (
          <p className="big">
            {t('Your office sends from')} <strong className="mono">{chosen}</strong>
          </p>
        )}
        <WhatIsThis term={t('Public IP address')}>
          {t(
            'The number under which your whole office appears on the internet. Microsoft recognises your scanner by it, so it should be a fixed one that belongs to you alone.',
          )}
        </WhatIsThis>
      </div>
      {several && (
        <Choice
          id="office-address"
          label={t('Which address is your office’s?')}
          options={[
            ...found.split(', ').map((address) => ({ value: address, title: address })),
            {
              value: found,
              title: t('All of them'),
              text: t('When the office has several lines that may all be used.'),
            },
          ]}
          value={chosen}
          onValue={choose}
        />
      )}
      {found === '' ? (
        field
      ) : (
        <details className="more">
          <summary>{t('Use another address')}</summary>
          {field}
        </details>
      )}
    </section>
  );
}
