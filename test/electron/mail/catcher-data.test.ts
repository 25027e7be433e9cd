/** The catcher's reader of messages: however a message is cut into pieces, and whatever stands in it, it reads the same and keeps little. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDataReader, type Data } from '../../../electron/mail/catcher-data.ts';
import { call, caught } from './catching.ts';

function read(chunks: readonly Buffer[]): {
  readonly data: Omit<Data, 'head'>;
  readonly head: string;
  readonly rest: string;
} {
  const reader = createDataReader();
  for (const [index, chunk] of chunks.entries()) {
    const rest = reader.read(chunk);
    if (rest === null) continue;
    const { head, ...data } = reader.soFar();
    return {
      data,
      head: head.toString('latin1'),
      rest: Buffer.concat([rest, ...chunks.slice(index + 1)]).toString('latin1'),
    };
  }
  const { head, ...data } = reader.soFar();
  return { data, head: head.toString('latin1'), rest: '' };
}

const pieces = fc.array(fc.constantFrom('\r\n', '\n', '.', '..', 'x', '\r\n.', 'Subject: a', '\u00ff'), {
  maxLength: 30,
});

describe('the reader of a message', () => {
  it('reads the same however it is cut into pieces', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
        const whole = Buffer.from(parts.join(''), 'latin1');
        const at = [0, ...cuts.filter((cut) => cut < whole.length), whole.length].toSorted((a, b) => a - b);
        const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end));
        expect(read(chunks)).toEqual(read([whole]));
      }),
      { numRuns: 3000 },
    );
  });
  it.each([
    ['a\r\n.\r\n', true, false, false],
    ['.\r\n', true, false, false],
    ['a\n.\n', true, true, true],
    ['a\r\n.\n', true, true, true],
    ['a\n.\r\n', true, true, true],
    ['a\r.\r', true, true, false],
    ['a\r\n..\r\n', false, false, false],
    ['a.\r\n', false, false, false],
    ['a\r\n. \r\n', false, false, false],
  ])('%j: complete %s, odd end %s, bare line feeds %s', (text, complete, oddEnd, bareLineFeeds) => {
    expect(read([Buffer.from(text)]).data).toMatchObject({ complete, oddEnd, bareLineFeeds });
  });
  it('leaves what comes after the message to the next command', () => {
    expect(read([Buffer.from('a\r\n.\r\nQUIT\r\n')]).rest).toBe('QUIT\r\n');
  });
  it('keeps the head only', () => {
    const reader = createDataReader();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let count = 0; count < 8; count += 1) reader.read(chunk);
    expect(reader.soFar()).toMatchObject({ bytes: 8 * 1024 * 1024, longLines: true });
    expect(reader.soFar().head.length).toBe(256 * 1024);
  });
});

describe('the catcher among nonsense', () => {
  const words = fc.oneof(
    fc.constantFrom(
      'EHLO a\r\n',
      'HELO \r\n',
      'STARTTLS\r\n',
      'AUTH LOGIN\r\n',
      'AUTH\r\n',
      'MAIL FROM:<>\r\n',
      'MAIL\r\n',
      'RSET\r\n',
      'DATA\r\n',
      '\r\n',
      '\n',
      '.\r\n',
    ),
    fc.constantFrom(
      '\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000',
      '\u0015\u0003\u0001\u0000\u0002\u0002\u0030',
      '\u0080\u0009\u0001',
      'GET / HTTP/1.1\r\n\r\n',
    ),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  it('ends every call, and still hears its device', async () => {
    const scripts = fc.sample(fc.array(words, { minLength: 1, maxLength: 12 }), { numRuns: 240, seed: 6 });
    const before = process.memoryUsage().rss;
    const { messages } = await caught(
      async ({ port }) => {
        for (let at = 0; at < scripts.length; at += 3)
          await Promise.all(
            scripts.slice(at, at + 3).map(async (script) => {
              const device = call(port);
              for (const word of script) device.write(Buffer.from(word, 'latin1'));
              device.socket.end();
              await device.closed;
            }),
          );
        const device = call(port);
        device.write(
          'EHLO a\r\nMAIL FROM:<a@contoso.com>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\nSubject: Last\r\n\r\nx\r\n.\r\nQUIT\r\n',
        );
        await device.closed;
      },
      { limits: { idleMs: 500, callMs: 2000 } },
    );
    expect(messages.length).toBeLessThanOrEqual(20);
    expect(messages.at(-1)).toMatchObject({ complete: true, subject: 'Last', mailFrom: 'a@contoso.com' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});
