/** Follows nodemailer's log of one conversation: the transcript, how far it got and the last reply. */
import { format } from 'node:util';
import { parseReply } from '../../core/mail/reply.ts';
import type { SmtpReply, TranscriptLine } from '../../core/mail/test-document.ts';
import { cleanText } from '../net/clean-text.ts';

export type Phase = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'message';

export type Conversation = {
  readonly transcript: readonly TranscriptLine[];
  readonly phase: () => Phase;
  /** The server's last reply, or null when a command went out since. */
  readonly reply: () => SmtpReply | null;
  /** The final dot was handed to the connection. */
  readonly dotSent: () => boolean;
  readonly enter: (phase: Phase) => void;
  readonly note: (text: string) => void;
  /** For nodemailer's `logger`. */
  readonly logger: Readonly<Record<string, (entry: LogEntry, ...values: readonly unknown[]) => void>>;
};

type LogEntry = { readonly tnx?: string; readonly discarded?: number };

const MAX_LINES = 200;
const MAX_REPLY_LINES = 40;
const MAX_LINE = 512;

const PHASES: readonly (readonly [RegExp, Phase])[] = [
  [/^(EHLO|HELO)/i, 'ehlo'],
  [/^STARTTLS/i, 'starttls'],
  [/^MAIL FROM/i, 'mail'],
  [/^RCPT TO/i, 'rcpt'],
  [/^DATA/i, 'data'],
];

const cleanLines = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .slice(0, MAX_REPLY_LINES)
    .map((line) => cleanText(line, MAX_LINE));

/** One reply as it came, made fit to keep. */
export const cleanReply = (raw: string): SmtpReply | null => parseReply(cleanLines(raw).join('\n'));

export function followConversation(on: {
  readonly phase: (phase: Phase) => void;
  /** Bytes came in clear after the server's yes to STARTTLS (RFC 3207 §6). */
  readonly injected: (bytes: number) => void;
}): Conversation {
  const begun = performance.now();
  const transcript: TranscriptLine[] = [];
  /** Commands not yet answered: several may be on their way at once (PIPELINING, RFC 2920). */
  const asked: Phase[] = [];
  let phase: Phase = 'connect';
  let reply: SmtpReply | null = null;
  let dotSent = false;

  const write = (from: TranscriptLine['from'], text: string): void => {
    for (const line of cleanLines(text))
      if (transcript.length < MAX_LINES || from === 'note')
        transcript.push({ atMs: Math.round(performance.now() - begun), from, line });
  };
  const enter = (next: Phase): void => {
    if (next === phase) return;
    phase = next;
    on.phase(next);
  };
  const hear = ({ tnx, discarded }: LogEntry, ...values: readonly unknown[]): void => {
    // What comes first is a format only when values follow; a server's own per cent signs stay as they are.
    const text = format(...values);
    if (tnx === 'client') {
      asked.push(PHASES.find(([pattern]) => pattern.test(text))?.[1] ?? phase);
      if (asked.length === 1) enter(asked[0] ?? phase);
      reply = null;
      write('client', text);
    } else if (tnx === 'server') {
      reply = cleanReply(text);
      write('server', text);
      const answered = asked.shift();
      const code = reply?.code ?? 500;
      // Some servers answer DATA with 250; the message leaves all the same.
      if (answered === 'data' && code < 400) enter('message');
      else if (code < 400) enter(asked[0] ?? phase);
    } else if (tnx === 'message') dotSent = true;
    else if (text.startsWith('Connection upgraded')) write('note', 'TLS');
    if (discarded !== undefined) on.injected(discarded);
  };
  const silent = (): void => undefined;
  return {
    transcript,
    phase: () => phase,
    reply: () => reply,
    dotSent: () => dotSent,
    enter,
    note: (text) => write('note', text),
    logger: { debug: hear, info: hear, warn: hear, error: silent, trace: silent, fatal: silent, level: silent },
  };
}
