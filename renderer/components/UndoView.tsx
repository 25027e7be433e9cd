/** What taking a change back would do, value by value, before it is done. */
import type { Outcome, Step } from '../../core/plan/plan.ts';
import { useText } from '../i18n/use-text.ts';
import { planChanges } from '../../core/plan/plan-changes.ts';
import { Setting } from './Setting.tsx';

export function UndoView({ outcome }: { readonly outcome: Outcome }) {
  const t = useText();
  const done = outcome.steps.filter(({ status, undo }) => status === 'done' && undo !== null);
  return (
    <ul className="plan">
      {done.toReversed().map(({ cmdlet, parameters, undo }) => (
        <li key={`${cmdlet}${JSON.stringify(parameters)}`}>
          {undo?.cmdlet.startsWith('Remove-') ? (
            <p>{t('The connector is removed. Its settings now:')}</p>
          ) : (
            <p>{t('The former values are put back:')}</p>
          )}
          <div className="table-frame">
            <table aria-label={t('Before and after')}>
              <thead>
                <tr>
                  <th scope="col">{t('Setting')}</th>
                  <th scope="col">{t('Now')}</th>
                  <th scope="col">{t('Afterwards')}</th>
                </tr>
              </thead>
              <tbody>
                {planChanges(asStep(cmdlet, parameters, undo), [t('yes'), t('no')]).map(({ name, before, after }) => (
                  <tr key={name}>
                    <th scope="row">
                      <Setting name={name} />
                    </th>
                    <td>{after ?? t('nothing')}</td>
                    <td>{before ?? (undo?.cmdlet.startsWith('Remove-') ? t('removed') : t('nothing'))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </li>
      ))}
    </ul>
  );
}

const asStep = (cmdlet: string, parameters: Step['parameters'], undo: Step['undo']): Step => ({
  cmdlet,
  parameters,
  undo,
  why: '',
});
