/** The end of a practice run: what it showed, how a real case looks, whom one would call, and what practice spares one. */
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { useScenario } from './PracticeNote.tsx';

export function PracticeEnd() {
  const t = useText();
  const goTo = useWizard((wizard) => wizard.goTo);
  const scenario = useScenario();
  if (!scenario) return null;
  return (
    <section className="card stack" aria-label={t('What this practice run showed')}>
      <h2>{t('What this practice run showed')}</h2>
      <p>
        <strong>{scenario.title}.</strong> {scenario.learn}
      </p>
      <dl className="facts">
        <div>
          <dt>{t('How a real case looks')}</dt>
          <dd>{scenario.real}</dd>
        </div>
        <div>
          <dt>{t('Whom you would call')}</dt>
          <dd>{scenario.call}</dd>
        </div>
      </dl>
      <p className="small-title">{t('What is different in practice')}</p>
      <ul>
        <li>{t('Signing in is one click here; in reality you type a password and confirm a second factor.')}</li>
        <li>{t('Changes work at once here; Microsoft may take up to an hour, and DNS records up to a day.')}</li>
        <li>{t('The scanner and the mailboxes are made up; in reality look into the mailbox and at the scanner.')}</li>
        <li>{t('Nothing you did here has changed anything outside this computer.')}</li>
      </ul>
      <div className="row">
        <Button kind="plain" onClick={() => goTo('start')}>
          {t('Practise something else')}
        </Button>
      </div>
    </section>
  );
}
