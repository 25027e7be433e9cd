/** Somebody spoils the way before the envelope: greeting, introduction, encryption, certificate. Nothing ever leaves. */
import { describe, expect, it } from 'vitest';
import { createTestCa } from '../../helpers/tls-certificates.ts';
import { cut, drip, dripBytes, flood, halfClosed, later, reset, silence } from './fault-server.ts';
import { ca, grownMegabytes, holdFault, HOST, MOST_GROWTH_MEGABYTES, words, type Row } from './hold-faults.ts';

const DAY_MS = 86_400_000;
const expired = await ca.issue({ names: [HOST], validTo: new Date(Date.now() - 3_600_000) });
const future = await ca.issue({ names: [HOST], validFrom: new Date(Date.now() + DAY_MS) });
const ownSigned = await ca.issue({ names: [HOST], selfSigned: true });
const otherName = await ca.issue({ names: ['firewall.contoso.com'] });
const stranger = await (await createTestCa('Contoso Firewall Authority')).issue({ names: [HOST] });
const alert = (description: number) => Buffer.from([0x15, 3, 3, 0, 2, 2, description]);
const plainHello = '250-AM1PEPF0001.mail.protection.outlook.com Hello\r\n250 SIZE 1000000';
const STILL = 'stopped answering';
const SLOW = 'did not end it';
const CUT = 'connection was cut';
const NONE = 'no answer of a mail server';
const BETWEEN = 'Something between this office and Microsoft meddles';

const GREETING: readonly Row[] = [
  ['no greeting at all', { greeting: silence }, 'not-sent', [STILL, 'greeting was complete']],
  ['a greeting without end', { greeting: drip('220') }, 'not-sent', [SLOW, 'greeting was complete']],
  ['a greeting byte by byte', { greeting: dripBytes }, 'not-sent', [SLOW]],
  ['a greeting cut off', { greeting: cut }, 'not-sent', [CUT]],
  ['a greeting cut off in the middle', { greeting: (s) => s.end('220 AM1') }, 'not-sent', [CUT]],
  ['a greeting reset', { greeting: reset }, 'not-sent', [CUT]],
  ['a greeting that is a flood in one line', { greeting: flood('220-x') }, 'not-sent', ['far more than an answer']],
  ['a greeting that is a flood of lines', { greeting: flood('220-x\r\n') }, 'not-sent', ['far more than an answer']],
  ['a greeting that is a flood of noise', { greeting: flood('\u0000\u00ff') }, 'not-sent', [NONE]],
  [
    'a web page in place of a greeting',
    { greeting: 'HTTP/1.1 400 Bad Request\r\n' },
    'not-sent',
    ['web server answers'],
  ],
  ['a TLS record in place of a greeting', { greeting: alert(40) }, 'not-sent', ['begins with encryption at once']],
  ['another service greets', { greeting: 'SSH-2.0-OpenSSH_9.2p1' }, 'not-sent', [NONE]],
  ['a mailbox service greets', { greeting: '* OK IMAP4 ready for requests' }, 'not-sent', [NONE]],
  ['a greeting with a code of no class', { greeting: '199 hello' }, 'not-sent', [NONE]],
  ['a greeting with another good code', { greeting: '250 hello' }, 'not-sent', [NONE]],
  ['a greeting with mixed codes', { greeting: '220-one\r\n554 two' }, 'not-sent', [NONE]],
  ['two greetings at once', { greeting: '220 one\r\n220 two' }, 'not-sent', ['answered what nobody had asked']],
  ['a greeting that refuses', { greeting: '554 5.7.1 Your address is listed' }, 'refused', ['554', 'refused']],
  ['421 in the greeting', { greeting: '421 4.3.2 Service not available' }, 'deferred', ['421', /later|again/]],
];

const HELLO: readonly Row[] = [
  ['no answer to EHLO', { EHLO: silence }, 'not-sent', [STILL, 'introduced itself']],
  ['an answer to EHLO without end', { EHLO: drip() }, 'not-sent', [SLOW, 'introduced itself']],
  ['an answer to EHLO of megabytes', { EHLO: flood('250-X-AGAIN\r\n') }, 'not-sent', ['far more than an answer']],
  ['cut after EHLO', { EHLO: cut }, 'not-sent', [CUT]],
  ['reset after EHLO', { EHLO: reset }, 'not-sent', [CUT]],
  ['half closed after EHLO', { EHLO: halfClosed }, 'not-sent', [CUT]],
  ['421 to EHLO', { EHLO: '421 4.3.2 closing' }, 'deferred', ['421']],
  ['EHLO refused for good', { EHLO: '550 5.7.1 go away' }, 'refused', ['550']],
  ['EHLO answered twice', { EHLO: '250 STARTTLS\r\n250 STARTTLS' }, 'not-sent', ['answered what nobody had asked']],
  [
    'EHLO not known, HELO without encryption',
    { EHLO: '500 5.3.3 Unrecognized command' },
    'not-sent',
    ['Encryption is not offered', 'virus scanner'],
  ],
  ['encryption taken out', { EHLO: plainHello }, 'not-sent', ['Encryption is not offered', 'nothing was sent']],
  [
    'encryption masked by a firewall',
    { EHLO: '250-AM1PEPF0001.mail.protection.outlook.com\r\n250 XXXXXXXA' },
    'not-sent',
    ['Encryption is not offered'],
  ],
  [
    'a stranger greets and offers no encryption, which the plan would allow',
    { greeting: '220 mailproxy.example.net ready', EHLO: plainHello },
    'not-sent',
    ['Something else answers in Microsoft’s place'],
    { requireTls: false },
  ],
];

const ENCRYPTION: readonly Row[] = [
  ['no answer to STARTTLS', { STARTTLS: silence }, 'not-sent', [STILL, 'while encryption began']],
  ['dripping to STARTTLS', { STARTTLS: drip('220') }, 'not-sent', [SLOW]],
  ['cut after STARTTLS', { STARTTLS: cut }, 'not-sent', [CUT]],
  ['454 to STARTTLS', { STARTTLS: '454 4.7.0 TLS not available' }, 'not-sent', ['offered encryption and then refused']],
  ['421 to STARTTLS', { STARTTLS: '421 4.3.2 closing' }, 'not-sent', ['offered encryption and then refused']],
  ['500 to STARTTLS', { STARTTLS: '500 what?' }, 'not-sent', ['offered encryption and then refused']],
  ['250 to STARTTLS', { STARTTLS: '250 fine' }, 'not-sent', ['offered encryption and then refused']],
  [
    '454 to STARTTLS where the plan does not ask for encryption',
    { STARTTLS: '454 4.7.0 TLS not available' },
    'not-sent',
    ['nothing was sent'],
    { requireTls: false },
  ],
  ['text slipped in behind the 220', { STARTTLS: '220 go\r\n250 injected' }, 'not-sent', [BETWEEN]],
  ['half a line slipped in behind the 220', { STARTTLS: '220 go\r\n25' }, 'not-sent', [BETWEEN]],
  ['text in clear in place of the handshake', { TLS: '250 in clear' }, 'not-sent', [BETWEEN]],
  ['220, then silence', { TLS: silence }, 'not-sent', [STILL, 'while encryption began']],
  ['220, then cut', { TLS: cut }, 'not-sent', ['could not be agreed on']],
  ['220, then reset', { TLS: reset }, 'not-sent', ['could not be agreed on']],
  ['220, then noise', { TLS: Buffer.alloc(64, 0xff) }, 'not-sent', [/could not be agreed on|meddles/]],
  ['220, then a flood', { TLS: flood('\u0016\u0003\u0001') }, 'not-sent', [/could not be agreed on|meddles/]],
  ['no cipher in common', { TLS: alert(40) }, 'not-sent', ['Only outdated encryption']],
  ['outdated encryption only', { TLS: alert(70) }, 'not-sent', ['Only outdated encryption']],
  [
    'TLS 1.1 only',
    { tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } },
    'not-sent',
    ['Only outdated encryption', 'TLS 1.2'],
  ],
  ['an expired certificate', { tls: expired }, 'not-sent', ['not valid today', 'date and time of this computer']],
  ['a certificate of the future', { tls: future }, 'not-sent', ['not valid today', 'date and time']],
  ['a certificate signed by itself', { tls: ownSigned }, 'not-sent', ['nobody this computer trusts']],
  ['a certificate of a stranger', { tls: stranger }, 'not-sent', ['nobody this computer trusts', 'firewall']],
  ['a certificate of another name', { tls: otherName }, 'not-sent', ['belongs to somebody else']],
  ['no answer to the second EHLO', { EHLO2: silence }, 'not-sent', [STILL]],
  ['cut after the second EHLO', { EHLO2: cut }, 'not-sent', [CUT]],
  ['421 to the second EHLO', { EHLO2: '421 4.3.2 closing' }, 'deferred', ['421']],
  ['the second EHLO refused', { EHLO2: '554 5.7.1 not you' }, 'refused', ['554']],
  ['a reply under encryption before EHLO', { EHLO2: '250 one\r\n250 two' }, 'not-sent', ['nobody had asked']],
];

describe('the greeting', () => {
  it.for(GREETING)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});
describe('the introduction', () => {
  it.for(HELLO)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});
describe('the encryption', () => {
  it.for(ENCRYPTION)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});

describe('what passes', () => {
  it('a greeting with escape sequences and letters that are no UTF-8 is kept harmless', async () => {
    const greeting = Buffer.from('220 AM1 \u001b[31mred\u001b[0m gr\u00fc\u00df dich\r\n', 'latin1');
    const { message } = await holdFault(['', { greeting }, 'accepted', []]);
    expect(message.transcript.map(({ line }) => line).join('\n')).toMatch(/red.* grüß dich/);
  });
  it.for<Row>([
    ['an answer in two pieces', { EHLO: later(50, '250-AM1\r\n250 START', 'TLS\r\n') }, 'accepted', []],
    ['an answer split in its line end', { EHLO: later(50, '250-AM1\r\n250 STARTTLS\r', '\n') }, 'accepted', []],
    ['replies whose lines end with a bare LF', { EHLO: Buffer.from('250-AM1\n250 STARTTLS\n') }, 'accepted', []],
    [
      'capabilities in small letters, twice, and odd ones',
      { EHLO: '250-AM1\r\n250-starttls\r\n250-StartTls\r\n250 X-\u00e4 =,' },
      'accepted',
      [],
    ],
  ])('%s', async (row) => expect((await holdFault(row)).server.count.messages).toBe(1));
  it('after encryption only the second EHLO counts', async () => {
    const small = '250-AM1\r\n250-SIZE 10\r\n250 STARTTLS';
    const without = await holdFault(['', { EHLO: small, EHLO2: '250 AM1' }, 'accepted', []]);
    expect(without.server.log.find((line) => line.startsWith('MAIL'))).toBe('MAIL FROM:<scanner@contoso.com>');
    const again = await holdFault(['', { EHLO2: '250-AM1\r\n250-STARTTLS\r\n250 SIZE 99999' }, 'accepted', []]);
    expect(again.server.log.filter((line) => line === 'STARTTLS')).toHaveLength(1);
    expect(again.server.log.find((line) => line.startsWith('MAIL'))).toMatch(/ SIZE=\d+$/);
  });
  it('where the plan allows clear text and Microsoft greets: sent, and said', async () => {
    const sending = await holdFault(['', { EHLO: plainHello }, 'accepted', [], { requireTls: false }]);
    expect(words(sending)).toContain('went without encryption');
  });
});

it('the memory of the process stays small through all of it', () => {
  expect(grownMegabytes()).toBeLessThan(MOST_GROWTH_MEGABYTES);
});
