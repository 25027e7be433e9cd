/** Devices that speak oddly: the catcher takes what they send, and says one main cause and one thing to do. */
import { describe, expect, it } from 'vitest';
import { helloBytes, sslv2Bytes } from '../../helpers/client-hello.ts';
import { call, caught, caughtUnfinished, ENVELOPE, header, speak, type Catching } from './catching.ts';

const PAGE = `${header()}\r\n\r\nOne page.\r\n.`;
const OLD_SUITES = [0x00_04, 0x00_05, 0x00_0a, 0x00_2f];

type Row = {
  readonly name: string;
  readonly lines: readonly string[];
  /** After DATA; default: a good page. */
  readonly data?: string | Buffer;
  readonly sees?: object;
  readonly severity: 'good' | 'warning' | 'blocker';
  readonly cause: RegExp;
  readonly fix: RegExp;
};
const hello = ['EHLO scanner'];
const PLAIN = { severity: 'warning', cause: /did not encrypt/, fix: /STARTTLS/ } as const;

const WHOLE: readonly Row[] = [
  {
    name: 'HELO only',
    lines: ['HELO scanner', ...ENVELOPE],
    severity: 'warning',
    cause: /old form of the mail language/,
    fix: /firmware/,
  },
  {
    name: 'HELO without a name',
    lines: ['HELO ', ...ENVELOPE],
    sees: { helo: null },
    severity: 'warning',
    cause: /old form|does not say its name/,
    fix: /firmware/,
  },
  { name: 'EHLO without a name', lines: ['EHLO', ...ENVELOPE], sees: { helo: null }, ...PLAIN },
  { name: 'no EHLO and no HELO', lines: ENVELOPE, sees: { helo: null }, ...PLAIN },
  { name: 'EHLO in small letters with an IPv6 address', lines: ['ehlo FE80::1', ...ENVELOPE], ...PLAIN },
  {
    name: 'HELO with a blank in the name',
    lines: ['HELO my scanner', ...ENVELOPE],
    sees: { helo: 'my scanner' },
    severity: 'warning',
    cause: /old form/,
    fix: /firmware/,
  },
  {
    name: 'MAIL FROM without brackets',
    lines: [...hello, 'MAIL FROM:scanner@contoso.com', 'RCPT TO:office@contoso.com'],
    sees: { mailFrom: 'scanner@contoso.com', recipients: ['office@contoso.com'] },
    ...PLAIN,
  },
  {
    name: 'a blank after MAIL FROM:',
    lines: [...hello, 'mail from: <scanner@contoso.com>', 'rcpt to: <office@contoso.com>'],
    sees: { mailFrom: 'scanner@contoso.com', recipients: ['office@contoso.com'] },
    ...PLAIN,
  },
  {
    name: 'a bracket that is not closed',
    lines: [...hello, 'MAIL FROM:<scanner@contoso.com', 'RCPT TO:<office@contoso.com'],
    sees: { mailFrom: 'scanner@contoso.com' },
    ...PLAIN,
  },
  {
    name: 'parameters nobody offered',
    lines: [...hello, `${ENVELOPE[0]} SIZE=100 RET=HDRS ENVID=1`, `${ENVELOPE[1]} NOTIFY=SUCCESS,FAILURE`],
    sees: { mailFrom: 'scanner@contoso.com', recipients: ['office@contoso.com'] },
    ...PLAIN,
  },
  {
    name: 'an empty sender',
    lines: [...hello, 'MAIL FROM:<>', ENVELOPE[1] ?? ''],
    severity: 'blocker',
    cause: /names no sender/,
    fix: /scanner@contoso\.com/,
  },
  {
    name: 'a sender that was never set',
    lines: [...hello, 'MAIL FROM:<npif65e56@email.com>', ENVELOPE[1] ?? ''],
    severity: 'blocker',
    cause: /npif65e56@email\.com, which is not in contoso\.com.*5\.7\.64/,
    fix: /Change its sender address to one in contoso\.com/,
  },
  {
    name: 'a sender that is a mere name',
    lines: [...hello, 'MAIL FROM:<scanner>', ENVELOPE[1] ?? ''],
    severity: 'blocker',
    cause: /“scanner” is not a complete address/,
    fix: /scanner@contoso\.com/,
  },
  {
    name: 'bare line feeds in the middle',
    lines: [...hello, ...ENVELOPE],
    data: `${header()}\r\n\r\nOne\npage\r\n.`,
    ...PLAIN,
  },
  {
    name: 'bare line feeds to the end',
    lines: [...hello, ...ENVELOPE],
    data: `${header().replaceAll('\r\n', '\n')}\n\nOne page.\n.\n`,
    sees: { complete: true, subject: 'Scan', headerFrom: 'scanner@contoso.com' },
    severity: 'blocker',
    cause: /bare LF/,
    fix: /firmware/,
  },
  {
    name: 'returns without line feeds',
    lines: [...hello, ...ENVELOPE],
    data: `${header().replaceAll('\r\n', '\r')}\r\rOne page.\r.\r`,
    sees: { complete: true, subject: 'Scan' },
    severity: 'blocker',
    cause: /ends the message in a way/,
    fix: /firmware/,
  },
  {
    name: 'very long lines',
    lines: [...hello, ...ENVELOPE],
    data: `${header()}\r\n\r\n${'x'.repeat(100_000)}\r\n.`,
    ...PLAIN,
  },
  {
    name: 'eight bits nobody announced',
    lines: [...hello, ...ENVELOPE],
    data: Buffer.from(`${header(['X-Name: Gr\u00fc\u00df'])}\r\n\r\n\u00e4\r\n.`, 'latin1'),
    ...PLAIN,
  },
  {
    name: 'no date',
    lines: [...hello, ...ENVELOPE],
    data: 'From: scanner@contoso.com\r\nSubject: Scan\r\n\r\nx\r\n.',
    ...PLAIN,
  },
  { name: 'an empty message', lines: [...hello, ...ENVELOPE], data: '.', sees: { subject: null, bytes: 3 }, ...PLAIN },
  ...['AUTH PLAIN AHBsYW50ZWQAcGxhbnRlZA==', 'AUTH XOAUTH2 cGxhbnRlZA=='].map((auth) => ({
    name: `${auth.split(' ')[1]} in one line`,
    lines: [...hello, auth, ...ENVELOPE],
    sees: { authTried: true },
    ...PLAIN,
  })),
  ...['PLAIN', 'LOGIN', 'CRAM-MD5'].map((method) => ({
    name: `AUTH ${method} in turns`,
    lines: [...hello, `AUTH ${method}`, 'cGxhbnRlZA==', ...(method === 'LOGIN' ? ['cGxhbnRlZA=='] : []), ...ENVELOPE],
    sees: { authTried: true, mailFrom: 'scanner@contoso.com' },
    ...PLAIN,
  })),
];

/** What else is said of a row, beside the main cause. */
const ALSO: Readonly<Record<string, RegExp>> = {
  'HELO without a name': /does not say its name/,
  'EHLO without a name': /does not say its name/,
  'no EHLO and no HELO': /does not say its name/,
  'EHLO in small letters with an IPv6 address': /“FE80::1”, which is not a name/,
  'MAIL FROM without brackets': /without the usual brackets/,
  'a blank after MAIL FROM:': /without the usual brackets/,
  'a bracket that is not closed': /without the usual brackets/,
  'bare line feeds in the middle': /bare LF/,
  'very long lines': /more than 998 characters/,
  'eight bits nobody announced': /special characters/,
  'no date': /no date/,
  'an empty message': /no From line/,
  'PLAIN in one line': /signs in/,
  'AUTH LOGIN in turns': /signs in/,
  'AUTH CRAM-MD5 in turns': /signs in/,
};

const send = async (port: number, lines: readonly string[], data: string | Buffer) => {
  const device = await speak(port, [...lines, 'DATA']);
  device.write(data);
  if (!/[\r\n]\.[\r\n]$/.test(data.toString('latin1'))) device.write('\r\n');
  expect(await device.reply()).toMatch(/^250 Caught/);
  device.socket.end('QUIT\r\n');
};

describe('a device that sends', () => {
  it.each(WHOLE)('$name', async ({ name, lines, data = PAGE, sees = {}, severity, cause, fix }) => {
    const { messages, told } = await caught(({ port }) => send(port, lines, data));
    expect(messages).toMatchObject([{ complete: true, times: 1, fromIp: '127.0.0.1', ...sees }]);
    const [main, ...others] = messages[0]?.findings ?? [];
    expect(main).toMatchObject({ severity, text: expect.stringMatching(cause) as string });
    expect(main?.fix).toEqual([expect.stringMatching(fix)]);
    if (ALSO[name]) expect(others.map(({ text }) => text).join('\n')).toMatch(ALSO[name]);
    expect(JSON.stringify([messages, told])).not.toMatch(/planted|cGxhbnRlZA|AHBsYW50ZWQ|One page/);
  });
  it('its headers are kept and its body is dropped', async () => {
    const { messages } = await caught(({ port }) =>
      send(port, [...hello, ...ENVELOPE], `${header(['X-Mailer: Scan 1.0'])}\r\n\r\nSecret page\r\n.`),
    );
    expect(messages[0]?.headers).toContain('X-Mailer: Scan 1.0');
    expect(JSON.stringify(messages)).not.toContain('Secret');
  });
  it('one byte at a time', async () => {
    const { messages } = await caught(async ({ port }) => {
      const device = call(port);
      device.socket.setNoDelay(true);
      const whole = [...hello, ...ENVELOPE, 'DATA', PAGE, 'QUIT'].join('\r\n');
      for (const byte of Buffer.from(`${whole}\r\n`))
        await new Promise((resolve) => device.socket.write(Buffer.of(byte), resolve));
      await device.closed;
    });
    expect(messages).toMatchObject([{ complete: true, subject: 'Scan' }]);
  });
  it('everything at once, before it was asked for it', async () => {
    const { messages } = await caught(async ({ port }) => {
      const device = call(port);
      device.write([...hello, ...ENVELOPE, 'DATA', PAGE, 'QUIT', ''].join('\r\n'));
      await device.closed;
    });
    expect(messages).toMatchObject([{ complete: true, subject: 'Scan' }]);
    expect(messages[0]?.findings.map(({ text }) => text).join('\n')).toMatch(/before it is asked/);
  });
  it('bare line feeds in its commands, too', async () => {
    const { messages } = await caught(async ({ port }) => {
      const device = call(port);
      device.write([...hello, ...ENVELOPE, 'DATA', ...header().split('\r\n'), '', 'One page.', '.', ''].join('\n'));
      await device.closed;
    });
    expect(messages).toMatchObject([{ complete: true, subject: 'Scan', mailFrom: 'scanner@contoso.com' }]);
    expect(messages[0]?.findings[0]).toMatchObject({ severity: 'blocker', text: expect.stringMatching(/bare LF/) as string });
  });
});

const starttls = async (port: number, bytes: Buffer | string) => {
  const device = await speak(port, [...hello, 'STARTTLS']);
  device.write(bytes);
  await device.closed;
};
const atOnce = async (port: number, bytes: Buffer | string) => {
  const device = call(port);
  device.write(bytes);
  await device.closed;
};
const leaves = async (port: number, lines: readonly string[], rest = '') => {
  const device = await speak(port, lines);
  await new Promise((resolve) => (rest === '' ? resolve(null) : device.socket.write(rest, resolve)));
  device.socket.end();
  await device.closed;
};
const OFFERS = { ssl3: 0x0300, tls10: 0x0301, tls11: 0x0302, tls12: 0x0303 };
const limits = { idleMs: 300, callMs: 5000 };

type Broken = {
  readonly name: string;
  readonly device: (catching: Catching) => Promise<unknown>;
  readonly cause: RegExp;
  readonly fix: RegExp;
  readonly sees?: object;
  readonly quick?: boolean;
};
const BROKEN: readonly Broken[] = [
  {
    name: 'asks for SSL 3.0',
    device: ({ port }) => starttls(port, helloBytes({ record: 0x0300, version: OFFERS.ssl3, suites: OLD_SUITES })),
    cause: /offers SSL 3\.0 only/,
    fix: /Update the device’s firmware/,
    sees: { tls: null, offered: { versions: ['SSL 3.0'], ciphers: ['RC4-MD5', 'RC4-SHA', 'DES-CBC3-SHA', 'AES128-SHA'] } },
  },
  {
    name: 'asks for TLS 1.0 with ciphers nobody has any more',
    device: ({ port }) => starttls(port, helloBytes({ version: OFFERS.tls10, suites: [0x00_03, 0x00_04] })),
    cause: /offers TLS 1\.0 only/,
    fix: /Update the device’s firmware/,
    sees: { offered: { versions: ['TLS 1.0'], ciphers: ['EXP-RC4-MD5', 'RC4-MD5'] } },
  },
  {
    name: 'asks in the form of SSL 2.0',
    device: ({ port }) => starttls(port, sslv2Bytes(OFFERS.tls10, OLD_SUITES)),
    cause: /offers TLS 1\.0 only/,
    fix: /firmware/,
  },
  {
    name: 'knows TLS 1.2 but none of the ciphers',
    device: ({ port }) => starttls(port, helloBytes({ version: OFFERS.tls12, suites: [0x00_04, 0x00_05] })),
    cause: /knows TLS 1\.2, but none of the ciphers/,
    fix: /firmware/,
  },
  {
    name: 'says nothing but an alert',
    device: ({ port }) => starttls(port, Buffer.from('15030100020230', 'hex')),
    cause: /did not come about \(alert\)/,
    fix: /switch STARTTLS off/,
  },
  {
    name: 'talks on in plain after STARTTLS',
    device: ({ port }) => starttls(port, 'MAIL FROM:<a@b.test>\r\n'),
    cause: /did not come about \(no TLS after STARTTLS\)/,
    fix: /firmware/,
  },
  {
    name: 'leaves in the middle of its hello',
    device: ({ port }) => leaves(port, [...hello, 'STARTTLS'], '\u0016\u0003\u0001'),
    cause: /did not come about \(hung up\)/,
    fix: /firmware/,
  },
  {
    name: 'starts encrypted at once, with old encryption',
    device: ({ port }) => atOnce(port, helloBytes({ version: OFFERS.tls10, suites: [0x00_04] })),
    cause: /starts encrypted at once/,
    fix: /Choose STARTTLS/,
    sees: { offered: { versions: ['TLS 1.0'], ciphers: ['RC4-MD5'] } },
  },
  ...[
    ['a browser', 'GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n', /HTTP/, /SMTP/],
    ['a print queue', 'POST /ipp/print HTTP/1.1\r\n\r\n', /HTTP/, /SMTP/],
    ['a printer language', '\u001b%-12345X@PJL\r\n', /print job/, /not as a printer/],
    ['fetching mail by POP', 'USER planted\r\nPASS planted\r\n', /POP or IMAP/, /POP before SMTP/],
    ['fetching mail by IMAP', 'a1 LOGIN planted planted\r\n', /POP or IMAP/, /SMTP server/],
    ['bytes without a meaning', '\u0000\u0001\u0002\u0003\r\n', /not the language of mail/, /SMTP/],
  ].map(([name, bytes, cause, fix]) => ({
    name: name as string,
    device: ({ port }: Catching) => atOnce(port, bytes as string),
    cause: cause as RegExp,
    fix: fix as RegExp,
  })),
  {
    name: 'signs in and gives up',
    device: ({ port }) => leaves(port, [...hello, 'AUTH PLAIN AHBsYW50ZWQAcGxhbnRlZA==', 'QUIT']),
    cause: /signed in and gave up/,
    fix: /Switch authentication off/,
  },
  {
    name: 'wants a sign-in nobody knows and gives up',
    device: ({ port }) => leaves(port, [...hello, 'AUTH NTLM', 'QUIT']),
    cause: /signed in and gave up/,
    fix: /Switch authentication off/,
  },
  {
    name: 'names no recipient',
    device: ({ port }) => leaves(port, [...hello, ENVELOPE[0] ?? '', 'QUIT']),
    cause: /no recipient/,
    fix: /Choose a recipient/,
  },
  {
    name: 'breaks off in the middle of the message',
    device: ({ port }) => leaves(port, [...hello, ...ENVELOPE, 'DATA'], `${header()}\r\n\r\nhalf a pa`),
    cause: /did not finish the message/,
    fix: /limit on size or time/,
    sees: { subject: 'Scan' },
  },
  {
    name: 'never sends the dot',
    device: async ({ port }) => {
      const device = await speak(port, [...hello, ...ENVELOPE, 'DATA']);
      device.write(`${header()}\r\n\r\nOne page.\r\n`);
      await device.closed;
    },
    cause: /fell silent in the middle/,
    fix: /limit on size or time/,
    quick: true,
  },
  {
    name: 'connects and says nothing',
    device: ({ port }) => call(port).closed,
    cause: /connected and then said nothing/,
    fix: /Scan a real page/,
    quick: true,
  },
  {
    name: 'sends a line without end',
    device: async ({ port }) => {
      const device = await speak(port, hello);
      device.write('x'.repeat(100_000));
      await device.say('');
      device.socket.end('QUIT\r\n');
      await device.closed;
    },
    cause: /line longer than mail servers read/,
    fix: /firmware/,
  },
];

describe('a device that does not get through', () => {
  it.each(BROKEN)('$name', async ({ device, cause, fix, sees = {}, quick }) => {
    const message = await caughtUnfinished(cause, device, quick ? { limits } : {});
    expect(message).toMatchObject({ complete: false, ...sees });
    expect(message.findings[0]).toMatchObject({ severity: 'blocker', text: expect.stringMatching(cause) as string });
    expect(message.findings[0]?.fix).toEqual([expect.stringMatching(fix)]);
    expect(JSON.stringify(message)).not.toMatch(/planted|AHBsYW50ZWQ/);
  });
  it('a “Test” button that only tries the line is told apart from a scan', async () => {
    const tried = caught(async ({ port, hears, stop }) => {
      await leaves(port, [...hello, 'QUIT']);
      await hears(/only tried the line.*scan a real page/);
      stop();
    });
    await expect(tried).rejects.toThrow('aborted');
  });
});
