/** Somebody spoils the envelope, the message or the answer to it: refusals are told, the unknown stays unknown, nothing goes twice. */
import { describe, expect, it } from 'vitest';
import { cut, drip, dripBytes, flood, halfClosed, later, reset, silence, type Act } from './fault-server.ts';
import { grownMegabytes, holdFault, MOST_GROWTH_MEGABYTES, words, type Row } from './hold-faults.ts';

const STILL = 'stopped answering';
const CUT = 'connection was cut';
const NONE = 'no answer of a mail server';
const UNKNOWN = 'We do not know whether the message was taken';
const LOOK = 'Look into the recipient’s mailbox';

const ENVELOPE: readonly Row[] = [
  ['no answer to MAIL', { MAIL: silence }, 'not-sent', [STILL, 'sender was named']],
  ['cut after MAIL', { MAIL: cut }, 'not-sent', [CUT]],
  ['reset after MAIL', { MAIL: reset }, 'not-sent', [CUT]],
  ['half closed after MAIL', { MAIL: halfClosed }, 'not-sent', [CUT]],
  ['421 to MAIL', { MAIL: '421 4.3.2 Service not available' }, 'deferred', ['421', /later|minutes|again/]],
  ['452 to MAIL', { MAIL: '452 4.3.1 Insufficient system resources' }, 'deferred', ['452', /later|minutes|again/]],
  ['501 to MAIL', { MAIL: '501 5.1.7 Invalid address' }, 'refused', ['501', /address/]],
  [
    'a sender who may not send',
    { MAIL: '550 5.7.60 SMTP; Client does not have permissions to send as this sender' },
    'refused',
    ['5.7.60', /sender/],
  ],
  [
    'a tenant that may not send',
    { MAIL: '550 5.1.8 Access denied, bad outbound sender' },
    'refused',
    ['5.1.8', /block|restricted|Microsoft/i],
  ],
  ['a sender refused without more words', { MAIL: '550 5.7.1 Access denied' }, 'refused', ['5.7.1']],
  ['MAIL answered twice', { MAIL: '250 2.1.0 OK\r\n250 2.1.5 OK' }, 'not-sent', ['answered what nobody had asked']],
  ['a yes and a goodbye to MAIL', { MAIL: '250 2.1.0 OK\r\n421 4.3.2 closing' }, 'deferred', ['421']],
  ['354 to MAIL', { MAIL: '354 go on' }, 'not-sent', [NONE]],
  ['an unknown class to MAIL', { MAIL: '999 what' }, 'not-sent', [NONE]],
  ['no answer to RCPT', { RCPT: silence }, 'not-sent', [STILL, 'recipient was named']],
  ['dripping to RCPT', { RCPT: dripBytes }, 'not-sent', ['did not end it']],
  ['cut after RCPT', { RCPT: cut }, 'not-sent', [CUT]],
  [
    'relay refused',
    { RCPT: '550 5.7.64 TenantAttribution; Relay Access Denied [AM1PEPF0001.eop-EUR01.prod.protection.outlook.com]' },
    'refused',
    ['5.7.64', /connector/],
  ],
  ['a recipient who is not there', { RCPT: '550 5.1.1 User unknown' }, 'refused', ['5.1.1', /recipient|address/]],
  [
    'a recipient domain that is not Microsoft’s',
    { RCPT: '550 5.4.1 Recipient address rejected: Access denied' },
    'refused',
    ['5.4.1', /recipient|address/i],
  ],
  [
    'put off at the first try',
    { RCPT: '451 4.7.1 Greylisted, please try again in 60 seconds' },
    'deferred',
    ['451', /again/],
  ],
  ['put off by 450', { RCPT: '450 4.2.1 mailbox busy' }, 'deferred', ['450', /again/]],
  [
    'a throttled address',
    { RCPT: '451 4.7.500 Server busy. Please try again later from [203.0.113.7].' },
    'deferred',
    ['4.7.500', /again|later/],
  ],
  [
    'a banned address',
    { RCPT: '550 5.7.606 Access denied, banned sending IP [203.0.113.7]' },
    'refused',
    ['5.7.606', /delist|list/],
  ],
  ['421 to RCPT', { RCPT: '421 4.7.0 Try again later' }, 'deferred', ['421']],
  ['a size that is too small', { EHLO2: '250-AM1\r\n250 SIZE 10' }, 'not-sent', ['larger than the mail server takes']],
  ['552 to MAIL', { MAIL: '552 5.3.4 Message size exceeds fixed limit' }, 'refused', ['552', /large|size|big/i]],
];

const CONTENT: readonly Row[] = [
  ['no answer to DATA', { DATA: silence }, 'not-sent', [STILL, 'before the message was complete']],
  ['550 to DATA', { DATA: '550 5.7.1 not now, not ever' }, 'refused', ['550']],
  ['421 to DATA', { DATA: '421 4.3.2 closing' }, 'deferred', ['421']],
  ['250 to DATA', { DATA: '250 fine' }, 'not-sent', [NONE]],
  ['354 twice', { DATA: '354 go\r\n354 go' }, 'not-sent', ['answered what nobody had asked']],
  ['354 and 250 at once', { DATA: '354 go\r\n250 2.6.0 taken' }, 'not-sent', ['answered what nobody had asked']],
  ['354 and a refusal at once', { DATA: '354 go\r\n554 5.7.1 no' }, 'refused', ['554']],
  ['cut in the message', { body: cut }, 'not-sent', [CUT]],
  ['reset in the message', { body: reset }, 'not-sent', [CUT]],
  ['421 in the message', { body: '421 4.3.2 closing' }, 'deferred', ['421']],
  ['taken before it was sent', { body: '250 2.6.0 taken' }, 'not-sent', ['answered what nobody had asked']],
];

const ANSWER: readonly Row[] = [
  ['cut after the dot', { '.': cut }, 'unknown', [UNKNOWN, LOOK]],
  ['reset after the dot', { '.': reset }, 'unknown', [UNKNOWN, LOOK]],
  ['closed after the dot', { '.': (socket) => socket.end() }, 'unknown', [UNKNOWN, LOOK]],
  ['silence after the dot', { '.': silence }, 'unknown', [UNKNOWN, 'no answer came in time', LOOK]],
  ['dripping after the dot', { '.': drip() }, 'unknown', [UNKNOWN, 'did not end in time']],
  ['half an answer after the dot', { '.': (socket) => socket.end('250 2.6') }, 'unknown', [UNKNOWN]],
  ['a flood after the dot', { '.': flood('250-more\r\n') }, 'unknown', [UNKNOWN, 'too long to be an answer']],
  ['a flood of noise after the dot', { '.': flood('\u0000\u00fe') }, 'unknown', [UNKNOWN, NONE]],
  ['nonsense, then 250 after the dot', { '.': 'what?\r\n250 2.6.0 Queued' }, 'unknown', [UNKNOWN, NONE]],
  ['354 after the dot', { '.': '354 go on' }, 'unknown', [UNKNOWN]],
  ['a web page after the dot', { '.': 'HTTP/1.1 200 OK' }, 'unknown', [UNKNOWN]],
  ['mixed codes after the dot', { '.': '250-2.6.0 Queued\r\n550 5.7.1 no' }, 'unknown', [UNKNOWN]],
  ['4xx after the dot', { '.': '451 4.3.0 Try again' }, 'deferred', ['451', /again/]],
  ['421 after the dot', { '.': '421 4.3.2 closing' }, 'deferred', ['421']],
  [
    '550 after the dot',
    { '.': '550 5.7.509 Access denied, sending domain contoso.com does not pass DMARC verification' },
    'refused',
    ['5.7.509', 'DMARC'],
  ],
  [
    'a refusal in many lines of odd letters',
    { '.': Buffer.from('550-5.7.1 \u001b[2J\u00e9\u0085\r\n550 5.7.1 http://example.com/x\r\n', 'latin1') },
    'refused',
    ['5.7.1'],
  ],
  ['a refusal of 2000 letters', { '.': `550 5.7.1 ${'a'.repeat(2000)}` }, 'refused', ['5.7.1']],
];

const slow: Act = later(200, '', '250 2.6.0 Queued\r\n');
const TAKEN: readonly Row[] = [
  ['an answer that takes its time', { '.': slow }, 'accepted', []],
  ['an answer split in its line end', { '.': later(50, '250 2.6.0 Queued\r', '\n') }, 'accepted', []],
  ['an answer in two lines', { '.': '250-2.6.0 Queued\r\n250 2.6.0 for delivery' }, 'accepted', []],
  ['two answers to one message', { '.': '250 2.6.0 Queued\r\n250 2.6.0 Queued' }, 'accepted', []],
  ['421 right after the 250', { '.': '250 2.6.0 Queued\r\n421 4.3.2 closing' }, 'accepted', []],
  ['cut right after the 250', { '.': (socket) => socket.end('250 2.6.0 Queued\r\n') }, 'accepted', []],
  ['QUIT without an answer', { QUIT: silence }, 'accepted', []],
  ['QUIT answered by a reset', { QUIT: reset }, 'accepted', []],
  ['QUIT refused', { QUIT: '500 5.5.1 what' }, 'accepted', []],
  ['a recipient who moved', { RCPT: '251 2.1.5 will forward' }, 'accepted', []],
];

describe('the envelope', () => {
  it.for(ENVELOPE)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});
describe('the message', () => {
  it.for(CONTENT)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});
describe('the answer to the message', () => {
  it.for(ANSWER)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});
describe('taken all the same', () => {
  it.for(TAKEN)('%s', async (row) => expect((await holdFault(row)).ms).toBeGreaterThan(0));
});

it('a slow server is said to be slow, and waited for', async () => {
  const { told } = await holdFault(['', { '.': slow }, 'accepted', []]);
  expect(told.join('\n')).toContain('takes its time; still waiting');
});
it('a link in a refusal stays text', async () => {
  const sending = await holdFault(['', { '.': '550 5.7.1 see http://example.com/<b>x</b>' }, 'refused', []]);
  expect(sending.message.reply?.text).toBe('see http://example.com/<b>x</b>');
  expect(words(sending)).not.toContain('<a ');
});
it('accepted is not arrived, and says so', async () => {
  const { message } = await holdFault(['', {}, 'accepted', [/mailbox|arrived/]]);
  expect(message.outcome).toBe('accepted');
});
it('the memory of the process stays small through all of it', () => {
  expect(grownMegabytes()).toBeLessThan(MOST_GROWTH_MEGABYTES);
});
