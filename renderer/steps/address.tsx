/** Your address: the From address and its domain; is it in Microsoft 365, in which cloud, where does its mail go. */
import { domainOf } from '../../core/address.ts';
import { say } from '../../core/text.ts';
import { Field } from '../components/Field.tsx';
import { WhoIsAsked } from '../components/WhoIsAsked.tsx';
import { StepChecks, useStepChecks } from '../components/StepChecks.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { WhatIsThis } from '../components/WhatIsThis.tsx';
import { CLOUD_WORDS } from '../components/words.ts';
import { cloudFound } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { readDomain, readLine, readMailAddress } from '../read-typed.ts';
import { useWizard } from '../use-wizard.ts';
import type { Step } from './step.ts';

const DOMAIN = 'domain';
const SENDER = 'sender';

function AddressPage() {
  const t = useText();
  const { asked, running, failed } = useStepChecks('address');
  const { profile, answer, check } = useWizard(({ setUp, answer, check }) => ({
    profile: setUp?.profile,
    answer,
    check,
  }));
  if (!profile) return null;
  const { domain, sender } = profile;
  /** The From address follows the domain until it has one of its own. */
  const setDomain = (next: string) => {
    const follows = sender === null || domainOf(sender) === domain;
    const local = sender === null ? 'scanner' : sender.slice(0, sender.lastIndexOf('@'));
    answer({ domain: next, ...(follows ? { sender: next === '' ? null : `${local}@${next}` } : {}) });
  };
  return (
    <StepPage
      id="address"
      lead={<p>{t('Which address will the scans come from? It has to be in a domain of your own.')}</p>}
      first={!asked && !failed ? { name: t('Check'), run: () => void check('address') } : null}
      blocker={() => {
        if (running) return { text: say('Wait until the check has finished, or cancel it.') };
        if (domain === '') return { text: say('Type your mail domain, for example contoso.com.'), focus: DOMAIN };
        if (sender === null) return { text: say('Type the address the scanner is to send from.'), focus: SENDER };
        return null;
      }}
    >
      <section className="card stack">
        <Field
          id={DOMAIN}
          label={t('Your mail domain')}
          hint={t('The part after the @ in your mail addresses, for example contoso.com.')}
          value={domain}
          read={readDomain}
          problem={t('This is not a domain. Write it like contoso.com.')}
          onValue={setDomain}
          inputMode="url"
          help={
            <WhatIsThis term={t('Accepted domain')}>
              {t(
                'A domain that your Microsoft 365 knows as yours. Only mail from such a domain is passed on to others.',
              )}
            </WhatIsThis>
          }
        />
        <Field
          id={SENDER}
          label={t('The scanner sends from')}
          hint={t('It needs no mailbox and no licence. Replies and error notices go to this address.')}
          value={sender ?? ''}
          read={readMailAddress}
          problem={t('This is not a mail address. Write it like scanner@contoso.com.')}
          onValue={(next) => answer({ sender: next === '' ? null : next })}
          inputMode="email"
          help={
            <WhatIsThis term={t('Sender (MAIL FROM)')}>
              {t(
                'The address with which the scanner introduces each message to the server, usually also shown as “From”.',
              )}
            </WhatIsThis>
          }
        />
        {sender !== null && domain !== '' && domainOf(sender) !== domain && (
          <p className="note note-warn">
            {t('This address is not in {domain}. That works only when its domain belongs to the same Microsoft 365.', {
              domain,
            })}
          </p>
        )}
        <details className="more">
          <summary>{t('More settings')}</summary>
          <MoreSettings />
        </details>
      </section>
      <WhoIsAsked />
      <StepChecks step="address" work="address" />
      <OtherCloud />
    </StepPage>
  );
}

function MoreSettings() {
  const t = useText();
  const { environments, setUp, answer, chooseEnvironment } = useWizard(
    ({ info, setUp, answer, chooseEnvironment }) => ({
      environments: info?.environments,
      setUp,
      answer,
      chooseEnvironment,
    }),
  );
  if (!setUp) return null;
  const { profile, environment } = setUp;
  const practising = environments?.some(({ name, practice }) => name === environment && practice !== null) ?? false;
  return (
    <div className="fields">
      <Field
        id="set-up-name"
        label={t('Name of this set-up')}
        optional={t('optional')}
        value={profile.name}
        read={readLine(100)}
        problem=""
        onValue={(name) => answer({ name })}
      />
      <Field
        id="relay-host"
        label={t('Microsoft’s mail server for your domain')}
        optional={t('optional')}
        hint={t('Left empty, RelayReady finds it out.')}
        value={profile.relayHost ?? ''}
        read={readDomain}
        problem={t('This is not a server name. Write it like contoso-com.mail.protection.outlook.com.')}
        onValue={(host) => answer({ relayHost: host === '' ? null : host })}
      />
      {!practising && (
        <label className="field">
          <span className="field-label">{t('Microsoft cloud')}</span>
          <select className="input" value={environment} onChange={(event) => chooseEnvironment(event.target.value)}>
            {environments
              ?.filter(({ practice }) => practice === null)
              .map(({ name }) => (
                <option key={name} value={name}>
                  {CLOUD_WORDS[name] ? t(CLOUD_WORDS[name]) : name}
                </option>
              ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** The domain lives in another of Microsoft's clouds: said, offered, never chosen unasked. */
function OtherCloud() {
  const t = useText();
  const { found, here, known, chooseEnvironment } = useWizard(({ setUp, info, chooseEnvironment }) => ({
    found: cloudFound(setUp?.report ?? null),
    here: setUp?.environment,
    known: info?.environments,
    chooseEnvironment,
  }));
  const other = known?.find(({ name, practice }) => name === found && practice === null);
  if (!found || !other || found === here || known?.some(({ name, practice }) => name === here && practice !== null))
    return null;
  const name = CLOUD_WORDS[found] ? t(CLOUD_WORDS[found]) : found;
  return (
    <div className="note note-warn">
      <div className="note-body">
        <p className="note-title">{t('Your domain seems to be in another Microsoft cloud: {name}.', { name })}</p>
        <button type="button" className="button" onClick={() => chooseEnvironment(found)}>
          {t('Use that cloud')}
        </button>
      </div>
    </div>
  );
}

export const address: Step = {
  id: 'address',
  title: say('Your address'),
  needs: ['start'],
  hangsOn: ['domain', 'relayHost', 'environment'],
  stations: ['microsoft'],
  findings: [],
  skip: null,
  Page: AddressPage,
};
