/** The conversation as a person reads it, tries it by hand, and hands it on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../../core/mail/by-hand.ts';
import { lineMeanings } from '../../../core/mail/line-meaning.ts';
import { maskTest, maskText } from '../../../core/mail/mask-test.ts';
import type { TestDocument, TranscriptLine } from '../../../core/mail/test-document.ts';
import { testPage } from '../../../core/mail/test-page.ts';
import { english } from '../../../core/text.ts';

const CONVERSATION = `note 203.0.113.25:25
server 220 AM1PEPF0001.mail.protection.outlook.com ready
client EHLO office.contoso.com
server 250-AM1PEPF0001 Hello [198.51.100.7]
server 250 STARTTLS
client STARTTLS
server 220 2.0.0 ready
note TLSv1.3 TLS_AES_256_GCM_SHA384
client EHLO office.contoso.com
server 250 AM1PEPF0001 Hello [198.51.100.7]
client MAIL FROM:<scanner@contoso.com>
server 250 2.1.0 Sender OK
client RCPT TO:<mailbox@example.net>
server 250 2.1.5 Recipient OK
client DATA
server 354 Start mail input
note the message, 900 bytes, and the final dot
server 250 2.6.0 <1@contoso.com> Queued mail for delivery
client QUIT
server 221 2.0.0 Bye`;
const lines = (text: string): TranscriptLine[] =>
  text.split('\n').map((line, index) => ({
    atMs: index,
    from: line.split(' ')[0] as TranscriptLine['from'],
    line: line.slice(line.indexOf(' ') + 1),
  }));
const meanings = (text: string): string[] =>
  lineMeanings(lines(text)).map((meaning) => (meaning ? english(meaning) : ''));

describe('what each line means', () => {
  it('from hello to goodbye', () => {
    const told = meanings(CONVERSATION);
    expect(told).toHaveLength(20);
    expect(told.filter((text) => text === '')).toHaveLength(3);
    expect(told[1]).toBe('The server picks up and says who it is.');
    expect(told[6]).toBe('Yes: from here on everything is encrypted.');
    expect(told[15]).toBe('Go ahead with the message.');
    expect(told[16]).toBe('The whole message was handed over.');
    expect(told[17]).toContain('accepted');
    expect(told[19]).toContain('goodbye');
  });
  it('a refusal is one wherever it comes', () => {
    expect(meanings('server 554 5.7.1 no')[0]).toContain('does not help');
    expect(meanings('client RCPT TO:<a@example.net>\nserver 451 4.7.1 later')[1]).toContain('try again later');
    expect(meanings('client DATA\nserver 354 go\nnote it left\nserver 550 5.7.509 no').at(-1)).toContain('No.');
  });
});

describe('by hand', () => {
  it('names host, port, encryption, sender and recipient', () => {
    const host = 'contoso-com.mail.protection.outlook.com';
    const message = { to: "o'neil@example.net", transcript: lines(CONVERSATION) };
    const { swaks, openssl, typed } = byHand(host, 'scanner@contoso.com', message);
    expect(swaks).toBe(
      `swaks --server ${host} --port 25 --tls --ehlo office.contoso.com --from scanner@contoso.com --to 'o'\\''neil@example.net'`,
    );
    expect(openssl).toContain(`-starttls smtp -connect ${host}:25`);
    expect(typed).toContain('MAIL FROM:<scanner@contoso.com>');
    expect(typed).not.toContain('DATA');
  });
  it('without encryption where none was asked for', () => {
    const plain = lines('note 203.0.113.25:2525\nserver 220 x\nclient EHLO [192.0.2.7]');
    expect(byHand('h', 'a@example.com', { to: 'b@example.com', transcript: plain }).swaks).toBe(
      "swaks --server h --port 2525 --ehlo '[192.0.2.7]' --from a@example.com --to b@example.com",
    );
  });
});

describe('handed on', () => {
  it('holds no address and no name of the office', () => {
    const document = {
      messages: [
        {
          to: 'mailbox@example.net',
          messageId: '<1@contoso.com>',
          reply: { code: 550, enhanced: null, text: 'banned [198.51.100.7], see 2001:db8::7 at 10:22:31' },
          transcript: lines(CONVERSATION),
        },
      ],
    } as unknown as TestDocument;
    const masked = JSON.stringify(maskTest(document));
    expect(masked).not.toMatch(/scanner|mailbox|office\.contoso|113\.25|100\.7|2001:db8/);
    expect(masked).toContain('…@example.net');
    expect(masked).toContain('AM1PEPF0001.mail.protection.outlook.com');
    expect(masked).toContain('198.51.x.x');
    expect(masked).toContain('10:22:31');
  });
  it('leaves no IPv4, IPv6 or mail address in any text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.emailAddress(), fc.string())), (parts) => {
        const masked = maskText(parts.join(' '));
        for (const part of parts.filter((one) => /^\d+\.\d+\.\d+\.\d+$/.test(one)))
          expect(masked.split(' ')).not.toContain(part);
      }),
    );
    for (const address of ['::1', '2001:db8:0:1:2:3:4:5', 'fe80::1:2', '2001:DB8::'])
      expect(maskText(`at ${address} now`)).toBe('at x:x now');
  });
});

describe('the page like a scan', () => {
  it('is a PDF whose table of contents points where its parts begin', () => {
    const file = testPage(['Title (1)', 'Grüße aus dem Büro\\', `${'word '.repeat(60)}end`]);
    expect(file).toMatch(/^%PDF-1\.4\n/);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
    const table = file.slice(start).split('\n');
    expect(table[0]).toBe('xref');
    table.slice(3, 9).forEach((row, index) => {
      expect(file.slice(Number(row.slice(0, 10))).startsWith(`${index + 1} 0 obj\n`)).toBe(true);
    });
    for (const [, length, stream] of file.matchAll(/\/Length (\d+) >>\nstream\n([^]*?)\nendstream/g))
      expect(stream?.length).toBe(Number(length));
    expect(file).toContain('(Title \\(1\\))');
    expect(file).toContain('(Grüße aus dem Büro\\\\)');
    // Every character is one byte of the file.
    expect(Buffer.from(file, 'latin1').toString('latin1')).toBe(file);
  });
});
