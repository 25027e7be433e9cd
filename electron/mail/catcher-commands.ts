/** The catcher's side of the mail language: forgives what devices get wrong, and remembers it. Answers nothing, does nothing else. */
import type { Speech } from '../../core/mail/caught.ts';
import { cleanText } from '../net/clean-text.ts';
import { MOST_BYTES } from './catcher-data.ts';
import { addRecipient, type DeviceCall } from './device-call.ts';

/** What the caller does besides sending `reply`. */
export type Next = 'go-on' | 'tls' | 'data' | 'hang-up' | { readonly swallow: number };
export type Answer = { readonly reply: string; readonly next: Next; readonly declared8Bit?: boolean };

/** Longer commands are cut off; RFC 5321 §4.5.3.1.4 asks for 512, sign-ins and long addresses need more. */
export const LONGEST_COMMAND = 8192;

const go = (reply: string): Answer => ({ reply, next: 'go-on' });
/** Any does: nobody looks at what comes back (RFC 2195). */
const CHALLENGE = Buffer.from('<1.1@catcher>').toString('base64');

/** What talks here when it is not mail. Commands that carry a password are recognised by their first word only. */
export function speechOf(line: string): Speech {
  if (/^(GET|HEAD|POST|PUT|OPTIONS|CONNECT|PROPFIND|PRI) \S+( HTTP\/|$)/i.test(line)) return 'http';
  if (/^(USER|PASS|CAPA|APOP|STAT)\b/i.test(line) || /^[a-z\d.]{1,8} (CAPABILITY|LOGIN|NOOP|ID)\b/i.test(line))
    return 'fetch';
  if (/%-12345X|^@PJL|^%!PS|^\u001b/i.test(line)) return 'printing';
  // eslint-disable-next-line no-control-regex
  if (/^[^\u0020-\u007e]/.test(line)) return 'other';
  return 'mail';
}

export function answer(line: string, call: DeviceCall, secured: boolean): Answer {
  const [word = '', rest = ''] = split(line);
  const command = word.toUpperCase();
  switch (command) {
    case 'EHLO':
    case 'HELO':
      return greet(command, rest, call, secured);
    case 'STARTTLS':
      return secured ? go('503 Encrypted already') : { reply: '220 Go ahead', next: 'tls' };
    case 'AUTH':
      return signIn(rest, call);
    case 'MAIL':
      return from(rest, call);
    case 'RCPT':
      return to(rest, call);
    case 'DATA':
      return call.mailFrom === null || call.recipients.length === 0
        ? go('503 Say MAIL FROM and RCPT TO first')
        : { reply: '354 End with a dot on a line of its own', next: 'data' };
    case 'RSET':
      call.mailFrom = null;
      call.recipients = [];
      return go('250 Forgotten');
    case 'NOOP':
    case 'HELP':
      return go('250 RelayReady catcher; nothing is passed on');
    case 'VRFY':
    case 'EXPN':
      return go('252 Cannot say');
    case 'QUIT':
      return { reply: '221 Bye', next: 'hang-up' };
    default:
      return go('500 Not known here');
  }
}

/** `MAIL FROM:<a@b>`, `MAIL FROM: a@b` and `MAIL FROM:a@b` alike. */
const split = (line: string): readonly string[] => {
  const found = /^\s*(\w+)\s*(.*)$/s.exec(line);
  return found ? [found[1] ?? '', (found[2] ?? '').trim()] : [];
};

function greet(command: string, name: string, call: DeviceCall, secured: boolean): Answer {
  call.esmtp = command === 'EHLO';
  call.helo = name === '' ? null : cleanText(name, 200);
  if (name === '') call.oddities.add('empty-greeting');
  if (!call.esmtp) return go('250 RelayReady catcher');
  const offers = [
    'RelayReady catcher',
    `SIZE ${MOST_BYTES}`,
    '8BITMIME',
    'DSN',
    ...(secured ? [] : ['STARTTLS']),
    // Offered only to see who would sign in; some look for the second spelling.
    'AUTH PLAIN LOGIN CRAM-MD5',
    'AUTH=PLAIN LOGIN CRAM-MD5',
  ];
  return go(offers.map((offer, index) => `250${index === offers.length - 1 ? ' ' : '-'}${offer}`).join('\r\n'));
}

/** Accepted without a look; the lines that carry the secret are thrown away unread. */
function signIn(rest: string, call: DeviceCall): Answer {
  call.authTried = true;
  const [method = '', initial] = rest.split(/\s+/);
  switch (method.toUpperCase()) {
    case 'PLAIN':
    case 'XOAUTH2':
      return initial === undefined ? { reply: '334 ', next: { swallow: 1 } } : go('235 Accepted and forgotten');
    case 'LOGIN':
      return initial === undefined
        ? { reply: '334 VXNlcm5hbWU6', next: { swallow: 2 } }
        : { reply: '334 UGFzc3dvcmQ6', next: { swallow: 1 } };
    case 'CRAM-MD5':
      return { reply: `334 ${CHALLENGE}`, next: { swallow: 1 } };
    default:
      return go('504 Another way, please');
  }
}

/** Also where brackets are missing; null without anything that could be one. */
function addressIn(
  text: string,
  word: string,
  call: DeviceCall,
): { readonly address: string; readonly rest: string } | null {
  const value = new RegExp(`^${word}\\s*(:)?`, 'i').exec(text);
  if (!value) return null;
  const given = text.slice(value[0].length);
  const proper = /^<([^>]*)>(.*)$/s.exec(given);
  if (proper && value[1] !== undefined) return { address: (proper[1] ?? '').trim(), rest: proper[2] ?? '' };
  call.oddities.add('no-brackets');
  const loose = /^\s*<?([^<>\s]*)>?(.*)$/s.exec(given);
  return { address: loose?.[1] ?? '', rest: loose?.[2] ?? '' };
}

function from(text: string, call: DeviceCall): Answer {
  const found = addressIn(text, 'FROM', call);
  if (!found) return go('501 MAIL FROM:<address>');
  if (call.helo === null && !call.oddities.has('empty-greeting')) call.oddities.add('no-greeting');
  call.mailFrom = cleanText(found.address, 320);
  call.recipients = [];
  return { ...go('250 Sender noted'), declared8Bit: /\bBODY=8BITMIME\b/i.test(found.rest) };
}

function to(text: string, call: DeviceCall): Answer {
  const found = addressIn(text, 'TO', call);
  if (!found) return go('501 RCPT TO:<address>');
  addRecipient(call, found.address);
  return go('250 Recipient noted; nothing is passed on');
}
