/** The answers given, on one card, with what was left out on purpose. */
import type { SetUp } from '../../core/set-up.ts';
import { relayHostOf } from '../facts.ts';
import { useText } from '../i18n/use-text.ts';
import { useSteps } from '../use-wizard.ts';
import { DetailView } from './DetailView.tsx';

export function Choices({ setUp }: { readonly setUp: SetUp }) {
  const t = useText();
  const steps = useSteps();
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
    </section>
  );
}
