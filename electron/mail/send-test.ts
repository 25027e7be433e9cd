/** Sends the test messages, one inside and one outside, and says what each answer means. */
import { domainOf } from '../../core/address.ts';
import type { Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { explain, explainReply } from '../../core/explain/explain.ts';
import type { Phase } from '../../core/explain/by-class.ts';
import { explainTrouble, explainUnknown } from '../../core/mail/explain-trouble.ts';
import { readEnvelope } from '../../core/mail/envelope.ts';
import { judgeTest } from '../../core/mail/judge-test.ts';
import type { TestDocument, TestMessage } from '../../core/mail/test-document.ts';
import type { Profile } from '../../core/profile.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import { cleanText } from '../net/clean-text.ts';
import type { Net } from '../net/net.ts';
import type { Journal } from '../storage/journal.ts';
import { composeTest } from './compose.ts';
import type { Limits } from './line.ts';
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
  /** With a page like a scanner's. */
  readonly attach?: boolean | undefined;
  /** Shorter waits than a mail server may ask for. */
  readonly limits?: Partial<Limits>;
};

/** What is being sent now, by this program. */
const UNDER_WAY = new Set<string>();

/**
 * @throws AppError `bad-input` for an address that is none, `missing-input` without recipients, `busy` while
 * the same is being sent, `outcome-unknown` when
 * stopped after a message left and before its answer; the signal's reason when stopped before
 */
export async function sendTestMessages(options: SendTestOptions): Promise<TestDocument> {
  const { host } = options;
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
  // Pressed twice, or in two windows: one message all the same.
  const onTheWay = wanted.map(({ to }) => `${options.environment.name} ${host} ${sender} ${to}`);
  if (onTheWay.some((key) => UNDER_WAY.has(key)))
    throw new AppError('busy', say('The same test message is on its way already.'), {
      remedy: say('Wait for its answer.'),
      who: 'you',
    });
  for (const key of onTheWay) UNDER_WAY.add(key);
  try {
    return await sendAll(wanted, sender, options);
  } finally {
    for (const key of onTheWay) UNDER_WAY.delete(key);
  }
}

type Wanted = readonly { readonly kind: TestMessage['kind']; readonly to: string }[];

async function sendAll(wanted: Wanted, sender: string, options: SendTestOptions): Promise<TestDocument> {
  const { host, t, signal } = options;
  // Each to its end, also when the other fails: what became of a message must not get lost.
  const settled = await Promise.allSettled(wanted.map(({ kind, to }) => sendOne(kind, sender, to, options)));
  const done = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const messages = done.map(({ message }) => message);
  if (signal.aborted && messages.some(({ outcome }) => outcome === 'unknown'))
    throw new AppError('outcome-unknown', say('Stopped after a test message had left and before it was answered.'), {
      remedy: say('Look into the recipient’s mailbox before you send it again.'),
      who: 'you',
    });
  const lost = settled.find((one) => one.status === 'rejected');
  if (lost) throw lost.reason;
  const { verdict, summary } = judgeTest(messages, t);
  // The plan allowed it; it is said all the same.
  const inClear = done.some(({ message, inClear: open }) => open && message.outcome === 'accepted');
  const note = t(
    'It went without encryption: none was offered. Microsoft offers it always, so look what is in between.',
  );
  return { schema: 'relayready/test@1', verdict, summary: inClear ? `${summary} ${note}` : summary, host, messages };
}

type Done = { readonly message: TestMessage; readonly inClear: boolean };

async function sendOne(kind: TestMessage['kind'], from: string, to: string, options: SendTestOptions): Promise<Done> {
  const { environment, net, host, profile, journal, signal, onProgress, t } = options;
  const { messageId, message } = await composeTest(from, to, { attach: options.attach ?? false, t });
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
  const tell = (message: string | undefined): void => {
    if (message !== undefined) onProgress({ topic: to, state: 'waiting', message });
  };
  const sent = await sendMessage({
    host,
    port: environment.relay.smtpPort,
    ca: environment.ca,
    loopback: environment.loopback,
    requireTls: profile.connector.requireTls || profile.connector.authentication === 'certificate',
    greetsAs: environment.relay.hostSuffixes,
    from,
    to,
    message,
    dns: net.dns,
    signal,
    limits: options.limits ?? {},
    beforeDot: intent.sent,
    onPhase: (phase) => tell(waiting[phase]),
    onSlow: (phase) =>
      tell(t('{host} takes its time; still waiting ({what})', { host, what: waiting[phase] ?? phase })),
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
  return { message: { ...done, transcript: [...sent.transcript] }, inClear: sent.encryption === null };
}

const waitingFor = (host: string, t: Translate): Readonly<Partial<Record<Phase, string>>> => ({
  greeting: t('Connected; waiting for {host} to say hello', { host }),
  starttls: t('Agreeing on encryption with {host}', { host }),
  mail: t('Asking {host} whether this sender may write to this recipient', { host }),
  message: t('The message is on its way; waiting for the answer of {host}', { host }),
});

function explanationOf({ outcome, reply, phase, trouble, error }: Sent, t: Translate): TestMessage['explanation'] {
  if (outcome === 'accepted') return null;
  if (outcome === 'unknown') return explainUnknown(trouble, t);
  if (reply !== null) return explainReply(reply, phase, t);
  // The system's word for a connection that failed (refused, not found, out of reach) tells more than that it failed.
  const known = trouble === 'no-connection' ? explain(error ?? '', t) : null;
  return known !== null && known.id !== null ? known : explainTrouble(trouble ?? 'closed', phase, t);
}

/** @throws AppError `bad-input` */
function strict(address: string, field: string): string {
  const read = readEnvelope(address);
  if ('address' in read) return read.address;
  throw new AppError(
    'bad-input',
    say('“{address}” is not one plain mail address.', { address: cleanText(address, 80) }),
    {
      field,
      remedy: read.flaw,
    },
  );
}
