/** What became of a change, command by command, and the connector as read back. */
import type { Outcome } from '../../core/plan/plan.ts';
import { say, type Text } from '../../core/text.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { written } from '../../core/plan/plan-changes.ts';
import { FindingList } from './FindingList.tsx';
import { Setting } from './Setting.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import type { State } from './words.ts';

const WORDS: Readonly<Record<Outcome['status'], { readonly state: State; readonly text: Text }>> = {
  done: { state: 'pass', text: say('It is done, and was read back from Microsoft 365.') },
  'nothing-to-do': { state: 'pass', text: say('Everything was set already; nothing was changed.') },
  refused: { state: 'fail', text: say('Microsoft refused the change.') },
  failed: { state: 'fail', text: say('The change could not be made.') },
  unknown: {
    state: 'unknown',
    text: say(
      'The change was sent, but no answer came back. Whether it took effect is not known; nothing is sent again by itself.',
    ),
  },
};

const STEP_WORDS: Readonly<Record<Outcome['steps'][number]['status'], { readonly state: State; readonly word: Text }>> =
  {
    done: { state: 'pass', word: say('done') },
    refused: { state: 'fail', word: say('refused') },
    failed: { state: 'fail', word: say('failed') },
    unknown: { state: 'unknown', word: say('not known') },
    'not-run': { state: 'skipped', word: say('not run') },
  };

type OutcomeViewProps = { readonly outcome: Outcome; readonly title: string };

export function OutcomeView({ outcome, title }: OutcomeViewProps) {
  const t = useText();
  const moment = useMoment();
  const { state, text } = WORDS[outcome.status];
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
              <code>{step.cmdlet}</code> – {t(STEP_WORDS[step.status].word)}
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
