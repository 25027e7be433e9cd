/** Reads what a caught message says of itself in its head; the rest of it is dropped. */
import type { Caught } from '../../core/mail/caught.ts';
import { cleanText } from '../net/clean-text.ts';

export type Head = Pick<Caught, 'headerFrom' | 'subject' | 'headers' | 'date' | 'messageId' | 'undeclared8Bit'>;

const MAX_HEADERS_BYTES = 64 * 1024;
const MOST_LINES = 60;
const LONGEST_LINE = 300;

/** @param declared8Bit BODY=8BITMIME stood in the envelope (RFC 6152) */
export async function readHead(head: Buffer, declared8Bit: boolean): Promise<Head> {
  const { default: PostalMime } = await import('postal-mime');
  const text = head.toString('latin1');
  const end = /\r\n\r\n|\n\n|\r\r/.exec(text)?.index ?? text.length;
  // Without its body the message costs no more than its header; devices end its lines in any way.
  const lines = head
    .subarray(0, Math.min(end, MAX_HEADERS_BYTES))
    .toString('utf8')
    .split(/\r\n|\n|\r/);
  const mail = await PostalMime.parse(`${lines.join('\r\n')}\r\n\r\n`, { maxHeadersSize: 2 * MAX_HEADERS_BYTES }).catch(
    () => null,
  );
  const clean = (value: string | undefined): string | null =>
    value === undefined || value.trim() === '' ? null : cleanText(value.trim(), 500);
  const declared = declared8Bit || /^content-transfer-encoding:\s*(8bit|binary)/im.test(text);
  return {
    headerFrom: clean(mail?.from?.address) ?? clean(mail?.from?.name),
    subject: clean(mail?.subject),
    headers: lines
      .filter((line) => line !== '')
      .slice(0, MOST_LINES)
      .map((line) => cleanText(line, LONGEST_LINE)),
    date: clean(mail?.headers.find(({ key }) => key === 'date')?.value),
    messageId: clean(mail?.messageId),
    undeclared8Bit: !declared && head.some((byte) => byte > 127),
  };
}
