/** The catcher against devices that behave: what it shows, what it keeps, how it ends. */
import net from 'node:net';
import { createTransport } from 'nodemailer';
import { describe, expect, it } from 'vitest';
import { english } from '../../../core/text.ts';
import { catchMail } from '../../../electron/mail/catcher.ts';
import { call, caught, caughtUnfinished, ENVELOPE, header, speak } from './catching.ts';

const mail = (port: number, options: object = {}, from = 'scanner@contoso.com') =>
  createTransport({ host: '127.0.0.1', port, tls: { rejectUnauthorized: false }, ...options }).sendMail({
    from,
    to: 'office@contoso.com',
    subject: 'Scan',
    text: 'One page',
  });

describe('catcher', () => {
  it('shows a good message and finds nothing against it', async () => {
    const { messages } = await caught(({ port }) => mail(port));
    expect(messages).toMatchObject([
      {
        fromIp: '127.0.0.1',
        tls: 'TLSv1.3',
        offered: { versions: ['TLS 1.3', 'TLS 1.2'] },
        authTried: false,
        mailFrom: 'scanner@contoso.com',
        headerFrom: 'scanner@contoso.com',
        subject: 'Scan',
        complete: true,
        findings: [{ severity: 'good', fix: ['Put Microsoft’s server and port 25 back into the device.'] }],
      },
    ]);
    expect(messages[0]?.offered?.ciphers).toContain('ECDHE-RSA-AES128-GCM-SHA256');
  });
  it.each(['PLAIN', 'LOGIN', 'CRAM-MD5'])(
    'lets a sign-in (%s) through, keeps no password, and says what to do',
    async (method) => {
      const auth = { user: 'planted-name', pass: 'planted-password' };
      const { messages, told } = await caught(({ port }) => mail(port, { auth, authMethod: method }));
      expect(messages).toMatchObject([{ authTried: true, complete: true, mailFrom: 'scanner@contoso.com' }]);
      expect(messages[0]?.findings[0]).toMatchObject({
        severity: 'warning',
        text: expect.stringMatching(/signs in.*offers no sign-in/) as string,
        fix: [expect.stringMatching(/Switch authentication off/)],
      });
      const all = JSON.stringify([messages, told]);
      for (const secret of ['planted-password', 'planted-name', Buffer.from('planted').toString('base64').slice(0, 9)])
        expect(all).not.toContain(secret);
      expect(told.join(' ')).toContain('thrown away unread');
    },
  );
  it.each([
    ['TLSv1', 'offers TLS 1.0 only'],
    ['TLSv1.1', 'offers TLS 1.1 only'],
  ])('takes mail over %s and says that it is too old', async (version, words) => {
    const tls = { rejectUnauthorized: false, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    const { messages } = await caught(({ port }) => mail(port, { tls }));
    expect(messages[0]).toMatchObject({ tls: version, complete: true });
    expect(messages[0]?.findings[0]).toMatchObject({
      severity: 'blocker',
      text: expect.stringContaining(words) as string,
      fix: [expect.stringMatching(/^Update the device’s firmware/)],
    });
  });
  it('takes mail from a device that starts encrypted at once, and says that Microsoft would not', async () => {
    const { messages } = await caught(({ port }) => mail(port, { secure: true }), { limits: { listenMs: 500 } });
    expect(messages).toMatchObject([{ complete: true, tls: 'TLSv1.3', subject: 'Scan' }]);
    expect(messages[0]?.findings).toMatchObject([
      { severity: 'blocker', text: expect.stringMatching(/starts encrypted at once/) as string },
    ]);
  });
  it('tells of a device that hangs up on its certificate', async () => {
    const message = await caughtUnfinished(/checks certificates/, ({ port }) =>
      mail(port, { tls: { rejectUnauthorized: true } }).catch(() => undefined),
    );
    expect(message.findings[0]).toMatchObject({
      severity: 'blocker',
      fix: [expect.stringMatching(/certificate check off for this test only/)],
    });
  });
  it('waits for a better try after one that failed', async () => {
    const { messages } = await caught(async ({ port, hears }) => {
      const device = await speak(port, ['EHLO scanner', 'AUTH PLAIN AHgAeQ==', 'QUIT']);
      await device.closed;
      await hears(/signed in and gave up/);
      await mail(port);
    });
    expect(messages.map(({ complete }) => complete)).toEqual([false, true]);
  });
  it.each([
    ['nothing', ''],
    ['half a hello', '1603010200010001fc0303'],
  ])('stops while devices asked for encryption and sent %s', async (_, hex) => {
    const devices: Awaited<ReturnType<typeof speak>>[] = [];
    const stopped = caught(async ({ port, stop }) => {
      for (let index = 0; index < 3; index += 1) {
        const device = await speak(port, ['EHLO scanner', 'STARTTLS']);
        device.write(Buffer.from(hex, 'hex'));
        devices.push(device);
      }
      stop();
    });
    await expect(stopped).rejects.toThrow('aborted');
    await Promise.all(devices.map(({ closed }) => closed));
  });
  it('does not read more than it may', async () => {
    const before = process.memoryUsage().rss;
    const { messages } = await caught(async ({ port }) => {
      const { socket, write, closed } = await speak(port, ['EHLO scanner', ...ENVELOPE, 'DATA']);
      write('Subject: Long\r\n\r\n');
      const line = Buffer.from(`${'x'.repeat(998)}\r\n`.repeat(1024));
      while (!socket.destroyed && socket.writable)
        if (!socket.write(line)) await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
    });
    expect(messages).toMatchObject([{ complete: false, subject: 'Long' }]);
    expect(messages[0]?.bytes).toBeLessThan(60 * 1024 * 1024);
    expect(messages[0]?.findings[0]).toMatchObject({
      text: expect.stringMatching(/longer than 50 MB/) as string,
      fix: ['Scan with fewer dots (dpi) or fewer pages.'],
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  }, 20_000);
  it('keeps no control characters', async () => {
    const { messages } = await caught(async ({ port }) => {
      const device = await speak(port, ['EHLO scanner\u001B[2J', ...ENVELOPE, 'DATA']);
      await device.say('From: scanner@contoso.com\r\nSubject: \u001B[2Jred\r\n\r\nx\r\n.');
      device.socket.end();
    });
    expect(messages[0]).toMatchObject({ complete: true, subject: expect.stringContaining('red') });
    expect(JSON.stringify(messages)).not.toContain('\\u001b');
  });
  it('stops at once, while the certificate is made and while a device is silent', async () => {
    const early = new AbortController();
    const started = performance.now();
    const waiting = catchMail({ port: 0, domain: null, signal: early.signal, onProgress: () => undefined, t: english });
    early.abort();
    await expect(waiting).rejects.toThrow('aborted');
    expect(performance.now() - started).toBeLessThan(3000);
    let closed: Promise<unknown> = Promise.resolve();
    let stopped = 0;
    const silent = caught(async ({ port, stop }) => {
      const device = call(port);
      await device.reply();
      ({ closed } = device);
      stopped = performance.now();
      stop();
    });
    await expect(silent).rejects.toThrow('aborted');
    await closed;
    expect(performance.now() - stopped).toBeLessThan(1000);
  });
  it('turns others away when one device was chosen', async () => {
    const turnedAway = caught(
      async ({ port, stop, hears }) => {
        const device = call(port);
        expect(await device.reply()).toMatch(/^554 .*chosen device/);
        await device.closed;
        await hears(/turned away; it is not the device that was asked for/);
        stop();
      },
      { device: '192.168.1.50' },
    );
    await expect(turnedAway).rejects.toThrow('aborted');
  });
  it('hears the chosen device, and only that one', async () => {
    const { messages } = await caught(
      async ({ port }) => {
        const stranger = call(port);
        expect(await stranger.reply()).toMatch(/^554/);
        const device = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
        device.on('error', () => undefined).resume();
        const lines = ['EHLO scanner', ...ENVELOPE, 'DATA', `${header()}\r\n\r\nx\r\n.`, 'QUIT', ''];
        device.write(lines.join('\r\n'));
        await new Promise((resolve) => device.once('close', resolve));
      },
      { device: '127.0.0.2' },
    );
    expect(messages).toMatchObject([{ complete: true, fromIp: '127.0.0.2' }]);
  });
  it('ends by itself when the time is up', async () => {
    const { messages } = await caught(() => Promise.resolve(), { durationMs: 100 });
    expect(messages).toEqual([]);
  });
});
