/** Watches a record until it is live: the domain's own name servers, then the resolvers, with the time the old one may last. */
import { useEffect, useState } from 'react';
import type { SpfSpread } from '../../core/spf/spread.ts';
import { say, type Text } from '../../core/text.ts';
import { useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { TaskState } from './TaskState.tsx';

const AGAIN_SECONDS = 60;

const STATES: Readonly<Record<SpfSpread['answers'][number]['state'], Text>> = {
  new: say('has the new record'),
  old: say('still has another one'),
  silent: say('gave no answer'),
};

type Props = { readonly domain: string; readonly record: string; readonly onLive: () => void };

export function SpreadWatch({ domain, record, onLive }: Props) {
  const t = useText();
  const { environment, run, running } = useWizard(({ setUp, run, runs }) => ({
    environment: setUp?.environment,
    run,
    running: 'spread' in runs,
  }));
  const [left, setLeft] = useState<number | null>(null);
  const [spread, setSpread] = useState<SpfSpread | null>(null);
  const watching = left !== null;
  const look = async () => {
    if (environment === undefined) return;
    const found = await run('spread', 'spf.spread', { environment, domain, record });
    if (found === null) return;
    setSpread(found);
    if (!found.live) return;
    setLeft(null);
    onLive();
  };
  useEffect(() => {
    if (!watching) return undefined;
    const timer = setInterval(() => setLeft((seconds) => (seconds === null ? null : seconds - 1)), 1000);
    return () => clearInterval(timer);
  }, [watching]);
  useEffect(() => {
    if (left === null || left > 0) return;
    setLeft(AGAIN_SECONDS);
    void look();
    // oxlint-disable-next-line react/exhaustive-deps -- only the clock starts it
  }, [left]);
  return (
    <section className="stack" aria-label={t('Is it live?')}>
      <div className="row">
        <Button kind="plain" onClick={() => setLeft(watching ? null : 0)}>
          {watching ? t('Stop watching') : t('Watch until it is live')}
        </Button>
        {watching && !running && (
          <output className="quiet">
            {t('Looked at again in {seconds, plural, one {# second} other {# seconds}}.', { seconds: left })}
          </output>
        )}
      </div>
      <TaskState
        task="spread"
        fallback={t('Asking the domain’s own name servers, then others …')}
        onRetry={() => void look()}
      />
      {spread && (
        <>
          <p>
            {spread.live
              ? t('The record is live everywhere that was asked.')
              : spread.waitSeconds > 0
                ? t(
                    'Some still have another record; they may keep it for up to {minutes, plural, one {# minute} other {# minutes}}.',
                    {
                      minutes: Math.ceil(spread.waitSeconds / 60),
                    },
                  )
                : t('The record is not there yet. Has it been saved at your DNS host?')}
          </p>
          <ul>
            {spread.answers.map(({ server, own, state }) => (
              <li key={`${server} ${String(own)}`}>
                {server}
                {own ? ` (${t('the domain’s own')})` : ''}: {t(STATES[state])}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
