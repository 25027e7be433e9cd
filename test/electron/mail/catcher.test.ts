/** The catcher against devices that behave, and some that do not. */
import net from 'node:net';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { english } from '../../../core/text.ts';
import { catchMail, type CatchOptions } from '../../../electron/mail/catcher.ts';

/** Starts the catcher and hands its port to the device. */
async function caught(
  device: (port: number, stop: () => void) => Promise<unknown>,
  options: Partial<CatchOptions> = {},
  told: string[] = [],
) {
  const controller = new AbortController();
  let ready: (port: number) => void = () => undefined;
  const port = new Promise<number>((resolve) => (ready = resolve));
  const catching = catchMail({
    port: 0,
    domain: 'contoso.com',
    signal: controller.signal,
    onProgress: ({ message }) => {
      told.push(message);
      const found = /port (\d+)/.exec(message)?.[1];
      if (found !== undefined) ready(Number(found));
    },
    t: english,
    ...options,
  });
  const [messages] = await Promise.all([catching, port.then((number) => device(number, () => controller.abort()))]);
  return { messages };
}
const mail = (port: number, options: object = {}, from = 'scanner@contoso.com') =>
  createTransport({ host: '127.0.0.1', port, tls: { rejectUnauthorized: false }, ...options }).sendMail({
    from,
    to: 'office@contoso.com',
    subject: 'Scan',
    text: 'One page',
  });

const ENVELOPE = ['MAIL FROM:<scanner@contoso.com>', 'RCPT TO:<office@contoso.com>'];
/** Says one line after each reply, then `rest` as it is. */
async function speak(
  port: number,
  lines: readonly string[],
  rest: string | Buffer = '',
  close = true,
): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
  const heard = () => new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
  await heard();
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    await heard();
  }
  socket.resume();
  if (rest.length > 0) {
    socket.write(rest);
    await new Promise((resolve) => setTimeout(resolve, 100));
  } else if (close) socket.destroy();
  return socket;
}
const ALERT = Buffer.from('15030100020230', 'hex');

describe('catcher', () => {
  it('shows a good message and finds nothing against it', async () => {
    const { messages } = await caught((port) => mail(port));
    expect(messages).toMatchObject([
      {
        fromIp: '127.0.0.1',
        tls: 'TLSv1.3',
        authTried: false,
        mailFrom: 'scanner@contoso.com',
        headerFrom: 'scanner@contoso.com',
        subject: 'Scan',
        complete: true,
        findings: [{ severity: 'good' }],
      },
    ]);
  });
  it('sees the wrong sender', async () => {
    const { messages } = await caught((port) => mail(port, {}, 'npi1234@email.com'));
    expect(messages[0]?.findings[0]).toMatchObject({
      severity: 'blocker',
      text: expect.stringContaining('npi1234@email.com') as string,
    });
  });
  it.each(['PLAIN', 'LOGIN'])('refuses a sign-in (%s), keeps no password, and says what to do', async (method) => {
    const told: string[] = [];
    const { messages } = await caught(
      async (port, stop) => {
        const auth = { user: 'planted-name', pass: 'planted-password' };
        const reply = await mail(port, { ignoreTLS: true, auth, authMethod: method }).catch((error: Error) => error);
        expect(reply).toMatchObject({ responseCode: 535 });
        await new Promise((resolve) => setTimeout(resolve, 100));
        stop();
      },
      {},
      told,
    );
    expect(messages).toMatchObject([{ authTried: true, mailFrom: null, complete: false }]);
    expect(messages[0]?.findings).toMatchObject([{ severity: 'blocker', text: expect.stringMatching(/sign in/) }]);
    const all = JSON.stringify([messages, told]);
    for (const secret of ['planted-password', 'planted-name', Buffer.from('planted-password').toString('base64')])
      expect(all).not.toContain(secret);
    expect(told.join(' ')).toContain('Switch authentication off');
  });
  it('goes on with a device that sends in spite of the refusal', async () => {
    const lines = [
      'EHLO scanner',
      'AUTH PLAIN AHgAeQ==',
      ...ENVELOPE,
      'DATA',
      'From: scanner@contoso.com\r\n\r\nx\r\n.',
    ];
    const { messages } = await caught((port) => speak(port, lines));
    expect(messages).toMatchObject([{ authTried: true, complete: true, mailFrom: 'scanner@contoso.com', tls: null }]);
  });
  it('waits for a better try after a refused one', async () => {
    const { messages } = await caught(async (port) => {
      await mail(port, { auth: { user: 'a', pass: 'b' } }).catch(() => undefined);
      await mail(port);
    });
    expect(messages.map(({ complete }) => complete)).toEqual([false, true]);
  });
  it('tells of encryption that is too old', async () => {
    const tls = { rejectUnauthorized: false, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const { messages } = await caught((port) => mail(port, { tls }));
    expect(messages[0]).toMatchObject({ tls: 'TLSv1', complete: true });
    expect(messages[0]?.findings[0]?.text).toContain('old encryption');
  });
  it.each<[string, (port: number) => Promise<unknown>]>([
    ['hangs up on its certificate', (port) => mail(port, { tls: { rejectUnauthorized: true } }).catch(() => undefined)],
    // A fatal TLS alert, unknown_ca (RFC 8446 §6).
    ['says why it refuses it', (port) => speak(port, ['EHLO scanner', 'STARTTLS'], ALERT)],
    ['talks nonsense instead of TLS', (port) => speak(port, ['EHLO scanner', 'STARTTLS'], 'MAIL FROM:<a@b.test>\r\n')],
  ])('tells of a device that %s', async (_, device) => {
    const { messages } = await caught(async (port, stop) => {
      await device(port);
      await new Promise((resolve) => setTimeout(resolve, 200));
      stop();
    });
    expect(messages).toMatchObject([{ complete: false, findings: [{ severity: 'blocker' }] }]);
    expect(messages[0]?.findings[0]?.text).toContain('encryption');
  });
  it.each([
    ['nothing', ''],
    ['half a hello', '1603010200010001fc0303'],
  ])('stops while a device asked for encryption and sent %s', async (_, hex) => {
    const sockets: net.Socket[] = [];
    const stopped = caught(async (port, stop) => {
      for (let index = 0; index < 3; index += 1)
        sockets.push(await speak(port, ['EHLO scanner', 'STARTTLS'], Buffer.from(hex, 'hex'), false));
      stop();
    });
    await expect(stopped).rejects.toThrow('aborted');
    await Promise.all(
      sockets.map((socket) => (socket.destroyed ? Promise.resolve() : new Promise((end) => socket.once('close', end)))),
    );
  });
  it('tells of lines without end, also when stopped in the middle', async () => {
    const { messages } = await caught(async (port, stop) => {
      await speak(port, ['HELO scanner', ...ENVELOPE, 'DATA'], 'From: scanner@contoso.com\nSubject: Scan\n\nPage\n.\n');
      stop();
    });
    expect(messages).toMatchObject([{ complete: false, subject: 'Scan', headerFrom: 'scanner@contoso.com' }]);
    expect(messages[0]?.findings[0]?.text).toContain('bare LF');
  });
  it('does not read more than it may', async () => {
    const { messages } = await caught(async (port) => {
      const socket = await speak(port, ['EHLO scanner', ...ENVELOPE, 'DATA'], 'Subject: Long\r\n\r\n', false);
      const line = Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(1024));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      while (!socket.destroyed && socket.writable)
        if (!socket.write(line)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
    });
    expect(messages).toMatchObject([{ complete: false, subject: 'Long' }]);
    expect(messages[0]?.bytes).toBeLessThan(60 * 1024 * 1024);
    expect(messages[0]?.findings[0]?.text).toContain('longer than 50 MB');
  }, 20_000);
  it('keeps no control characters', async () => {
    const lines = [
      'EHLO scanner',
      ...ENVELOPE,
      'DATA',
      'From: scanner@contoso.com\r\nSubject: \u001B[2Jred\r\n\r\nx\r\n.',
    ];
    const { messages } = await caught((port) => speak(port, lines));
    expect(messages[0]).toMatchObject({ complete: true, subject: expect.stringContaining('red') });
    expect(JSON.stringify(messages)).not.toContain('\\u001b');
  });
  it('passes over who only knocks', async () => {
    const silentKnock = caught(async (port, stop) => {
      await speak(port, ['EHLO scanner', 'QUIT']);
      stop();
    });
    await expect(silentKnock).rejects.toThrow('aborted');
  });
  it('stops at once, while the certificate is made and while a device is silent', async () => {
    const early = new AbortController();
    const started = performance.now();
    const waiting = catchMail({
      port: 0,
      domain: null,
      signal: early.signal,
      onProgress: () => undefined,
      t: english,
    });
    early.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(performance.now() - started).toBeLessThan(3000);
    let closed: Promise<unknown> = Promise.resolve();
    let stopped = 0;
    const silent = caught(async (port, stop) => {
      const socket = net.connect(port, '127.0.0.1');
      await new Promise((resolve) => socket.once('data', resolve));
      closed = new Promise((resolve) => socket.once('close', resolve));
      stopped = performance.now();
      stop();
    });
    await expect(silent).rejects.toThrow('aborted');
    await closed;
    expect(performance.now() - stopped).toBeLessThan(1000);
  });
  it('tells of a device that breaks off', async () => {
    const { messages } = await caught(async (port, stop) => {
      const socket = net.connect(port, '127.0.0.1');
      for (const line of [
        'EHLO scanner',
        'MAIL FROM:<scanner@contoso.com>',
        'RCPT TO:<office@contoso.com>',
        'DATA',
        'Subject: half',
      ]) {
        await new Promise((resolve) => socket.once('data', resolve));
        socket.write(`${line}\r\n`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 200));
      stop();
    });
    expect(messages).toMatchObject([{ complete: false }]);
    expect(messages[0]?.findings[0]).toMatchObject({ severity: 'blocker' });
  });
  it('turns others away when one device was chosen', async () => {
    const told: string[] = [];
    const turnedAway = caught(
      async (port, stop) => {
        const reply = await mail(port).catch((error: Error) => error.message);
        expect(reply).toContain('chosen device');
        stop();
      },
      { device: '192.168.1.50' },
      told,
    );
    await expect(turnedAway).rejects.toThrow('aborted');
    expect(told.join(' ')).toContain('turned away');
  });
  it('says when the port is taken', async () => {
    const server = net.createServer().listen(0, '0.0.0.0');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as net.AddressInfo;
    await expect(
      catchMail({ port, domain: null, signal: new AbortController().signal, onProgress: () => undefined, t: english }),
    ).rejects.toMatchObject({ code: 'port-in-use', field: '--port' });
    server.close();
  });
  it('ends by itself when the time is up', async () => {
    const messages = await catchMail({
      port: 0,
      domain: null,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      t: english,
      durationMs: 100,
    });
    expect(messages).toEqual([]);
  });
});
