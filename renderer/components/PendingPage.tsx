/** The screen for what was sent and never answered: look first, then keep it, take it back, or try again. */
import { useEffect, useRef } from 'react';
import type { PendingIntent } from '../../core/calls/program.ts';
import { say, type Text } from '../../core/text.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { PendingChange } from './PendingChange.tsx';
import { PendingMessage } from './PendingMessage.tsx';

const STATES: Readonly<Record<PendingIntent['state'], Text>> = {
  'not-looked-up': say('Its outcome is not known. Nothing is sent again by itself.'),
  'took-effect': say('It was looked up: it took effect.'),
  'no-effect': say('It was looked up: it had no effect.'),
};

export function PendingPage() {
  const t = useText();
  const title = useRef<HTMLHeadingElement>(null);
  const { pending, note } = useWizard(({ info, note }) => ({ pending: info?.pending ?? [], note }));
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <article className="page">
        <h1 ref={title} tabIndex={-1}>
          {t('Something was left unanswered last time')}
        </h1>
        <div className="lead">
          <p>
            {t(
              'RelayReady had sent this when it ended, and no answer came. First look what became of it; then decide. Until then nothing is sent again.',
            )}
          </p>
        </div>
        {pending.length === 0 && <output className="note note-pass note-title">{t('All of it is settled.')}</output>}
        <ul className="findings" aria-label={t('Not finished last time')}>
          {pending.map((intent) => (
            <li key={intent.id}>
              <PendingCard intent={intent} />
            </li>
          ))}
        </ul>
      </article>
      <footer className="actions">
        <span className="grow" />
        <Button kind={pending.length === 0 ? 'primary' : 'quiet'} onClick={() => note({ over: null })}>
          {pending.length === 0 ? t('Go on') : t('Decide later')}
        </Button>
      </footer>
    </>
  );
}

function PendingCard({ intent }: { readonly intent: PendingIntent }) {
  const t = useText();
  const moment = useMoment();
  return (
    <section className="card stack" aria-label={intent.text}>
      <div className="row">
        <Icon name="question" size={22} />
        <h2>{intent.text}</h2>
      </div>
      <p>
        <output>{t(STATES[intent.state])}</output> {t('Begun {when}.', { when: moment(intent.startedAt) })}
      </p>
      {intent.kind === 'message' ? <PendingMessage intent={intent} /> : <PendingChange intent={intent} />}
    </section>
  );
}
