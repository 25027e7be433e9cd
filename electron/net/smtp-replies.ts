/** Reads SMTP replies strictly (RFC 5321 §4.2.1) and within limits; a server cannot make us keep more. */
import type net from 'node:net';
import { cleanText } from './clean-text.ts';

export type Reply = { readonly code: number; readonly lines: readonly string[]; readonly raw: readonly string[] };
export type ReplyReader = {
  readonly next: () => Promise<Reply>;
  readonly leftover: () => number;
  readonly detach: () => void;
};

const MAX_LINES = 128;
const MAX_BYTES = 64 * 1024;

class NotSmtp extends Error {
  override readonly name = 'NotSmtp';
}

export function readReplies(socket: net.Socket): ReplyReader {
  let bytes = Buffer.alloc(0);
  let lines: string[] = [];
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | null = null;
  const ready: Reply[] = [];
  let failure: Error | null = null;
  const fail = (error: Error) => {
    failure ??= error;
    waiting?.reject(failure);
    waiting = null;
  };
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length > MAX_BYTES || lines.length > MAX_LINES) return fail(new NotSmtp('reply too long'));
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
      const line = bytes.subarray(0, end).toString('utf8').replace(/\r$/, '');
      bytes = bytes.subarray(end + 1);
      if (!/^[2-5]\d\d([ -]|$)/.test(line)) return fail(new NotSmtp(`not a reply: ${cleanText(line, 80)}`));
      if (lines.length > 0 && lines[0]?.slice(0, 3) !== line.slice(0, 3))
        return fail(new NotSmtp('mixed codes in one reply'));
      lines.push(cleanText(line));
      if (lines.length > MAX_LINES) return fail(new NotSmtp('reply too long'));
      if (line[3] === '-') continue;
      const reply = { code: Number(line.slice(0, 3)), lines: lines.map((text) => text.slice(4)), raw: lines };
      lines = [];
      if (waiting) {
        waiting.resolve(reply);
        waiting = null;
      } else ready.push(reply);
    }
  };
  const onClose = () => fail(new Error('the connection was closed'));
  socket.on('data', onData).on('close', onClose).on('error', onClose);
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const reply = ready.shift();
        if (reply) resolve(reply);
        else if (failure) reject(failure);
        else waiting = { resolve, reject };
      }),
    leftover: () => bytes.length + ready.length,
    detach: () => void socket.off('data', onData).off('close', onClose),
  };
}
