/** Sends the test messages, one inside and one outside, and says what each answer means. */
import { domainOf, parseMailAddress } from '../../core/address.ts';
import type { Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { explain, explainReply } from '../../core/explain/explain.ts';
import { injectedExplanation, judgeTest, unknownExplanation } from '../../core/mail/judge-test.ts';
import type { TestDocument, TestMessage } from '../../core/mail/test-document.ts';
import type { Profile } from '../../core/profile.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import type { Net } from '../net/net.ts';
import type { Journal } from '../storage/journal.ts';
import { composeTest } from './compose.ts';
import type { Phase } from './conversation.ts';
import { sendMessage, type Sent } from './send-message.ts';

export type SendTestOptions = {
  readonly environment: Environment;
  readonly net: Net;
  readonly host: string;
  readonly profile: Profile;
  /** Envelope sender. */
  readonly sender: string;
  readonly internal: string | null;
  readonly external: string | null;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly t: Translate;
};

/**
 * @throws AppError `bad-input` for an address that is none, `missing-input` without recipients, `outcome-unknown` when
 * stopped after a message left and before its answer; the signal's reason when stopped before
 */
export async function sendTestMessages(options: SendTestOptions): Promise<TestDocument> {
  const { host, t, signal } = options;
  const sender = strict(options.sender, '--sender');
  const wanted = (['internal', 'external'] as const).flatMap((kind) => {
    const to = options[kind];
    return to === null ? [] : [{ kind, to: strict(to, `--${kind}`) }];
  });
  if (wanted.length === 0)
    throw new AppError('missing-input', say('There is nobody to send the test to.'), {
      field: '--external',
      remedy: say('Name a mailbox outside your organisation, for example a private one.'),
    });
  // Each to its end, also when the other fails: what became of a message must not get lost.
  const settled = await Promise.allSettled(wanted.map(({ kind, to }) => sendOne(kind, sender, to, options)));
  const messages = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (signal.aborted && messages.some(({ outcome }) => outcome === 'unknown'))
    throw new AppError('outcome-unknown', say('Stopped after a test message had left and before it was answered.'), {
      remedy: say('Look into the recipient’s mailbox before you send it again.'),
      who: 'you',
    });
  const lost = settled.find((one) => one.status === 'rejected');
  if (lost) throw lost.reason;
  return { schema: 'relayready/test@1', ...judgeTest(messages, t), host, messages };
}

async function sendOne(
  kind: TestMessage['kind'],
  from: string,
  to: string,
  options: SendTestOptions,
): Promise<TestMessage> {
  const { environment, net, host, profile, journal, signal, onProgress, t } = options;
  const { messageId, message } = await composeTest(from, to, t);
  onProgress({
    topic: to,
    state: 'running',
    message: t('Sending a test message to {to} through {host}', { to, host }),
  });
  const intent = await journal.begin({
    kind: 'message',
    text: t('Send a test message to {to}.', { to }),
    environment: environment.name,
    key: { messageId, domain: domainOf(to) },
  });
  const waiting = waitingFor(host, t);
  const sent = await sendMessage({
    host,
    port: environment.relay.smtpPort,
    ca: environment.ca,
    loopback: environment.loopback,
    requireTls: profile.connector.requireTls || profile.connector.authentication === 'certificate',
    from,
    to,
    message,
    dns: net.dns,
    signal,
    beforeMessage: intent.sent,
    onPhase: (phase) => {
      const text = waiting[phase];
      if (text !== undefined) onProgress({ topic: to, state: 'waiting', message: text });
    },
  }).catch(async (error: unknown) => {
    await intent.done('not-sent');
    throw error;
  });
  if (sent.outcome !== 'unknown') await intent.done(sent.reply === null ? sent.outcome : String(sent.reply.code));
  const done = { to, kind, outcome: sent.outcome, reply: sent.reply, explanation: explanationOf(sent, t), messageId };
  onProgress({
    topic: to,
    state: 'done',
    message: sent.reply === null ? (done.explanation?.title ?? '') : `${sent.reply.code} ${sent.reply.text}`,
  });
  return { ...done, transcript: [...sent.transcript] };
}

const waitingFor = (host: string, t: Translate): Readonly<Partial<Record<Phase, string>>> => ({
  greeting: t('Connected; waiting for {host} to say hello', { host }),
  starttls: t('Agreeing on encryption with {host}', { host }),
  mail: t('Asking {host} whether this sender may write to this recipient', { host }),
  message: t('The message is on its way; waiting for the answer of {host}', { host }),
});

function explanationOf({ outcome, reply, phase, error, injected }: Sent, t: Translate): TestMessage['explanation'] {
  if (outcome === 'accepted') return null;
  if (outcome === 'unknown') return unknownExplanation(t);
  if (injected) return injectedExplanation(t);
  return reply === null ? explain(error ?? '', t) : explainReply(reply, phase, t);
}

/** One plain address, the same for us and for every parser behind us. @throws AppError `bad-input` */
function strict(address: string, field: string): string {
  const parsed = parseMailAddress(address);
  if (parsed !== null && parsed.toLowerCase() === address.trim().toLowerCase()) return parsed;
  throw new AppError(
    'bad-input',
    say('“{address}” is not one plain mail address.', { address: address.slice(0, 80) }),
    {
      field,
      remedy: say('Write it like name@example.com.'),
    },
  );
}
