/** The right way: there only when a fact speaks against the usual one; which other ways fit, and why. */
import { advise, reasonsAgainst } from '../../core/advice/advice.ts';
import { say } from '../../core/text.ts';
import { Choice } from '../components/Choice.tsx';
import { Field } from '../components/Field.tsx';
import { Icon } from '../components/Icon.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { useText } from '../i18n/use-text.ts';
import { readDomain } from '../read-typed.ts';
import { useDraft } from '../use-draft.ts';
import { useWizard } from '../use-wizard.ts';
import { officeFacts } from '../ways.ts';
import type { Step } from './step.ts';

const CERTIFICATE = 'certificate-name';
const BY_CERTIFICATE = 'relay-by-certificate';

function WayPage() {
  const t = useText();
  const { report, connector, answer } = useWizard(({ setUp, answer }) => ({
    report: setUp?.report ?? null,
    connector: setUp?.profile.connector,
    answer,
  }));
  const facts = officeFacts(report);
  const advice = advise(facts, t);
  const ways = [advice, ...advice.others];
  const byCertificate = connector?.authentication === 'certificate';
  const [kept, setChosen] = useDraft('way');
  const chosen = kept ?? (byCertificate ? BY_CERTIFICATE : '');
  const way = ways.find(({ method }) => method === chosen);
  if (!connector) return null;
  const choose = (method: string) => {
    setChosen(method);
    const authentication = method === BY_CERTIFICATE ? 'certificate' : 'ip';
    answer({ connector: { ...connector, authentication, requireTls: authentication === 'certificate' } });
  };
  return (
    <StepPage
      id="way"
      lead={<p>{t('What was found on your line speaks against the usual way. These fit better.')}</p>}
      blocker={() => {
        if (!way) return { text: say('Choose a way, or keep the usual one.'), focus: 'ways' };
        if (byCertificate && !connector.certificateName)
          return { text: say('Type the name in the certificate.'), focus: CERTIFICATE };
        return null;
      }}
    >
      <ul className="findings" aria-label={t('Reasons')}>
        {reasonsAgainst(facts).map((reason) => (
          <li key={reason.message} className="note note-warn">
            <Icon name="warning" size={22} />
            <p>{t(reason)}</p>
          </li>
        ))}
      </ul>
      <section className="card stack">
        <Choice
          id="ways"
          label={t('Which way would you like to go?')}
          options={ways.map(({ method, title, why, cost }) => ({
            value: method,
            title,
            text: (
              <>
                {why} {cost}
              </>
            ),
          }))}
          value={chosen}
          onValue={choose}
        />
        {way && (
          <div className="fix">
            <p className="small-title">{t('What to do')}</p>
            <ol>
              {[...way.first, ...way.steps].map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
          </div>
        )}
        {byCertificate && (
          <Field
            id={CERTIFICATE}
            label={t('Name in the certificate')}
            hint={t('For example scanner.contoso.com.')}
            value={connector.certificateName ?? ''}
            read={(typed) => (typed.startsWith('*.') ? readDomain(typed.slice(2)) && typed.trim() : readDomain(typed))}
            problem={t('This is not a name. Write it like scanner.contoso.com.')}
            onValue={(name) => answer({ connector: { ...connector, certificateName: name === '' ? null : name } })}
          />
        )}
      </section>
    </StepPage>
  );
}

export const way: Step = {
  id: 'way',
  title: say('The right way'),
  needs: ['line'],
  hangsOn: ['domain', 'environment'],
  stations: [],
  findings: [],
  skip: say('Keep the usual way'),
  shown: (setUp) => setUp !== null && reasonsAgainst(officeFacts(setUp.report)).length > 0,
  Page: WayPage,
};
