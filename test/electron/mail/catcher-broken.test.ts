/** Devices whose call brings no whole message: the catcher says one main cause and one thing to do, and waits on. */
import { describe, expect, it } from 'vitest';
import { helloBytes, sslv2Bytes } from '../../helpers/client-hello.ts';
import { call, caught, caughtUnfinished, ENVELOPE, header, speak, type Catching } from './catching.ts';

const OLD_SUITES = [0x00_04, 0x00_05, 0x00_0a, 0x00_2f];
const hello = ['EHLO scanner'];

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
    sees: {
      tls: null,
      offered: { versions: ['SSL 3.0'], ciphers: ['RC4-MD5', 'RC4-SHA', 'DES-CBC3-SHA', 'AES128-SHA'] },
    },
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
