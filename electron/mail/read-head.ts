/** Reads what a caught message says of itself in its head; the rest of it is dropped. */
import type { Caught } from '../../core/mail/judge-caught.ts';
import { cleanText } from '../net/clean-text.ts';

export type Head = Pick<Caught, 'headerFrom' | 'subject' | 'date' | 'messageId' | 'bareLineFeeds' | 'undeclared8Bit'>;

const MAX_HEADERS_BYTES = 64 * 1024;
const MAX_NESTING = 10;

/** @param declared8Bit BODY=8BITMIME stood in the envelope (RFC 6152) */
export async function readHead(head: Buffer, declared8Bit: boolean): Promise<Head> {
  const { default: PostalMime } = await import('postal-mime');
  const limits = { maxHeadersSize: MAX_HEADERS_BYTES, maxNestingDepth: MAX_NESTING };
  const mail = await PostalMime.parse(head, limits).catch(() => null);
  const clean = (value: string | undefined): string | null =>
    value === undefined || value.trim() === '' ? null : cleanText(value.trim(), 500);
  const text = head.toString('latin1');
  const declared = declared8Bit || /^content-transfer-encoding:\s*(8bit|binary)/im.test(text);
  return {
    headerFrom: clean(mail?.from?.address) ?? clean(mail?.from?.name),
    subject: clean(mail?.subject),
    date: clean(mail?.headers.find(({ key }) => key === 'date')?.value),
    messageId: clean(mail?.messageId),
    bareLineFeeds: /(^|[^\r])\n/.test(text),
    undeclared8Bit: !declared && head.some((byte) => byte > 127),
  };
}
