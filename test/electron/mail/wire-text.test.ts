/** What goes over the wire ends where it should, whatever the message holds (RFC 5321 §4.5.2). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotStuffed } from '../../../electron/mail/wire-text.ts';

const wire = (text: string): string => dotStuffed(Buffer.from(text, 'latin1')).toString('latin1');

describe('the message on the wire', () => {
  it.each([
    ['a bare line feed before a dot', 'a\n.\nb', 'a\r\n..\r\nb\r\n'],
    ['a bare return before a dot', 'a\r.\rb', 'a\r\n..\r\nb\r\n'],
    ['the end of mail inside', 'a\r\n.\r\nMAIL FROM:<x@example.com>', 'a\r\n..\r\nMAIL FROM:<x@example.com>\r\n'],
    ['a dot at the beginning', '.a', '..a\r\n'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => expect(wire(text)).toBe(expected));
  it('never holds the end of a message, nor a bare line end', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('.', '\r', '\n', 'a', '\r\n', '\r\n.\r\n', '\n.\n')), (parts) => {
        const sent = wire(parts.join(''));
        expect(`\r\n${sent}`).not.toContain('\r\n.\r\n');
        expect(sent).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
      }),
    );
  });
});
