/** Devices that speak oddly: the catcher takes what they send, and says one main cause and one thing to do. */
import { describe, expect, it } from 'vitest';
import { call, caught, ENVELOPE, header, speak } from './catching.ts';

const PAGE = `${header()}\r\n\r\nOne page.\r\n.`;

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
    expect(messages[0]?.findings[0]).toMatchObject({
      severity: 'blocker',
      text: expect.stringMatching(/bare LF/) as string,
    });
  });
});
