/** Sends one message over one connection and says truthfully how far it got; the conversation is kept line by line. */
import os from 'node:os';
import { parseMailAddress } from '../../core/address.ts';
import type { Phase } from '../../core/explain/by-class.ts';
import type { SmtpReply, TestMessage, TranscriptLine } from '../../core/mail/test-document.ts';
import type { Trouble } from '../../core/mail/trouble.ts';
import type { Dns } from '../net/dns.ts';
import { joinSignals } from '../net/deadline.ts';
import { CannotConnect, connectTo } from './connect.ts';
import { documentReply, flawOf, holdLine, keepTranscript, LIMITS, plainName, Stopped } from './line.ts';
import type { Limits, Line } from './line.ts';
import type { Reply } from './read-replies.ts';
import { dotStuffed } from './wire-text.ts';

export type SendOptions = {
  readonly host: string;
  readonly port: number;
  readonly ca: readonly string[];
  readonly loopback: boolean;
  readonly requireTls: boolean;
  /** Where the host’s name ends so, its greeting in clear has to end so, too. */
  readonly greetsAs?: readonly string[];
  readonly from: string;
  readonly to: string;
  /** RFC 5322 text. */
  readonly message: Buffer;
  readonly dns: Dns;
  readonly signal: AbortSignal;
  readonly limits?: Partial<Limits>;
  /** This computer's name for EHLO; default the system's. */
  readonly ownName?: string;
  /** Awaited after the message and before the final dot, from which on nobody can take it back. */
  readonly beforeDot: () => Promise<void>;
  readonly onPhase?: (phase: Phase) => void;
  readonly onSlow?: (phase: Phase) => void;
};

export type Sent = {
  readonly outcome: TestMessage['outcome'];
  readonly reply: SmtpReply | null;
  readonly phase: Phase;
  /** What kept it from leaving or hid its fate, when no reply says it. */
  readonly trouble: Trouble | null;
  /** The same, technical. */
  readonly error: string | null;
  /** e.g. TLSv1.3, or null in clear. */
  readonly encryption: string | null;
  readonly transcript: readonly TranscriptLine[];
};

const GOODBYE_MS = 500;

/** The server said no. */
class Refused extends Error {
  readonly reply: Reply;
  constructor(reply: Reply) {
    super(String(reply.code));
    this.reply = reply;
  }
}

/** @throws the signal's reason when aborted before the final dot; whatever `beforeDot` throws */
export async function sendMessage(options: SendOptions): Promise<Sent> {
  const { host, port, signal, from, to } = options;
  for (const address of [from, to])
    if (parseMailAddress(address) !== address) throw new TypeError('an envelope address is not one plain address');
  signal.throwIfAborted();
  const limits = { ...LIMITS, ...options.limits };
  const transcript = keepTranscript();
  let phase: Phase = 'connect';
  let dotSent = false;
  let encryption: string | null = null;
  const end = (outcome: Sent['outcome'], reply: Reply | null, stopped: Stopped | null = null): Sent => {
    if (stopped !== null) transcript.write('note', stopped.message);
    return {
      outcome,
      reply: reply && documentReply(reply),
      phase,
      trouble: stopped?.trouble ?? null,
      error: stopped?.message ?? null,
      encryption,
      transcript: transcript.lines,
    };
  };
  const whole = new AbortController();
  const timer = setTimeout(
    () => whole.abort(new Stopped('silent', `ETIMEDOUT ${phase}, ${limits.whole} ms in all`)),
    limits.whole,
  );
  const limit = joinSignals(signal, whole.signal);
  let line: Line | null = null;
  let journalError: { readonly error: unknown } | null = null;
  try {
    const { socket, address } = await connectTo(host, port, {
      ...options,
      signal: limit,
      connectMs: limits.connect,
    });
    transcript.write('note', `${address}:${port}`);
    line = holdLine(socket, {
      signal: limit,
      transcript,
      slowMs: limits.slow,
      onPhase: (next) => {
        if (next === phase) return;
        phase = next;
        options.onPhase?.(next);
      },
      onSlow: (slow) => options.onSlow?.(slow),
    });
    const reply = await converse(line, plainName(options.ownName ?? os.hostname(), socket.localAddress));
    const sent = end('accepted', reply);
    await goodbye(line);
    return sent;
  } catch (error) {
    if (journalError !== null) throw (journalError as { readonly error: unknown }).error;
    if (error instanceof Refused) return end(error.reply.code < 500 ? 'deferred' : 'refused', error.reply);
    const stopped =
      error instanceof Stopped
        ? error
        : error instanceof CannotConnect
          ? new Stopped(error.trouble, error.message)
          : null;
    if (dotSent) return end('unknown', null, stopped ?? new Stopped('silent', 'stopped before the answer'));
    signal.throwIfAborted();
    if (stopped === null) throw error;
    return end('not-sent', null, stopped);
  } finally {
    clearTimeout(timer);
    line?.close();
  }

  async function converse(line: Line, name: string): Promise<Reply> {
    const greeting = await line.hear('greeting', limits.greeting);
    wants(greeting, 220);
    inTurn(line);
    let hello = await introduce(line, name);
    if (has(hello, 'STARTTLS')) {
      await encrypt(line);
      hello = await introduce(line, name);
    } else {
      if (options.requireTls) throw new Stopped('no-encryption', 'STARTTLS is not offered');
      if (!greetsRight(greeting)) throw new Stopped('other-greeting', greeting.lines[0] ?? '');
      transcript.write('note', 'STARTTLS is not offered; the plan allows to go on in clear');
    }
    const bytes = dotStuffed(options.message);
    const size = has(hello, 'SIZE');
    const most = Number(/^\d{3}[ -]SIZE[ =](\d{1,12})\s*$/i.exec(size ?? '')?.[1] ?? 0);
    if (most > 0 && bytes.length > most)
      throw new Stopped('too-large', `the message has ${bytes.length} bytes, the server takes ${most}`);
    const command = `MAIL FROM:<${from}>${size === undefined ? '' : ` SIZE=${bytes.length}`}`;
    wants(await line.ask(command, 'mail', limits.reply), 250);
    inTurn(line);
    wants(await line.ask(`RCPT TO:<${to}>`, 'rcpt', limits.reply), 250, 251);
    inTurn(line);
    wants(await line.ask('DATA', 'data', limits.data), 354);
    inTurn(line);
    await line.send(bytes, 'data', limits.body);
    await options.beforeDot().catch((error: unknown) => {
      journalError = { error };
      throw error;
    });
    limit.throwIfAborted();
    // A server that answers before the end has not heard the message: without the dot there is none.
    inTurn(line);
    transcript.write('note', `the message, ${bytes.length} bytes, and the final dot`);
    dotSent = true;
    await line.send(Buffer.from('.\r\n'), 'message', limits.body);
    const answer = await line.hear('message', limits.message);
    wants(answer, 250, 251, 252);
    return answer;
  }

  async function introduce(line: Line, name: string): Promise<Reply> {
    let hello = await line.ask(`EHLO ${name}`, 'ehlo', limits.reply);
    // A server from before 1995 does not know EHLO (RFC 5321 §3.2).
    if ([500, 502, 504].includes(hello.code)) hello = await line.ask(`HELO ${name}`, 'ehlo', limits.reply);
    wants(hello, 250);
    inTurn(line);
    return hello;
  }

  async function encrypt(line: Line): Promise<void> {
    const go = await line.ask('STARTTLS', 'starttls', limits.reply);
    // No encryption, no message: what the server says to STARTTLS is not its answer to the message.
    if (go.code !== 220) throw new Stopped('encryption-refused', go.lines.join(' '));
    if (line.leftover() > 0) throw new Stopped('injected', `${line.leftover()} bytes in clear after STARTTLS`);
    const facts = await line.upgrade(host, options.ca, limits.handshake);
    const { certificate, protocol, cipher } = facts;
    transcript.write(
      'note',
      `${protocol ?? ''} ${cipher ?? ''}; ${certificate?.subject ?? '-'}, ${certificate?.issuer ?? '-'}, ${certificate?.validTo ?? '-'}`,
    );
    const flaw = flawOf(facts);
    if (flaw !== null) throw flaw;
    encryption = protocol;
  }

  function greetsRight({ lines }: Reply): boolean {
    const ends = (options.greetsAs ?? []).filter((suffix) => host.endsWith(`.${suffix}`));
    const name = /^220[ -](\S+)/.exec(lines[0] ?? '')?.[1]?.toLowerCase() ?? '';
    return ends.length === 0 || (options.greetsAs ?? []).some((suffix) => name.endsWith(`.${suffix}`));
  }
}

function wants(reply: Reply, ...codes: readonly number[]): void {
  if (codes.includes(reply.code)) return;
  if (reply.code >= 400) throw new Refused(reply);
  throw new Stopped('garbled', `${reply.code} where ${codes[0]} was due`);
}

/** Nothing may have come that was not asked for, save a goodbye (421 at any time, RFC 5321 §3.8) or a refusal. */
function inTurn(line: Line): void {
  const early = line.early();
  if (early !== null && early.code >= 400) throw new Refused(early);
  if (early !== null || line.leftover() > 0) throw new Stopped('out-of-turn', 'a reply nobody asked for');
  const ended = line.ended();
  if (ended !== null) throw ended;
}

/** The line of an EHLO reply that offers a thing; many a server writes it in small letters. */
const has = (hello: Reply, keyword: string): string | undefined =>
  hello.lines.slice(1).find((line) => line.slice(4).trim().split(/[ =]/)[0]?.toUpperCase() === keyword);

/** Gives the server a moment to hear QUIT; its answer changes nothing any more. */
async function goodbye(line: Line): Promise<void> {
  await line.ask('QUIT', 'message', GOODBYE_MS).catch(() => undefined);
}
