/** The catcher and real clients that behave like old scanners: swaks, OpenSSL limited to what is old, and bare sockets. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { caught, caughtUnfinished, header, type Catching } from '../electron/mail/catching.ts';
import { serversFolder, serversMissing } from './debian.ts';

/** The system’s own; its libraries are no part of the unpacked servers. */
const OPENSSL = 'openssl';
const folder = serversFolder ?? '';
const libraries =
  serversFolder === null
    ? ''
    : path.join(
        folder,
        'usr/lib',
        readdirSync(path.join(folder, 'usr/lib')).find((name) => name.endsWith('-linux-gnu')) ?? '',
      );
const perl =
  serversFolder === null
    ? []
    : readdirSync(path.join(libraries, 'perl5')).map((version) => path.join(libraries, 'perl5', version));
const env = {
  ...process.env,
  PERL5LIB: [path.join(folder, 'usr/share/perl5'), ...perl].join(':'),
  LD_LIBRARY_PATH: libraries,
};

type Ran = { readonly code: number | null; readonly text: string };
function run(command: string, args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(command, args, { env, stdio: 'pipe' });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}
const swaks = (port: number, ...args: readonly string[]): Promise<Ran> =>
  run(path.join(folder, 'usr/bin/swaks'), [
    '--server',
    `127.0.0.1:${port}`,
    '--from',
    'scanner@contoso.com',
    '--to',
    'office@contoso.com',
    '--header',
    'Subject: Scan',
    '--timeout',
    '20',
    ...args,
  ]);

/** Speaks the mail language through `openssl s_client`, each line after the answer to the one before. */
async function openssl(port: number, args: readonly string[], lines: readonly string[]): Promise<Ran> {
  const child = spawn(OPENSSL, ['s_client', '-connect', `127.0.0.1:${port}`, '-crlf', '-quiet', ...args], {
    stdio: 'pipe',
  });
  let text = '';
  const left = [...lines];
  child.stdin.on('error', () => undefined);
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
    while (left.length > 0 && (text.match(/^[2345]\d\d /gm) ?? []).length > lines.length - left.length)
      child.stdin.write(`${left.shift()}\n`);
  };
  // The last line before the encryption goes to the error stream.
  for (const stream of [child.stdout, child.stderr]) stream.on('data', hear);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })));
}
const main = (messages: Awaited<ReturnType<typeof caught>>['messages']) => messages.at(-1)?.findings[0];
const SENDS = [
  'MAIL FROM:<scanner@contoso.com>',
  'RCPT TO:<office@contoso.com>',
  'DATA',
  `${header()}\n\nOne page.\n.`.replaceAll('\r', ''),
  'QUIT',
];
const noOpenssl = spawnSync(OPENSSL, ['version']).status !== 0;

describe.skipIf(serversFolder === null)(
  `swaks as a scanner${serversMissing === '' ? '' : ` (skipped: ${serversMissing})`}`,
  () => {
    it.each<[string, readonly string[], string, RegExp, object]>([
      ['without encryption', [], 'warning', /did not encrypt/, { tls: null }],
      ['with STARTTLS', ['--tls'], 'good', /Nothing speaks against/, { tls: 'TLSv1.3' }],
      ['encrypted at once', ['--tls-on-connect'], 'blocker', /starts encrypted at once/, {}],
      ['with HELO only', ['--protocol', 'SMTP'], 'warning', /HELO/, { tls: null }],
      [
        'with a name and a password',
        ['--tls', '--auth', 'LOGIN', '--auth-user', 'planted', '--auth-password', 'planted'],
        'warning',
        /signs in/,
        { authTried: true },
      ],
      [
        'with CRAM-MD5',
        ['--tls', '--auth', 'CRAM-MD5', '--auth-user', 'planted', '--auth-password', 'planted'],
        'warning',
        /signs in/,
        { authTried: true },
      ],
      [
        'with a sender of another domain',
        ['--tls', '--from', 'npi123@email.com'],
        'blocker',
        /not in contoso\.com/,
        {},
      ],
      ['with an empty sender', ['--tls', '--from', '<>'], 'blocker', /names no sender/, {}],
    ])('%s', async (_, args, severity, words, sees) => {
      const { messages } = await caught(
        async ({ port }) => {
          const { code, text } = await swaks(port, ...args);
          expect(text).toContain('250 Caught');
          expect(code).toBe(0);
        },
        { limits: { listenMs: 200 } },
      );
      expect(messages).toMatchObject([{ complete: true, subject: 'Scan', ...sees }]);
      expect(main(messages)).toMatchObject({ severity, text: expect.stringMatching(words) as string });
      expect(main(messages)?.fix).toHaveLength(1);
      expect(JSON.stringify(messages)).not.toContain('planted');
    });
    it('that goes after its greeting', async () => {
      const only = caught(async ({ port, hears, stop }: Catching) => {
        await swaks(port, '--quit-after', 'EHLO');
        await hears(/only tried the line/);
        stop();
      });
      await expect(only).rejects.toThrow('aborted');
    });
  },
);

describe.skipIf(noOpenssl)(
  `OpenSSL limited to what is old${noOpenssl ? ' (skipped: there is no openssl)' : ''}`,
  () => {
    it.each([
      ['-tls1', 'TLSv1', /offers TLS 1\.0 only/],
      ['-tls1_1', 'TLSv1.1', /offers TLS 1\.1 only/],
    ])('%s: gets through, and is told that Microsoft will not take it', async (version, protocol, words) => {
      const { messages } = await caught(async ({ port }) => {
        const old = [version, '-cipher', 'DEFAULT@SECLEVEL=0', '-starttls', 'smtp'];
        // s_client says the first EHLO itself, and passes none of the answers to it on.
        const { text } = await openssl(port, old, ['EHLO scanner', ...SENDS].slice(1));
        expect(text).toContain('250 Caught');
      });
      expect(messages).toMatchObject([{ complete: true, tls: protocol }]);
      expect(messages[0]?.offered?.ciphers).toContain('AES128-SHA');
      expect(main(messages)).toMatchObject({
        severity: 'blocker',
        text: expect.stringMatching(words) as string,
        fix: [expect.stringMatching(/^Update the device’s firmware/)],
      });
    });
    it('TLS 1.2 with ciphers Microsoft does not list', async () => {
      const { messages } = await caught(async ({ port }) => {
        const old = ['-tls1_2', '-cipher', 'AES128-SHA:AES256-SHA@SECLEVEL=0', '-starttls', 'smtp'];
        expect((await openssl(port, old, SENDS)).text).toContain('250 Caught');
      });
      expect(messages).toMatchObject([{ complete: true, tls: 'TLSv1.2', offered: { versions: ['TLS 1.2'] } }]);
      expect(main(messages)).toMatchObject({
        severity: 'blocker',
        text: expect.stringMatching(/none of the ciphers/) as string,
      });
    });
    it('one that checks certificates', async () => {
      const message = await caughtUnfinished(/checks certificates/, async ({ port }) => {
        const { code } = await openssl(port, ['-starttls', 'smtp', '-verify_return_error', '-verify', '5'], []);
        expect(code).not.toBe(0);
      });
      expect(message.findings[0]?.fix).toEqual([expect.stringMatching(/for this test only/)]);
    });
  },
);
