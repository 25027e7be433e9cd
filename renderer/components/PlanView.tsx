/** What will change in Microsoft 365: why in words, then each value before and after. */
import type { Plan } from '../../core/plan/plan.ts';
import { useText } from '../i18n/use-text.ts';
import { planChanges } from '../../core/plan/plan-changes.ts';
import { Setting } from './Setting.tsx';
import { TableFrame } from './TableFrame.tsx';

export function PlanView({ plan }: { readonly plan: Plan }) {
  const t = useText();
  return (
    <ol className="plan" aria-label={t('What will change')}>
      {plan.steps.map((step) => (
        <li key={`${step.cmdlet}${step.why}`} className="card stack">
          <p className="note-title">{step.why}</p>
          <TableFrame label={t('Before and after')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('Setting')}</th>
                  <th scope="col">{t('Before')}</th>
                  <th scope="col">{t('After')}</th>
                </tr>
              </thead>
              <tbody>
                {planChanges(step, [t('yes'), t('no')]).map(({ name, before, after }) => (
                  <tr key={name} className={before === after ? undefined : 'altered'}>
                    <th scope="row">
                      <Setting name={name} />
                    </th>
                    <td>{before ?? t('nothing')}</td>
                    <td>{after ?? t('nothing')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </TableFrame>
          <p className="quiet">
            {t('Command: {cmdlet}.', { cmdlet: step.cmdlet })}{' '}
            {step.undo
              ? t('It can be taken back with {cmdlet}.', { cmdlet: step.undo.cmdlet })
              : t('It cannot be taken back by RelayReady.')}
          </p>
        </li>
      ))}
    </ol>
  );
}
