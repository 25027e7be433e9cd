/** What became of a change, command by command, and the connector as read back. */
import type { Outcome } from '../../core/plan/plan.ts';
import { OUTCOME_STEP_WORDS, OUTCOME_WORDS } from '../../core/report/words.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { written } from '../../core/plan/plan-changes.ts';
import { FindingList } from './FindingList.tsx';
import { Setting } from './Setting.tsx';
import { StatusBadge } from './StatusBadge.tsx';

type OutcomeViewProps = { readonly outcome: Outcome; readonly title: string };

export function OutcomeView({ outcome, title }: OutcomeViewProps) {
  const t = useText();
  const moment = useMoment();
  const { status: state, text } = OUTCOME_WORDS[outcome.status];
  return (
    <section className={`card stack state-${state}`} aria-label={title}>
      <div className="row spread">
        <h2>{title}</h2>
        <StatusBadge state={state} />
      </div>
      <output className="note-title">{t(text)}</output>
      <p className="quiet">{moment(outcome.finishedAt)}</p>
      <FindingList findings={outcome.findings} />
      {outcome.steps.length > 0 && (
        <ul className="outcome-steps">
          {outcome.steps.map((step) => (
            <li key={`${step.cmdlet}${JSON.stringify(step.parameters)}`}>
              <code>{step.cmdlet}</code> – {t(OUTCOME_STEP_WORDS[step.status].text)}
              {step.error !== null && <p className="code-block">{step.error}</p>}
              {step.warnings.map((warning) => (
                <p key={warning} className="code-block">
                  {warning}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      {outcome.connector && (
        <details className="more">
          <summary>{t('The connector as Microsoft 365 has it now')}</summary>
          <dl className="facts">
            {Object.entries(outcome.connector).map(([name, value]) => (
              <div key={name}>
                <dt>
                  <Setting name={name} />
                </dt>
                <dd>{written(value, [t('yes'), t('no')]) ?? t('nothing')}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
