/** Starts the catcher for a test, and a device that speaks to it byte by byte as the test likes. */
import net from 'node:net';
import type { CaughtMessage } from '../../../core/calls/devices.ts';
import { english } from '../../../core/text.ts';
import { createCatcherCertificate } from '../../../electron/mail/catcher-certificate.ts';
import { catchMail, type CatchOptions } from '../../../electron/mail/catcher.ts';

export type Catching = {
  readonly port: number;
  readonly told: readonly string[];
  /** Resolves once a progress message matches, also an earlier one. */
  readonly hears: (words: RegExp) => Promise<void>;
  readonly stop: () => void;
};

/** One for all tests of a file: making it takes longer than most of them. */
const certificate = createCatcherCertificate();

/** Starts the catcher and hands it to the device; `messages` is what was caught when it had ended. */
export async function caught(device: (catching: Catching) => Promise<unknown>, options: Partial<CatchOptions> = {}) {
  const controller = new AbortController();
  const told: string[] = [];
  const listeners = new Set<() => void>();
  const hears = (words: RegExp): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!told.some((message) => words.test(message))) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  const catching = catchMail({
    port: 0,
    certificate: await certificate,
    domain: 'contoso.com',
    signal: controller.signal,
    onProgress: ({ message }) => {
      told.push(message);
      for (const look of listeners) look();
    },
    t: english,
    ...options,
    // Less patience with those who start encrypted saves every test a moment.
    limits: { listenMs: 20, ...options.limits },
  });
  const run = async () => {
    await Promise.race([hears(/port \d+/), catching]);
    const port = Number(/port (\d+)/.exec(told.join(' '))?.[1]);
    await device({ port, told, hears, stop: () => controller.abort() });
  };
  const [messages] = await Promise.all([catching, run()]);
  return { messages, told };
}

/** A device whose call is expected to end without a whole message: waits until the catcher has told why, then stops it. */
export async function caughtUnfinished(
  words: RegExp,
  device: (catching: Catching) => Promise<unknown>,
  options: Partial<CatchOptions> = {},
): Promise<CaughtMessage> {
  const { messages } = await caught(async (catching) => {
    await device(catching);
    await catching.hears(words);
    catching.stop();
  }, options);
  if (messages.length !== 1 || !messages[0]) throw new Error(`${messages.length} messages`);
  return messages[0];
}

export type Device = {
  readonly socket: net.Socket;
  /** All it heard so far. */
  readonly heard: () => string;
  /** The next whole reply of the server, or what was left of it when the line was closed. */
  readonly reply: () => Promise<string>;
  /** Writes the line with CRLF and waits for the reply. */
  readonly say: (line: string) => Promise<string>;
  readonly write: (bytes: string | Buffer) => void;
  readonly closed: Promise<void>;
};

export function call(port: number, host = '127.0.0.1'): Device {
  const socket = net.connect({ port, host });
  let all = '';
  let unread = '';
  let open = true;
  let look: () => void = () => undefined;
  socket.setEncoding('latin1');
  socket.on('error', () => undefined);
  socket.on('data', (text: string) => {
    all += text;
    unread += text;
    look();
  });
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      open = false;
      look();
      resolve();
    }),
  );
  const reply = (): Promise<string> =>
    new Promise((resolve) => {
      look = () => {
        const whole = /^(?:\d{3}-[^\n]*\n)*\d{3} [^\n]*\n/.exec(unread)?.[0];
        if (whole === undefined && open) return;
        look = () => undefined;
        unread = unread.slice((whole ?? unread).length);
        resolve(whole ?? '');
      };
      look();
    });
  const write = (bytes: string | Buffer): void => void socket.write(bytes);
  const say = (line: string): Promise<string> => {
    write(`${line}\r\n`);
    return reply();
  };
  return { socket, heard: () => all, reply, say, write, closed };
}

export const ENVELOPE = ['MAIL FROM:<scanner@contoso.com>', 'RCPT TO:<office@contoso.com>'];

/** Hears the greeting and says each line; returns the device for what comes next. */
export async function speak(port: number, lines: readonly string[]): Promise<Device> {
  const device = call(port);
  await device.reply();
  for (const line of lines) await device.say(line);
  return device;
}

export const header = (lines: readonly string[] = []): string =>
  [
    'From: scanner@contoso.com',
    'To: office@contoso.com',
    'Subject: Scan',
    `Date: ${new Date().toUTCString()}`,
    'Message-ID: <1@contoso.com>',
    ...lines,
  ].join('\r\n');
