/** Reads the server's replies strictly (RFC 5321 §4.2.1), names what is none, and keeps little of what is too much. */
import { isUtf8 } from 'node:buffer';
import type net from 'node:net';
import type { Trouble } from '../../core/mail/trouble.ts';
import { cleanText } from '../net/clean-text.ts';

export type Reply = {
  readonly code: number;
  /** Its lines as they came, with code, made fit to keep. */
  readonly lines: readonly string[];
  /** Lines that came and are not kept. */
  readonly more: number;
};

export type ReplyReader = {
  /** @throws Misspoken, or Error when the connection ended */
  readonly next: () => Promise<Reply>;
  /** A reply that came before it was asked for. */
  readonly early: () => Reply | null;
  /** Bytes nobody has taken yet. */
  readonly leftover: () => number;
  /** Bytes of a reply that has begun and not ended. */
  readonly begun: () => number;
  /** Why no further reply can come, or null. */
  readonly failure: () => Error | null;
  readonly detach: () => void;
};

/** What came is no reply. */
export class Misspoken extends Error {
  readonly trouble: Trouble;
  constructor(trouble: Trouble, detail: string) {
    super(detail);
    this.trouble = trouble;
  }
}

/** Also RFC 5321 asks for no more than 512 a line. */
const MAX_LINE_BYTES = 2048;
const MAX_LINES = 40;
const MAX_REPLY_BYTES = 64 * 1024;
/** Replies nobody asked for; more is a flood. */
const MAX_EARLY = 4;
/** Enough of a line that is no reply to tell what it is. */
const ENOUGH_BYTES = 16;

export function readReplies(socket: net.Socket): ReplyReader {
  let line = Buffer.alloc(0);
  let size = 0;
  let code: string | null = null;
  let lines: string[] = [];
  let more = 0;
  let failure: Error | null = null;
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | null = null;
  const ready: Reply[] = [];

  const fail = (error: Error): void => {
    failure ??= error;
    line = Buffer.alloc(0);
    lines = [];
    waiting?.reject(failure);
    waiting = null;
  };
  const end = (bytes: Buffer): void => {
    const text = (isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1')).replace(/\r$/, '');
    if (!/^[2-5]\d\d([ -]|$)/.test(text)) return fail(strange(bytes));
    if (code !== null && !text.startsWith(code))
      return fail(new Misspoken('garbled', `mixed codes in one reply: ${cleanText(text, 80)}`));
    code = text.slice(0, 3);
    if (lines.length < MAX_LINES) lines.push(cleanText(text, 512));
    else more += 1;
    if (text[3] === '-') return;
    const reply = { code: Number(code), lines, more };
    [code, lines, more, size] = [null, [], 0, 0];
    if (waiting) waiting.resolve(reply);
    else if (ready.push(reply) > MAX_EARLY) return fail(new Misspoken('flood', 'replies nobody asked for'));
    waiting = null;
  };
  const onData = (chunk: Buffer): void => {
    let rest = chunk;
    while (rest.length > 0 && failure === null) {
      const at = rest.indexOf(10);
      const part = at < 0 ? rest : rest.subarray(0, at);
      if (line.length < MAX_LINE_BYTES) line = Buffer.concat([line, part.subarray(0, MAX_LINE_BYTES - line.length)]);
      size += part.length + 1;
      rest = at < 0 ? rest.subarray(rest.length) : rest.subarray(at + 1);
      if (at >= 0) {
        const whole = line;
        line = Buffer.alloc(0);
        end(whole);
      } else if (
        isTlsRecord(line) ||
        (line.length >= ENOUGH_BYTES && !/^[2-5]\d\d[ -]/.test(line.toString('latin1', 0, 4)))
      )
        fail(strange(line));
      if (size > MAX_REPLY_BYTES) fail(new Misspoken('flood', `a reply longer than ${MAX_REPLY_BYTES} bytes`));
    }
  };
  const onEnd = (): void => {
    if (line.length > 0 && !/^[2-5]/.test(line.toString('latin1', 0, 1))) fail(strange(line));
    else fail(new Error('the connection was closed'));
  };
  const onError = (error: Error): void => fail(error);
  socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError);
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const reply = ready.shift();
        if (reply) resolve(reply);
        else if (failure) reject(failure);
        else waiting = { resolve, reject };
      }),
    early: () => ready.shift() ?? null,
    leftover: () => size + ready.length,
    begun: () => size,
    failure: () => failure,
    detach: () => void socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError),
  };
}

/** Handshake or alert, version 3.x (RFC 8446 §5.1). */
const isTlsRecord = (bytes: Buffer): boolean => (bytes[0] === 0x16 || bytes[0] === 0x15) && bytes[1] === 3;

/** Says what speaks there instead of a mail server. */
function strange(bytes: Buffer): Misspoken {
  const text = bytes.toString('latin1');
  if (isTlsRecord(bytes)) return new Misspoken('tls-record', 'a TLS record');
  if (/^HTTP\/\d/.test(text)) return new Misspoken('web-server', cleanText(text, 80));
  return new Misspoken('garbled', `not a reply: ${cleanText(text, 80)}`);
}
