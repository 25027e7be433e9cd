/** Sends one message over one connection and says truthfully how far it got; the conversation is kept line by line. */
import os from 'node:os';
import { parseDomain } from '../../core/address.ts';
import { parseReply } from '../../core/mail/reply.ts';
import type { SmtpReply, TestMessage, TranscriptLine } from '../../core/mail/test-document.ts';
import type { Dns } from '../net/dns.ts';
import { cleanText } from '../net/clean-text.ts';
import { systemRoots } from '../net/tls.ts';
import { CannotConnect, connectTo } from './connect.ts';

export type SendOptions = {
  readonly host: string;
  readonly port: number;
  readonly ca: readonly string[];
  readonly loopback: boolean;
  readonly requireTls: boolean;
  readonly from: string;
  readonly to: string;
  /** RFC 5322 text. */
  readonly message: Buffer;
  readonly dns: Dns;
  readonly signal: AbortSignal;
  /** Wall clock for the whole conversation. */
  readonly deadlineMs?: number;
  /** Awaited before the message itself leaves. */
  readonly beforeMessage: () => Promise<void>;
};

export type Phase = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'message';
export type Sent = {
  readonly outcome: TestMessage['outcome'];
  readonly reply: SmtpReply | null;
  readonly phase: Phase;
  /** Technical reason when there is no reply. */
  readonly error: string | null;
  readonly transcript: readonly TranscriptLine[];
};

const DEADLINE_MS = 120_000;
const GREETING_MS = 60_000;
const MAX_LINES = 200;
const MAX_REPLY_BYTES = 64 * 1024;

const PHASES: readonly (readonly [RegExp, Phase])[] = [
  [/^(EHLO|HELO)/i, 'ehlo'],
  [/^STARTTLS/i, 'starttls'],
  [/^MAIL FROM/i, 'mail'],
  [/^RCPT TO/i, 'rcpt'],
  [/^DATA/i, 'data'],
];

/** @throws the signal's reason when aborted before the message left */
export async function sendMessage(options: SendOptions): Promise<Sent> {
  const { host, port, signal } = options;
  const begun = performance.now();
  const transcript: TranscriptLine[] = [];
  const note = (from: TranscriptLine['from'], text: string): void => {
    for (const line of text.split(/\r?\n/))
      if (transcript.length < MAX_LINES)
        transcript.push({ atMs: Math.round(performance.now() - begun), from, line: cleanText(line, 500) });
  };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(options.deadlineMs ?? DEADLINE_MS)]);
  let phase: Phase = 'connect';
  let lastReply: SmtpReply | null = null;
  const end = (outcome: Sent['outcome'], error: string | null = null): Sent => {
    if (error !== null) note('note', error);
    return { outcome, reply: lastReply, phase, error, transcript };
  };

  let connected: Awaited<ReturnType<typeof connectTo>>;
  try {
    connected = await connectTo(host, port, { ...options, signal: limit });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CannotConnect) return end('not-sent', error.message);
    if (limit.aborted) return end('not-sent', `ETIMEDOUT ${host}:${port}`);
    throw error;
  }
  note('note', `${connected.address}:${port}`);
  phase = 'greeting';

  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  /** Commands not yet answered: several may be on their way at once (PIPELINING, RFC 2920). */
  const asked: Phase[] = [];
  const hear = ({ tnx }: { readonly tnx?: string }, format: unknown, ...values: readonly unknown[]): void => {
    const text = values.reduce<string>((whole, value) => whole.replace('%s', String(value)), String(format));
    if (tnx === 'client') {
      asked.push(PHASES.find(([pattern]) => pattern.test(text))?.[1] ?? phase);
      if (asked.length === 1) phase = asked[0] ?? phase;
      lastReply = null;
      note('client', text);
    } else if (tnx === 'server') {
      lastReply = parseReply(text);
      note('server', text);
      const answered = asked.shift();
      if (answered === 'data' && lastReply?.code === 354) phase = 'message';
      else if ((lastReply?.code ?? 500) < 400) phase = asked[0] ?? phase;
    } else if (text.startsWith('Connection upgraded')) note('note', 'TLS');
  };
  const silent = (): void => undefined;
  const logger = { debug: hear, info: hear, warn: silent, error: silent, trace: silent, fatal: silent, level: silent };
  const name =
    parseDomain(os.hostname()) ?? `[${(connected.socket.localAddress ?? '127.0.0.1').replace('::ffff:', '')}]`;
  const smtp = new SMTPConnection({
    host,
    port,
    connection: connected.socket,
    name,
    requireTLS: options.requireTls,
    transactionLog: true,
    logger: logger as never,
    greetingTimeout: GREETING_MS,
    socketTimeout: DEADLINE_MS,
    maxResponseSize: MAX_REPLY_BYTES,
    tls: { servername: host, ca: [...systemRoots(), ...options.ca], minVersion: 'TLSv1.2', rejectUnauthorized: true },
  });
  const broken = new Promise<never>((_, reject) => {
    smtp.on('error', reject);
    smtp.on('end', () => reject(new Error('the connection was closed')));
    limit.addEventListener('abort', () => reject(limit.reason as Error), { once: true });
  });
  broken.catch(() => undefined);
  /** Ends when the step does, or as soon as the connection or the time does. */
  const step = (work: (done: (error: Error | null) => void) => void): Promise<void> =>
    Promise.race([
      broken,
      new Promise<void>((resolve, reject) => work((error) => (error ? reject(error) : resolve()))),
    ]);
  try {
    await step((done) => smtp.connect((error) => done(error ?? null)));
    await options.beforeMessage();
    await step((done) => smtp.send({ from: options.from, to: [options.to] }, options.message, done));
    const sent = end('accepted');
    smtp.quit();
    return sent;
  } catch (error) {
    return failed(error as Error & { response?: string });
  } finally {
    smtp.close();
    connected.socket.destroy();
  }

  /** A refusal counts only when the server spoke it; silence after the message left is nobody's refusal. */
  function failed(error: Error & { response?: string }): Sent {
    lastReply = parseReply(error.response ?? '') ?? lastReply;
    // No encryption, no message: what the server says to STARTTLS is not its answer to the message.
    const code = phase === 'starttls' ? 0 : (lastReply?.code ?? 0);
    const reason = cleanText(error.message, 300);
    if (code >= 400) return end(code < 500 ? 'deferred' : 'refused');
    lastReply = null;
    if (phase === 'message') return end('unknown', reason);
    signal.throwIfAborted();
    return end('not-sent', limit.aborted ? `ETIMEDOUT ${phase}` : reason);
  }
}
