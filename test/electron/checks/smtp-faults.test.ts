/** What a person reads when somebody spoils the way to Microsoft's port 25: a firewall, a proxy, a broken handshake. */
import type net from 'node:net';
import { describe } from 'vitest';
import { HOST, ZONE, type WorldOptions } from './bench.ts';
import { hold, type Row } from './fault-rows.ts';
import { BANNER } from './smtp-host.ts';

const speaks = (script: (socket: net.Socket) => void): WorldOptions => ({ smtp: { script } });
const greets = (greeting: string | Uint8Array): WorldOptions => speaks((socket) => void socket.write(greeting));
/** Answers one command after the other. */
const replies = (...lines: readonly string[]): WorldOptions =>
  speaks((socket) => {
    let at = 0;
    socket.write(`${BANNER}\r\n`);
    socket.on('data', () => {
      const line = lines[at++];
      if (line !== undefined) socket.write(line);
    });
  });
const HELLO = `250-AM1PEPF0001 Hello [203.0.113.7]\r\n250 STARTTLS\r\n`;
/** STARTTLS is agreed on; then `script` has the first bytes of the handshake. */
const handshake = (script: (socket: net.Socket) => void): WorldOptions =>
  speaks((socket) => {
    socket.write(`${BANNER}\r\n`);
    socket.once('data', () => {
      socket.write(HELLO);
      socket.once('data', () => {
        socket.write('220 2.0.0 SMTP server ready\r\n');
        socket.once('data', () => script(socket));
      });
    });
  });
const alert = (description: number) => Buffer.from([0x15, 3, 3, 0, 2, 2, description]);
const ROWS: readonly Row[] = [
  // Certificates and handshakes.
  [
    'outdated encryption only',
    'starttls',
    handshake((socket) => socket.end(alert(70))),
    'fail',
    ['could not be agreed on', 'only outdated encryption'],
  ],
  [
    'no cipher in common',
    'starttls',
    handshake((socket) => socket.end(alert(40))),
    'fail',
    ['No common way of encryption'],
  ],
  [
    'an expired certificate',
    'starttls',
    { certificateValidTo: new Date(Date.now() - 3_600_000) },
    'fail',
    [/has expired on \d{4}-\d\d-\d\d/, 'date and time of this computer'],
  ],
  [
    'a certificate of the future',
    'starttls',
    { certificateValidFrom: new Date(Date.now() + 86_400_000) },
    'fail',
    [/is not valid before \d{4}-\d\d-\d\d/, 'date and time of this computer'],
  ],
  ['a certificate signed by itself', 'starttls', { selfSigned: true }, 'fail', ['signed by nobody but itself', HOST]],
  [
    'a certificate of an unknown authority',
    'starttls',
    { untrusted: true },
    'fail',
    ['Contoso Test Authority', 'does not trust'],
  ],
  [
    'a certificate of another name',
    'starttls',
    { certificateNames: ['firewall.contoso.com'] },
    'fail',
    ['made out to firewall.contoso.com'],
  ],
  [
    'a security product’s certificate',
    'starttls',
    { authorityName: 'Fortinet CA' },
    'warn',
    ['Fortinet looks into the encrypted connection'],
  ],
  [
    'a cut before the server’s hello',
    'starttls',
    handshake((socket) => socket.resetAndDestroy()),
    'fail',
    ['cut while encryption was being set up', 'firewall'],
  ],
  [
    'a cut after the server’s hello',
    'starttls',
    handshake((socket) => {
      socket.write(Buffer.from('160303004a', 'hex'));
      setImmediate(() => socket.resetAndDestroy());
    }),
    'fail',
    ['cut while encryption was being set up'],
  ],
  [
    'an end inside a record',
    'starttls',
    handshake((socket) => socket.end(Buffer.from('16030300ff0200', 'hex'))),
    'fail',
    ['cut while encryption was being set up'],
  ],
  [
    'an end of no bytes',
    'starttls',
    handshake((socket) => socket.end()),
    'fail',
    ['cut while encryption was being set up'],
  ],
  [
    'plain text instead of encryption',
    'starttls',
    handshake((socket) => socket.end('500 what?\r\n')),
    'fail',
    ['no encryption at all'],
  ],
  [
    'a handshake that stalls',
    'starttls',
    handshake(() => undefined),
    'fail',
    ['fell silent while encryption was being set up'],
  ],
  // Port 25 and who answers there.
  ['port 25 turned away', 'port-25', { smtp: 'nothing-listens' }, 'fail', ['turned away', 'internet provider']],
  ['port 25 cut after it was opened', 'port-25', { smtp: { hangUp: true } }, 'unknown', ['cut before a greeting']],
  ['port 25 open and silent', 'port-25', { smtp: { greeting: null } }, 'unknown', ['stayed silent', 'firewall']],
  [
    'a greeting one byte at a time',
    'port-25',
    speaks((socket) => {
      let at = 0;
      const timer = setInterval(() => {
        if (socket.destroyed || at >= BANNER.length) clearInterval(timer);
        else socket.write(BANNER.charAt(at++));
      }, 400);
    }),
    'unknown',
    ['stayed silent', 'firewall'],
  ],
  [
    'a greeting 421',
    'port-25',
    greets('421 4.3.2 AM1PEPF0001.mail.protection.outlook.com Service not available\r\n'),
    'unknown',
    ['421 4.3.2'],
  ],
  [
    'a greeting 554',
    'port-25',
    greets('554 5.7.1 mail.provider.example no service for you\r\n'),
    'fail',
    ['in place of', 'mail.provider.example'],
  ],
  [
    'a greeting of 1000 lines',
    'port-25',
    greets(`${'220-hello\r\n'.repeat(1000)}220 end\r\n`),
    'fail',
    ['Something answers in place of', 'no mail server'],
  ],
  ['a greeting without a code', 'port-25', greets('welcome to the mail server\r\n'), 'fail', ['no mail server']],
  ['a web server on port 25', 'port-25', greets('HTTP/1.1 400 Bad Request\r\n\r\n'), 'fail', ['no mail server']],
  ['noise on port 25', 'port-25', greets(Buffer.from([0, 255, 1, 254, 10, 13, 10])), 'fail', ['no mail server']],
  [
    'encryption at once on port 25',
    'port-25',
    greets(Buffer.concat([alert(10), Buffer.from('\r\n')])),
    'fail',
    ['no mail server'],
  ],
  [
    'a mail proxy in Microsoft’s place',
    'port-25',
    { smtp: { greeting: '220 proxy.provider.example ESMTP' } },
    'fail',
    ['in place of', 'proxy.provider.example'],
  ],
  ['a masked greeting', 'port-25', { smtp: { greeting: '220 ****************' } }, 'fail', ['in place of']],
  [
    'EHLO not known but HELO',
    'seen-ip',
    replies('500 5.5.1 Unrecognized command\r\n', '250 AM1PEPF0001 Hello [203.0.113.7]\r\n'),
    'pass',
    ['203.0.113.7'],
  ],
  [
    'EHLO answered with megabytes',
    'seen-ip',
    replies(`${'250-X-LONG\r\n'.repeat(100_000)}250 end\r\n`),
    'unknown',
    ['did not get as far as a greeting'],
  ],
  [
    'EHLO answered in small letters and twice',
    'starttls',
    replies(
      '250-am1 hello [203.0.113.7]\r\n250-starttls\r\n250-STARTTLS\r\n250 size 1\r\n',
      '454 4.7.0 TLS not available\r\n',
    ),
    'warn',
    ['could not start it just now', '454'],
  ],
  ['mixed codes in one reply', 'seen-ip', replies('250-AM1\r\n550 no\r\n'), 'unknown', ['did not get as far']],
  ['encryption not offered', 'starttls', { smtp: { startTls: 'missing' } }, 'fail', ['not offered', 'inspect esmtp']],
  [
    'encryption refused for now',
    'starttls',
    { smtp: { startTls: 'refused' } },
    'warn',
    ['could not start it just now', '454'],
  ],
  [
    'text slipped in before encryption',
    'starttls',
    { smtp: { startTls: 'injected' } },
    'fail',
    ['slips text', 'attack'],
  ],
  [
    'a reply nobody asked for',
    'starttls',
    replies(`${HELLO}250 2.0.0 and more\r\n`, '220 2.0.0 go\r\n'),
    'fail',
    ['slips text'],
  ],
  [
    'a greeting with escape sequences',
    'port-25',
    greets('220 \u001B[31mred\u0007.example\u202Emoc ESMTP\r\n'),
    'fail',
    ['red'],
  ],
  [
    'a banned address',
    'port-25',
    greets('550 5.7.606 AM1PEPF0001.mail.protection.outlook.com Access denied, banned sending IP [203.0.113.7]\r\n'),
    'fail',
    ['5.7.606'],
  ],
  [
    'a throttled address',
    'port-25',
    greets('451 4.7.500 AM1PEPF0001.mail.protection.outlook.com Server busy. Please try again later\r\n'),
    'unknown',
    ['4.7.500'],
  ],
  [
    'a filter in front',
    'relay-host',
    { records: { ...ZONE, 'contoso.com': { MX: '10 mx0a-0001.pphosted.com' } } },
    'warn',
    ['Proofpoint', HOST, 'not there'],
  ],
];

describe('A way to Microsoft with', () => {
  hold(ROWS);
});
