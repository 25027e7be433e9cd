/** Test: one message inside, one outside; what became of them, the conversation, and what Microsoft did. */
import { domainOf } from '../../core/address.ts';
import { judgeTest } from '../../core/mail/judge-test.ts';
import type { TestMessage } from '../../core/mail/test-document.ts';
import { say } from '../../core/text.ts';
import { Button } from '../components/Button.tsx';
import { Field } from '../components/Field.tsx';
import { MessageCard } from '../components/MessageCard.tsx';
import { OtherWay } from '../components/OtherWay.tsx';
import { PathPicture } from '../components/PathPicture.tsx';
import { PracticeNote } from '../components/PracticeNote.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { StepPage } from '../components/StepPage.tsx';
import { TaskState } from '../components/TaskState.tsx';
import { useText } from '../i18n/use-text.ts';
import { readMailAddress } from '../read-typed.ts';
import { useDraft } from '../use-draft.ts';
import { useFocusAfter } from '../use-focus-after.ts';
import { useWizard } from '../use-wizard.ts';
import { placeOf } from '../wizard.ts';
import type { Step } from './step.ts';

const INSIDE = 'inside-recipient';
const OUTSIDE = 'outside-recipient';
const VERDICTS = { ready: 'pass', 'action-needed': 'fail', 'cannot-tell': 'unknown' } as const;

function TestPage() {
  const t = useText();
  const { setUp, sending, failed, answer, run, put } = useWizard((wizard) => ({
    setUp: wizard.setUp,
    sending: 'test' in wizard.runs,
    failed: 'test' in wizard.errors,
    answer: wizard.answer,
    run: wizard.run,
    put: wizard.put,
  }));
  const [ticked, tick] = useDraft('attach');
  const attach = ticked !== null;
  const result = useFocusAfter<HTMLElement>(sending, setUp?.test !== null && setUp?.test.verdict !== 'ready');
  if (!setUp) return null;
  const { testRecipients, domain, sender } = setUp.profile;
  const { test } = setUp;
  const alter = (patch: Partial<typeof testRecipients>) => answer({ testRecipients: { ...testRecipients, ...patch } });
  const send = async () => {
    const place = placeOf(setUp);
    const document = place && (await run('test', 'message.send', { ...place, ...testRecipients, attach }));
    if (document) put({ test: document });
  };
  const open = (test?.messages ?? []).filter(({ outcome }) => outcome === 'refused' || outcome === 'deferred');
  // Only what was refused goes again; what was taken must not come twice.
  const keepTrying = async () => {
    const place = placeOf(setUp);
    const of = (kind: TestMessage['kind']) => open.find((message) => message.kind === kind)?.to ?? null;
    const wanted = { internal: of('internal'), external: of('external'), attach, wait: 60 };
    const document = place && (await run('test', 'message.send', { ...place, ...wanted }));
    if (!document || !test) return;
    const messages = test.messages.map(
      (message) => document.messages.find(({ kind }) => kind === message.kind) ?? message,
    );
    const all = messages.length > document.messages.length ? judgeTest(messages, t) : {};
    put({ test: { ...document, ...all, messages } });
  };
  const names = { inside: testRecipients.internal, outside: testRecipients.external };
  return (
    <StepPage
      id="test"
      lead={
        <p>
          {t(
            'Now a real message, from this computer, just as the scanner will send it. One to a colleague and one to somebody outside: only the one outside proves that all is well.',
          )}
        </p>
      }
      first={!test && !failed ? { name: t('Send the test messages'), run: () => void send() } : null}
      blocker={() => {
        if (sending) return { text: say('Wait until the messages are sent, or cancel.') };
        if (test) return null;
        if (sender === null)
          return { text: say('Go back to “Your address” and type the address the scanner sends from.') };
        if (names.outside === null && names.inside === null)
          return { text: say('Type at least one address to send to.'), focus: OUTSIDE };
        return failed ? { text: say('Try again, or send no test.') } : null;
      }}
    >
      <section className="card fields">
        <Field
          id={INSIDE}
          label={t('Somebody inside')}
          hint={t('A colleague’s address in {domain}, best your own.', { domain })}
          value={testRecipients.internal ?? ''}
          read={readMailAddress}
          problem={t('This is not a mail address.')}
          onValue={(next) => alter({ internal: next === '' ? null : next })}
          inputMode="email"
        />
        <Field
          id={OUTSIDE}
          label={t('Somebody outside')}
          hint={t('A private address of yours, for example.')}
          value={testRecipients.external ?? ''}
          read={readMailAddress}
          problem={t('This is not a mail address.')}
          onValue={(next) => alter({ external: next === '' ? null : next })}
          inputMode="email"
        />
        <label className="tick field-wide">
          <input type="checkbox" checked={attach} onChange={(event) => tick(event.target.checked ? 'yes' : null)} />
          {t('With a small PDF, like a scan')}
        </label>
        {names.outside !== null && domainOf(names.outside) === domain && (
          <p className="note note-warn field-wide">
            {t('The outside address is in your own domain too; that would prove nothing.')}
          </p>
        )}
      </section>
      <OtherWay work="test" />
      <TaskState task="test" fallback={t('Sending the test messages …')} onRetry={() => void send()} />
      {test && (
        <>
          <section ref={result} tabIndex={-1} className="card stack" aria-label={t('Result of the test')}>
            <div className="row spread">
              <h2>
                <output>{test.summary}</output>
              </h2>
              <StatusBadge state={VERDICTS[test.verdict]} />
            </div>
            <p className="quiet">{t('Sent through {host}.', { host: test.host })}</p>
          </section>
          <PathPicture />
          {test.verdict !== 'ready' && <PracticeNote at="anywhere" />}
          {test.messages.map((message) => (
            <MessageCard key={message.messageId + message.to} message={message} />
          ))}
          {open.length > 0 && (
            <p className="quiet">
              {t(
                'If something was changed within the last hour, Microsoft may not have taken it up everywhere. RelayReady can try what was refused again by itself, with growing pauses, for up to an hour. You can stop it at any time.',
              )}
            </p>
          )}
          <div className="row">
            {open.length > 0 && (
              <Button kind="plain" busy={sending} onClick={() => void keepTrying()}>
                {t('Keep trying for up to an hour')}
              </Button>
            )}
            <Button kind="plain" busy={sending} onClick={() => void send()}>
              {t('Send new test messages')}
            </Button>
          </div>
        </>
      )}
    </StepPage>
  );
}

export const test: Step = {
  id: 'test',
  title: say('Test'),
  needs: ['line', 'let-it-send'],
  hangsOn: ['domain', 'environment', 'publicIps', 'connector', 'sender', 'relayHost', 'testRecipients'],
  stations: [],
  findings: ['test'],
  skip: say('Send no test'),
  Page: TestPage,
};
