/** What became of one test message: outcome, explanation, conversation, and Microsoft's own trace. */
import type { TestMessage } from '../../core/mail/test-document.ts';
import { MESSAGE_WORDS } from '../../core/report/words.ts';
import { useMoment, useText } from '../i18n/use-text.ts';
import { useWizard } from '../use-wizard.ts';
import { Button } from './Button.tsx';
import { FixList } from './FixList.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { TaskState } from './TaskState.tsx';
import { Transcript } from './Transcript.tsx';
import { TryByHand } from './TryByHand.tsx';

export function MessageCard({ message }: { readonly message: TestMessage }) {
  const t = useText();
  const { status: state, text } = MESSAGE_WORDS[message.outcome];
  const { reply, explanation } = message;
  return (
    <section className={`card stack state-${state}`} aria-label={t('Message to {to}', { to: message.to })}>
      <div className="row spread">
        <div>
          <p className="quiet">{message.kind === 'internal' ? t('Inside') : t('Outside')}</p>
          <h3>{message.to}</h3>
        </div>
        <StatusBadge state={state} />
      </div>
      <p>{t(text)}</p>
      {explanation && message.outcome !== 'accepted' && (
        <div className="stack">
          <p className="note-title">{explanation.title}</p>
          <p>{explanation.cause}</p>
          <FixList fix={explanation.fix} who={explanation.who} />
        </div>
      )}
      {reply && (
        <p className="code-block">
          {reply.code} {reply.enhanced ?? ''} {reply.text}
        </p>
      )}
      <Transcript lines={message.transcript} about={message.to} />
      <TryByHand message={message} />
      {message.outcome !== 'not-sent' && message.outcome !== 'refused' && <TraceOf message={message} />}
    </section>
  );
}

function TraceOf({ message }: { readonly message: TestMessage }) {
  const t = useText();
  const moment = useMoment();
  const task = `trace:${message.messageId}`;
  const { account, environment, trace, running, run, note, traces } = useWizard((wizard) => ({
    account: wizard.account,
    environment: wizard.setUp?.environment ?? '',
    trace: wizard.traces[message.messageId],
    running: task in wizard.runs,
    run: wizard.run,
    note: wizard.note,
    traces: wizard.traces,
  }));
  const ask = async () => {
    const found = await run(task, 'message.trace', { environment, messageId: message.messageId });
    if (found) note({ traces: { ...traces, [message.messageId]: found } });
  };
  if (!account) return <p className="quiet">{t('Sign in to see what Microsoft did with the message afterwards.')}</p>;
  return (
    <div className="stack">
      {trace && (
        <ul className="outcome-steps" aria-label={t('What Microsoft did with it')}>
          {trace.events.map((event) => (
            <li key={event.recipient + event.receivedAt + event.status}>
              <strong>{event.meaning}</strong>
              <span className="quiet">
                {event.recipient} · {event.status} · {moment(event.receivedAt)}
              </span>
            </li>
          ))}
          {trace.events.length === 0 && (
            <li>{t('Microsoft has not written it down yet; that usually takes a few minutes.')}</li>
          )}
        </ul>
      )}
      <TaskState task={task} fallback={t('Asking Microsoft …')} onRetry={() => void ask()} />
      <div className="row">
        <Button kind="quiet" busy={running} onClick={() => void ask()}>
          {trace ? t('Ask Microsoft again') : t('What did Microsoft do with it?')}
        </Button>
      </div>
    </div>
  );
}
