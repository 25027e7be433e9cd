/** Reads the body of a web answer as it comes, and no further than it may: what is unpacked on the way may be a thousand times what was sent. */
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

/** @throws AppError `unexpected-answer` as soon as there is more; the rest is not fetched */
export async function boundedBody(response: Response, maxBytes: number, host: string): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > maxBytes) {
      // Whether the other side hears of it does not matter.
      void reader.cancel().catch(() => undefined);
      throw new AppError('unexpected-answer', say('{host} sent more than was asked for.', { host }));
    }
    chunks.push(value);
  }
}
