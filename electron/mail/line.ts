/** One line to a mail server: a command, its reply, never longer than allowed; every word is kept for a person to read. */
import type net from 'node:net';
import { domainToASCII } from 'node:url';
import { parseReply } from '../../core/mail/reply.ts';
import type { SmtpReply, TranscriptLine } from '../../core/mail/test-document.ts';
import type { Trouble } from '../../core/mail/trouble.ts';
import type { Phase } from '../../core/explain/by-class.ts';
import { cleanText } from '../net/clean-text.ts';
import { type TlsFacts, upgradeToTls } from '../net/tls.ts';
import { Misspoken, readReplies, type Reply } from './read-replies.ts';

/** Wall clock of each phase, in milliseconds. RFC 5321 §4.5.3.2 allows minutes; a person waits here. */
export type Limits = {
  readonly connect: number;
  readonly greeting: number;
  readonly reply: number;
  readonly handshake: number;
  /** From DATA to the server's leave to begin. */
  readonly data: number;
  readonly body: number;
  /** From the end of the message to the server's answer. */
  readonly message: number;
  readonly whole: number;
  /** After this much waiting in one phase it is said that the server is slow. */
  readonly slow: number;
};
export const LIMITS: Limits = {
  connect: 15_000,
  greeting: 120_000,
  reply: 60_000,
  handshake: 30_000,
  data: 120_000,
  body: 60_000,
  message: 180_000,
  whole: 300_000,
  slow: 10_000,
};

/** The conversation ended before the message was answered. */
export class Stopped extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble, detail: string) {
    super(cleanText(detail, 300));
    this.trouble = trouble;
  }
}

export type Transcript = {
  readonly lines: readonly TranscriptLine[];
  readonly write: (from: TranscriptLine['from'], line: string) => void;
};

const MAX_LINES = 200;

export function keepTranscript(): Transcript {
  const begun = performance.now();
  const lines: TranscriptLine[] = [];
  return {
    lines,
    write: (from, line) => {
      if (lines.length < MAX_LINES || from === 'note')
        lines.push({ atMs: Math.round(performance.now() - begun), from, line: cleanText(line, 512) });
    },
  };
}

export type Line = {
  /** @throws Stopped, or the signal's reason */
  readonly hear: (phase: Phase, ms: number) => Promise<Reply>;
  readonly ask: (command: string, phase: Phase, ms: number) => Promise<Reply>;
  /** What the server said before it was asked, or null. */
  readonly early: () => Reply | null;
  /** Why nothing more can be heard, or null while the connection stands. */
  readonly ended: () => Stopped | null;
  /** Something came that was not asked for. */
  readonly leftover: () => number;
  readonly send: (bytes: Buffer, phase: Phase, ms: number) => Promise<void>;
  readonly upgrade: (host: string, ca: readonly string[], ms: number) => Promise<TlsFacts>;
  readonly close: () => void;
};

export type LineOptions = {
  /** Aborts with the person's reason, or when the time for everything is over. */
  readonly signal: AbortSignal;
  readonly transcript: Transcript;
  readonly slowMs: number;
  readonly onPhase: (phase: Phase) => void;
  readonly onSlow: (phase: Phase) => void;
};

export function holdLine(plain: net.Socket, options: LineOptions): Line {
  const { signal, transcript } = options;
  let socket = plain;
  // Small writes follow each other; waiting for more to send would only cost time.
  socket.setNoDelay(true);
  let replies = readReplies(socket);

  /** `work`, or the end of its time, or of everybody's patience. */
  async function within<T>(work: Promise<T>, phase: Phase, ms: number): Promise<T> {
    signal.throwIfAborted();
    options.onPhase(phase);
    const slow = setTimeout(() => options.onSlow(phase), options.slowMs);
    let timer: NodeJS.Timeout | undefined;
    let cut = (): void => undefined;
    const over = new Promise<never>((_, reject) => {
      cut = () => reject(signal.reason as Error);
      signal.addEventListener('abort', cut, { once: true });
      timer = setTimeout(
        () => reject(new Stopped(replies.begun() > 0 ? 'dripping' : 'silent', `ETIMEDOUT ${phase} ${ms} ms`)),
        ms,
      );
    });
    try {
      return await Promise.race([work, over]);
    } catch (error) {
      if (error instanceof Stopped || signal.aborted) throw error;
      throw stoppedBy(error as Error);
    } finally {
      clearTimeout(timer);
      clearTimeout(slow);
      signal.removeEventListener('abort', cut);
    }
  }

  async function hear(phase: Phase, ms: number): Promise<Reply> {
    const reply = await within(replies.next(), phase, ms);
    for (const line of reply.lines) transcript.write('server', line);
    if (reply.more > 0) transcript.write('note', `${reply.more} further lines`);
    return reply;
  }

  return {
    hear,
    ask: async (command, phase, ms) => {
      transcript.write('client', command);
      socket.write(`${command}\r\n`);
      return hear(phase, ms);
    },
    early: () => {
      const reply = replies.early();
      for (const line of reply?.lines ?? []) transcript.write('server', line);
      return reply;
    },
    ended: () => {
      const failure = replies.failure();
      return failure && stoppedBy(failure);
    },
    leftover: () => replies.leftover(),
    send: (bytes, phase, ms) =>
      within(
        new Promise<void>((resolve, reject) => {
          const closed = () => reject(new Error('the connection was closed'));
          socket.once('close', closed);
          socket.write(bytes, (error) => {
            socket.off('close', closed);
            if (error) reject(error);
            else resolve();
          });
        }),
        phase,
        ms,
      ),
    upgrade: async (host, ca, ms) => {
      replies.detach();
      const { socket: secure, facts } = await within(upgradeToTls(plain, { host, ca, signal }), 'starttls', ms).catch(
        (error: unknown) => {
          if (!(error instanceof Stopped) || error.trouble === 'silent') throw error;
          throw handshakeTrouble(error.message);
        },
      );
      socket = secure;
      replies = readReplies(secure);
      return facts;
    },
    close: () => {
      for (const one of new Set([socket, plain])) {
        one.on('error', () => undefined);
        one.destroy();
      }
    },
  };
}

const stoppedBy = (error: NodeJS.ErrnoException): Stopped =>
  error instanceof Misspoken
    ? new Stopped(error.trouble, error.message)
    : new Stopped('closed', error.code ?? error.message);

/** OpenSSL calls text in clear a “wrong version”: somebody spoke where encryption should have begun. */
function handshakeTrouble(detail: string): Stopped {
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/i.test(detail)) return new Stopped('injected', detail);
  if (
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_SHARED_CIPHER|KEY_TOO_SMALL|LEGACY_SIGALG|WRONG_SIGNATURE_TYPE/i.test(
      detail,
    )
  )
    return new Stopped('old-encryption', detail);
  return new Stopped('handshake', detail);
}

/** Judged by ourselves, so that each flaw has a name; null when all is well. */
export function flawOf({ certificate, protocol }: TlsFacts): Stopped | null {
  if (protocol === 'TLSv1' || protocol === 'TLSv1.1' || protocol === 'SSLv3')
    return new Stopped('old-encryption', protocol);
  if (certificate === null) return new Stopped('certificate-untrusted', 'no certificate');
  const who = `${certificate.subject}, issued by ${certificate.issuer}`;
  if (!certificate.trusted)
    return new Stopped(
      /EXPIRED|NOT_YET_VALID/.test(certificate.trustError ?? '') ? 'certificate-date' : 'certificate-untrusted',
      `${certificate.trustError ?? ''}: ${who}, valid until ${certificate.validTo}`,
    );
  return certificate.nameMatches ? null : new Stopped('certificate-name', `the certificate is for ${who}`);
}

/** The server's reply as the document keeps it. */
export const documentReply = (reply: Reply): SmtpReply =>
  parseReply(reply.lines.join('\n')) ?? { code: reply.code, enhanced: null, text: '' };

/** Name for EHLO: never `localhost`, never anything that could end the line (RFC 5321 §4.1.3). */
export function plainName(name: string, localAddress: string | undefined): string {
  const ascii = domainToASCII(name).toLowerCase();
  if (/^(?!localhost)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/.test(ascii) && ascii.length <= 253) return ascii;
  return `[${(localAddress ?? '127.0.0.1').replace('::ffff:', '')}]`;
}
