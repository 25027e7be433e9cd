/** The same conversation to try by hand: swaks does it in one line, openssl lets a person type each word. */
import type { TestMessage } from './test-document.ts';

export type ByHand = {
  readonly swaks: string;
  readonly openssl: string;
  /** Typed into openssl, one after the other. */
  readonly typed: readonly string[];
};

/** For a POSIX shell; envelope addresses hold no quotes, and are quoted all the same. */
const quoted = (text: string): string => (/^[\w@.:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** @param host relay host. @param from envelope sender */
export function byHand(host: string, from: string, message: Pick<TestMessage, 'to' | 'transcript'>): ByHand {
  const port = /:(\d{1,5})$/.exec(message.transcript.find((line) => line.from === 'note')?.line ?? '')?.[1] ?? '25';
  const hello = message.transcript.find(({ from: who, line }) => who === 'client' && /^(EHLO|HELO) /.test(line))?.line;
  const name = hello?.split(' ')[1] ?? '[192.0.2.1]';
  const tls = message.transcript.some(({ from: who, line }) => who === 'client' && line === 'STARTTLS');
  return {
    swaks: [
      'swaks',
      `--server ${quoted(host)}`,
      `--port ${port}`,
      ...(tls ? ['--tls'] : []),
      `--ehlo ${quoted(name)}`,
      `--from ${quoted(from)}`,
      `--to ${quoted(message.to)}`,
    ].join(' '),
    // Without -quiet openssl takes a line that begins with R or Q for an order to itself.
    openssl: `openssl s_client -quiet -crlf -starttls smtp -connect ${quoted(host)}:${port} -servername ${quoted(host)}`,
    typed: [`EHLO ${name}`, `MAIL FROM:<${from}>`, `RCPT TO:<${message.to}>`, 'QUIT'],
  };
}
