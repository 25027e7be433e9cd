/** The catcher among strangers, crowds and retries: bounded, never a relay, nothing on the disk. */
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { call, caught, caughtUnfinished, ENVELOPE, header, speak } from './catching.ts';

const PAGE = `${header()}\r\n\r\nOne page.\r\n.`;

describe('catcher among strangers', () => {
  it('hears at most five at a time, three of one address, and turns the others away at once', async () => {
    const { messages, told } = await caught(async ({ port }) => {
      const kept = [];
      for (let index = 0; index < 3; index += 1) kept.push(await speak(port, ['EHLO scanner']));
      const crowd = await Promise.all(
        Array.from({ length: 200 }, async () => {
          const device = call(port);
          const reply = await device.reply();
          await device.closed;
          return reply;
        }),
      );
      expect(new Set(crowd.map((reply) => reply.slice(0, 3)))).toEqual(new Set(['554']));
      const [first] = kept;
      for (const line of [...ENVELOPE, 'DATA', PAGE]) await first?.say(line);
    });
    expect(messages).toMatchObject([{ complete: true }]);
    expect(told.filter((message) => message.includes('calls too often'))).toHaveLength(1);
  });
  it('survives a thousand calls of a stranger without a word to each, and still hears its device', async () => {
    const before = process.memoryUsage().rss;
    const { messages, told } = await caught(
      async ({ port }) => {
        for (let batch = 0; batch < 20; batch += 1)
          await Promise.all(Array.from({ length: 50 }, () => call(port).closed));
        const device = net.connect({ port, host: '127.0.0.1', localAddress: '127.0.0.2' });
        device.on('error', () => undefined).resume();
        device.write(['EHLO scanner', ...ENVELOPE, 'DATA', PAGE, 'QUIT', ''].join('\r\n'));
        await new Promise((resolve) => device.once('close', resolve));
      },
      { device: '127.0.0.2' },
    );
    expect(messages).toMatchObject([{ complete: true, fromIp: '127.0.0.2' }]);
    expect(told.length).toBeLessThan(10);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
  it('hangs up on who drips, however busy the line is', async () => {
    const message = await caughtUnfinished(
      /fell silent|nothing more/,
      async ({ port }) => {
        const { socket, closed } = await speak(port, ['EHLO scanner', ...ENVELOPE, 'DATA']);
        const drip = setInterval(() => socket.write('x'), 20);
        await closed;
        clearInterval(drip);
      },
      { limits: { idleMs: 5000, callMs: 500 } },
    );
    expect(message).toMatchObject({ complete: false });
  });
  it('hangs up on endless commands', async () => {
    const stopped = caught(async ({ port, stop }) => {
      const device = await speak(port, ['EHLO scanner']);
      for (let sent = 0; sent < 1500 && !device.socket.destroyed; sent += 1) device.write('NOOP\r\n');
      await device.closed;
      stop();
    });
    await expect(stopped).rejects.toThrow('aborted');
  });
  it('takes mail to anyone, and passes none on', async () => {
    const outside: string[] = [];
    // Every connection a process of Node opens goes through here.
    const connect = net.Socket.prototype.connect;
    let ours = 0;
    net.Socket.prototype.connect = function (this: net.Socket, ...args: Parameters<typeof connect>) {
      ours += 1;
      outside.push(JSON.stringify(args[0]));
      return connect.apply(this, args);
    } as typeof connect;
    try {
      const { messages } = await caught(async ({ port }) => {
        const device = await speak(port, ['EHLO scanner', ENVELOPE[0] ?? '']);
        expect(await device.say('RCPT TO:<anyone@example.org>')).toMatch(/nothing is passed on/);
        for (const line of ['DATA', PAGE]) await device.say(line);
        device.socket.end();
      });
      expect(messages).toMatchObject([{ complete: true, recipients: ['anyone@example.org'] }]);
    } finally {
      net.Socket.prototype.connect = connect;
    }
    // The device's own call, and no other.
    expect({ ours, outside }).toMatchObject({ ours: 1 });
  });
  it('counts the same try of a device instead of showing it again and again', async () => {
    const { messages } = await caught(async ({ port, hears, stop }) => {
      for (let tries = 0; tries < 5; tries += 1) {
        const device = await speak(port, ['EHLO scanner', 'AUTH PLAIN AHgAeQ==', 'QUIT']);
        await device.closed;
      }
      await hears(/signed in and gave up/);
      // The line of the last try is closed on our side, too, once the next one is heard.
      const last = await speak(port, ['EHLO scanner', 'QUIT']);
      await last.closed;
      await hears(/only tried the line/);
      stop();
    });
    expect(messages).toMatchObject([{ times: 5, authTried: true }]);
  });
  it('takes two messages that come at the same time', async () => {
    const { messages } = await caught(async ({ port }) => {
      const one = await speak(port, ['EHLO scanner', ...ENVELOPE, 'DATA']);
      const other = await speak(port, ['EHLO scanner', ...ENVELOPE, 'DATA']);
      await one.say(PAGE.replace('Subject: Scan', 'Subject: First'));
      await other.say(PAGE.replace('Subject: Scan', 'Subject: Second'));
      for (const { socket } of [one, other]) socket.end('QUIT\r\n');
    });
    expect(messages.map(({ subject }) => subject)).toEqual(['First', 'Second']);
  });
});
