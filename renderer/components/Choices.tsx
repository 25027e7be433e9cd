/** The answers given, on one card, with what was left out on purpose. */
import type { SetUp } from '../../core/set-up.ts';
import { relayHostOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { isOpen } from '../locks.ts';
import { useSteps, useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { DetailView } from './DetailView.tsx';

/** Steps at which these answers are given. */
const CHANGED_AT = ['scanner', 'address', 'line'];

export function Choices({ setUp }: { readonly setUp: SetUp }) {
  const t = useText();
  const steps = useSteps();
  const goTo = useWizard((wizard) => wizard.goTo);
  const { profile } = setUp;
  const device = profile.devices[0];
  const none = t('not given');
  const left = steps.filter(({ id }) => setUp.skipped.includes(id)).map(({ title }) => t(title));
  const rows = [
    {
      label: t('Scanner'),
      value: [device?.brand, device?.model, device?.address].filter((part) => part).join(' · ') || none,
    },
    { label: t('Sends from'), value: profile.sender ?? none },
    { label: t('Through'), value: relayHostOf(setUp) ?? none },
    {
      label: t('Recognised by'),
      value:
        profile.connector.authentication === 'certificate'
          ? (profile.connector.certificateName ?? none)
          : profile.publicIps.join(', ') || none,
    },
    ...(left.length > 0 ? [{ label: t('Left out'), value: left.join(', ') }] : []),
  ];
  return (
    <section className="card stack" aria-label={t('Your choices')}>
      <h2>{t('Your choices')}</h2>
      <DetailView detail={{ kind: 'facts', rows }} />
      <div className="row">
        {CHANGED_AT.map((id) => steps.find((step) => step.id === id)).map(
          (step) =>
            step &&
            isOpen(step, steps, setUp) && (
              <Button key={step.id} kind="quiet" onClick={() => goTo(step.id)}>
                {t('Change “{step}”', { step: t(step.title) })}
              </Button>
            ),
        )}
      </div>
    </section>
  );
}
