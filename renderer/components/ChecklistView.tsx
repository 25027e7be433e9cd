/** The checklist on the screen: each step with what was found, what to do by hand, and what to tick; the same as on paper. */
import { checklistSteps, type ChecklistPoint, type ChecklistStep } from '../../core/report/checklist.ts';
import type { SetUp, Tick } from '../../core/set-up.ts';
import { say, type Text } from '../../core/text.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { FoundCard } from './FoundCard.tsx';
import { Icon } from './Icon.tsx';
import { StatusBadge } from './StatusBadge.tsx';

/** By id of the point; null takes a tick back. */
export type OnTick = (point: string, ticked: boolean) => void;

type ChecklistViewProps = {
  readonly setUp: SetUp | null;
  readonly ticks: Readonly<Record<string, Tick>>;
  /** Null: to read only. */
  readonly onTick: OnTick | null;
};

const STATE_SAID: Readonly<Record<NonNullable<ChecklistStep['state']>, Text>> = {
  done: say('Finished in the wizard.'),
  'left-out': say('Left out on purpose.'),
  open: say('Not finished in the wizard.'),
};

export function ChecklistView({ setUp, ticks, onTick }: ChecklistViewProps) {
  const t = useText();
  return (
    <ol className="checklist">
      {checklistSteps(setUp, t).map((step, index) => (
        <li key={step.id}>
          <section className="card stack" aria-labelledby={`checklist-${step.id}`}>
            <div className="row spread">
              <h2 id={`checklist-${step.id}`}>
                {t('{number}. {title}', { number: String(index + 1), title: step.title })}
              </h2>
              {step.status !== null && <StatusBadge state={step.status} />}
            </div>
            {step.state !== null && <p className="quiet">{t(STATE_SAID[step.state])}</p>}
            {step.found.length > 0 && (
              <ul className="checks" aria-label={t('What was found: {step}', { step: step.title })}>
                {step.found.map((found) => (
                  <li key={found.id}>
                    <FoundCard found={found} />
                  </li>
                ))}
              </ul>
            )}
            <ByHandSteps step={step} open={setUp === null} />
            <fieldset className="points">
              <legend className="small-title">{t('What proves it')}</legend>
              {step.points.map((point) => (
                <Point key={point.id} point={point} tick={ticks[point.id] ?? null} onTick={onTick} />
              ))}
            </fieldset>
          </section>
        </li>
      ))}
    </ol>
  );
}

function ByHandSteps({ step, open }: { readonly step: ChecklistStep; readonly open: boolean }) {
  const t = useText();
  return (
    <details className="more" open={open}>
      <summary>{t('What to do by hand')}</summary>
      <ol className="clicks">
        {step.how.map(({ text, value }) => (
          <li key={`${text}${value ?? ''}`}>
            {text} {value !== null && <code>{value}</code>}
          </li>
        ))}
      </ol>
    </details>
  );
}

type PointProps = { readonly point: ChecklistPoint; readonly tick: Tick | null; readonly onTick: OnTick | null };

function Point({ point, tick, onTick }: PointProps) {
  const t = useText();
  const moment = useMoment();
  const by = tick && [tick.by, moment(tick.at)].filter(Boolean).join(' · ');
  if (!onTick)
    return (
      <p className="point">
        <Icon name={tick ? 'good' : 'dot'} size={20} />
        <span>
          {point.text} <span className="quiet">{by === null ? t('Not ticked.') : t('Ticked: {by}.', { by })}</span>
        </span>
      </p>
    );
  return (
    <label className="point">
      <input type="checkbox" checked={tick !== null} onChange={(event) => onTick(point.id, event.target.checked)} />
      <span>
        {point.text} {by !== null && <span className="quiet">{by}</span>}
      </span>
    </label>
  );
}
