/** Sends one message over one connection and says truthfully how far it got; the conversation is kept line by line. */
import type net from 'node:net';
import os from 'node:os';
import { parseDomain } from '../../core/address.ts';
import { AppError } from '../../core/errors.ts';
import type { SmtpReply, TestMessage, TranscriptLine } from '../../core/mail/test-document.ts';
import type { Dns } from '../net/dns.ts';
import { cleanText } from '../net/clean-text.ts';
import { systemRoots } from '../net/tls.ts';
import { CannotConnect, connectTo } from './connect.ts';
import { cleanReply, followConversation, type Phase } from './conversation.ts';

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
  /** Wall clock for the whole conversation; default 90 000 ms. */
  readonly deadlineMs?: number;
  /** Awaited before the message itself leaves. */
  readonly beforeMessage: () => Promise<void>;
  readonly onPhase?: (phase: Phase) => void;
};

export type Sent = {
  readonly outcome: TestMessage['outcome'];
  readonly reply: SmtpReply | null;
  readonly phase: Phase;
  /** Technical reason when there is no reply. */
  readonly error: string | null;
  /** Somebody on the way spoke in the server's name before the encryption began. */
  readonly injected: boolean;
  readonly transcript: readonly TranscriptLine[];
};

const DEADLINE_MS = 90_000;
const GREETING_MS = 60_000;
const GOODBYE_MS = 500;
const MAX_REPLY_BYTES = 64 * 1024;

/** @throws the signal's reason when aborted before the message left; AppError of `beforeMessage` */
export async function sendMessage(options: SendOptions): Promise<Sent> {
  const { host, port, signal } = options;
  // Loaded first: nobody would hear the connection break while a module is read.
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection');
  signal.throwIfAborted();
  let injected = false;
  let breakOff: (reason: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => (breakOff = reject));
  broken.catch(() => undefined);
  const talk = followConversation({
    phase: (phase) => options.onPhase?.(phase),
    injected: (bytes) => {
      injected = true;
      breakOff(new Error(`${bytes} bytes injected in clear after STARTTLS`));
    },
  });
  const limit = new AbortController();
  const stop = (): void => {
    limit.abort(signal.aborted ? signal.reason : new Error(`ETIMEDOUT ${talk.phase()} ${host}:${port}`));
    breakOff(limit.signal.reason as Error);
  };
  const timer = setTimeout(stop, options.deadlineMs ?? DEADLINE_MS);
  signal.addEventListener('abort', stop, { once: true });
  const end = (outcome: Sent['outcome'], reply: SmtpReply | null, error: string | null = null): Sent => {
    if (error !== null) talk.note(error);
    return { outcome, reply, phase: talk.phase(), error, injected, transcript: talk.transcript };
  };

  let socket: net.Socket | null = null;
  let smtp: InstanceType<typeof SMTPConnection> | null = null;
  /** Ends when the step does, or as soon as the connection or the time does. */
  const step = (work: (done: (error?: Error | null) => void) => void): Promise<void> => {
    limit.signal.throwIfAborted();
    return Promise.race([
      broken,
      new Promise<void>((resolve, reject) => work((error) => (error ? reject(error) : resolve()))),
    ]);
  };
  try {
    const connected = await connectTo(host, port, { ...options, signal: limit.signal });
    socket = connected.socket;
    talk.note(`${connected.address}:${port}`);
    talk.enter('greeting');
    const connection = new SMTPConnection({
      host,
      port,
      connection: socket,
      name: ownName(socket),
      requireTLS: options.requireTls,
      transactionLog: true,
      logger: talk.logger as never,
      greetingTimeout: GREETING_MS,
      socketTimeout: DEADLINE_MS,
      maxResponseSize: MAX_REPLY_BYTES,
      tls: { servername: host, ca: [...systemRoots(), ...options.ca], minVersion: 'TLSv1.2', rejectUnauthorized: true },
    });
    smtp = connection;
    connection.on('error', breakOff);
    connection.on('end', () => breakOff(new Error('the connection was closed')));
    await step((done) => connection.connect(done));
    await options.beforeMessage();
    await step((done) => connection.send({ from: options.from, to: [options.to] }, options.message, done));
    // A yes from before the end of the message is nobody's word about it.
    if (!talk.dotSent()) return end('unknown', null, 'answered before the end of the message');
    const sent = end('accepted', talk.reply());
    connection.quit();
    await goodbye(broken);
    return sent;
  } catch (error) {
    return failed(error as Error & { response?: string });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    smtp?.close();
    socket?.destroy();
  }

  /** A refusal counts only when the server spoke it; silence after the message left is nobody's refusal. */
  function failed(error: Error & { response?: string }): Sent {
    if (error instanceof AppError) throw error;
    const phase = talk.phase();
    // No encryption, no message: what the server says to STARTTLS is not its answer to the message.
    const reply = phase === 'starttls' ? null : (cleanReply(error.response ?? '') ?? talk.reply());
    const code = reply?.code ?? 0;
    if (code >= 400) return end(code < 500 ? 'deferred' : 'refused', reply);
    if (phase === 'message') return end('unknown', null, cleanText(error.message, 300));
    signal.throwIfAborted();
    if (phase === 'connect' && !limit.signal.aborted && !(error instanceof CannotConnect)) throw error;
    return end(
      'not-sent',
      null,
      cleanText(((limit.signal.aborted ? limit.signal.reason : error) as Error).message, 300),
    );
  }
}

/** A name for EHLO that says something to the other side (RFC 5321 §4.1.3): never `localhost`. */
function ownName(socket: net.Socket): string {
  const name = parseDomain(os.hostname());
  if (name !== null && !name.startsWith('localhost.')) return name;
  return `[${(socket.localAddress ?? '127.0.0.1').replace('::ffff:', '')}]`;
}

/** Gives the server a moment to hear QUIT; its answer changes nothing any more. */
async function goodbye(ended: Promise<never>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const moment = new Promise<void>((resolve) => (timer = setTimeout(resolve, GOODBYE_MS)));
  await Promise.race([ended.catch(() => undefined), moment]);
  clearTimeout(timer);
}
