/** Beside what goes wrong in practice: how a real case looks, and whom one would call. */
import type { ScenarioInfo } from '../../core/calls/program.ts';
import type { Station } from '../../core/result.ts';
import { environmentOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Icon } from './Icon.tsx';

/** The scenario the set-up is practised in; null outside practice. */
export const useScenario = (): ScenarioInfo | null =>
  useWizard((wizard) => {
    const practised = environmentOf(wizard)?.practice ?? null;
    return wizard.info?.scenarios.find(({ id }) => id === practised) ?? null;
  });

/** @param at where it went wrong; said only where the scenario goes wrong. A test message can stop anywhere. */
export function PracticeNote({ at }: { readonly at: Station | 'anywhere' }) {
  const t = useText();
  const scenario = useScenario();
  if (!scenario || scenario.station === null || (at !== 'anywhere' && scenario.station !== at)) return null;
  return (
    <div className="practice-note">
      <p className="small-title">
        <Icon name="practice" size={16} /> {t('In a real case')}
      </p>
      <p>{scenario.real}</p>
      <p>
        <strong>{t('Whom you would call:')}</strong> {scenario.call}
      </p>
      {at === 'port-25' && (
        <p className="quiet">{t('In practice the port has another number, because 25 is not free everywhere.')}</p>
      )}
    </div>
  );
}
