/** The envelope takes one plain address and says what is wrong with everything else. */
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../core/mail/envelope.ts';

describe('taken', () => {
  it.each([
    ['scanner@contoso.com', 'scanner@contoso.com'],
    ['  scanner@contoso.com ', 'scanner@contoso.com'],
    ['Scanner+2@CONTOSO.com', 'Scanner+2@contoso.com'],
    ["o'neil@contoso.com", "o'neil@contoso.com"],
    // A domain may end with its dot; it goes out without.
    ['a@contoso.com.', 'a@contoso.com'],
  ])('%j', (text, address) => expect(readEnvelope(text)).toEqual({ address }));
});

const CONTROLS = [
  '\r',
  '\n',
  '\0',
  '\t',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
  '\u200b',
  '\ufeff',
];

describe('a control character', () => {
  it.each(CONTROLS)('%j in the name, in the domain, before and after', (control) => {
    for (const text of [
      `a${control}b@x.example`,
      `a@x${control}.example`,
      `${control}a@x.example`,
      `a@x.example${control}`,
    ])
      expect(readEnvelope(text)).toMatchObject({ flaw: { message: expect.stringContaining('control') as string } });
  });
});

describe('refused by name', () => {
  it.each([
    ['a@x.example\r\nRCPT TO:<b@x.example>', 'control'],
    ['a@x.example,b@x.example', 'more than one'],
    ['a@x.example;b@x.example', 'more than one'],
    ['a@b@x.example', 'more than one'],
    ['"a"@x.example', 'quotation'],
    ['"a@y.example"@x.example', 'quotation'],
    ['a\\@x.example', 'quotation'],
    ['<a@x.example>', 'brackets'],
    ['a(comment)@x.example', 'brackets'],
    ['a@[192.0.2.1]', 'brackets'],
    ['@x.example:a@y.example', 'more than one'],
    ['a b@x.example', 'space'],
    ['a@\u212Aontoso.com', 'differently'],
    ['jörg@x.example', 'differently'],
    ['a@x', 'not of the form'],
    ['a..b@x.example', 'not of the form'],
    ['.a@x.example', 'not of the form'],
    ['@x.example', 'not of the form'],
    ['a@', 'not of the form'],
    [`${'a'.repeat(65)}@x.example`, 'not of the form'],
    ['', 'empty'],
    ['   ', 'empty'],
  ])('%j: %s', (text, word) => {
    const read = readEnvelope(text);
    expect(read).toMatchObject({ flaw: { message: expect.stringContaining(word) as string } });
  });
});
