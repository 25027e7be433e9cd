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

describe('catcher', () => {
  it('shows a good message and finds nothing against it', async () => {
    const { messages } = await caught((port) => mail(port));
    expect(messages).toMatchObject([
      {
        fromIp: '127.0.0.1',
        tls: 'TLS',
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
  it('sees a sign-in and keeps no password', async () => {
    const { messages } = await caught((port) =>
      mail(port, { ignoreTLS: true, auth: { user: 'scanner', pass: 'planted-password' } }),
    );
    expect(messages[0]).toMatchObject({ authTried: true, tls: null });
    expect(JSON.stringify(messages)).not.toContain('planted-password');
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
