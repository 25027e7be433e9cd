/** A mail server for one message from one device on the office network: shows what really arrives, passes nothing on. */
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { SMTPServerSession } from 'smtp-server';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import type { CaughtMessage } from '../../core/contract.ts';
import { AppError } from '../../core/errors.ts';
import { judgeCaught, type Caught } from '../../core/mail/judge-caught.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import { cleanText } from '../net/clean-text.ts';
import { createCatcherCertificate } from './catcher-certificate.ts';

export type CatchOptions = {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Only this IPv4 address may send. */
  readonly device?: string;
  readonly domain: string | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly t: Translate;
  /** Default 15 minutes. */
  readonly durationMs?: number;
};

const DURATION_MS = 15 * 60_000;
const SIZE_BYTES = 50 * 1024 * 1024;
/** Only the head of a message is kept. */
const HEAD_BYTES = 256 * 1024;
const SOCKET_MS = 60_000;

/** @returns what was caught until the first whole message, the end of the time, or a stop after something came */
export async function catchMail(options: CatchOptions): Promise<CaughtMessage[]> {
  const { signal, onProgress, t } = options;
  signal.throwIfAborted();
  const { SMTPServer } = await import('smtp-server');
  const { default: PostalMime } = await import('postal-mime');
  const messages: CaughtMessage[] = [];
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const tell = (text: string): void => onProgress({ topic: 'catch', state: 'waiting', message: text });
  const judged = ({ date, messageId, ...caught }: Caught): CaughtMessage => ({
    ...caught,
    findings: [...judgeCaught({ ...caught, date, messageId }, options.domain, new Date(), t)],
  });
  const authTried = new Set<string>();
  /** Calls that named a sender and have not finished a message. */
  const unfinished = new Map<
    string,
    Omit<Caught, 'headerFrom' | 'subject' | 'date' | 'messageId' | 'bytes' | 'complete'>
  >();

  const server = new SMTPServer({
    ...(await createCatcherCertificate()),
    banner: 'RelayReady catcher',
    size: SIZE_BYTES,
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    socketTimeout: SOCKET_MS,
    closeTimeout: 500,
    maxClients: 5,
    logger: false,
    onConnect: (session, callback) => {
      const from = plainAddress(session.remoteAddress);
      if (mayCall(from, options.device)) {
        tell(t('{address} is calling.', { address: from }));
        return callback();
      }
      tell(t('{address} was turned away; it is not the device that was asked for.', { address: from }));
      return callback(new Error('Only the chosen device may send here'));
    },
    // What was typed as a password is not looked at; the device shall go on, so that the rest is seen.
    onAuth: (_, session, callback) => {
      authTried.add(session.id);
      callback(null, { user: 'device' });
    },
    onRcptTo: (_, session, callback) => {
      unfinished.set(session.id, seen(session));
      callback();
    },
    onData: (stream, session, callback) => {
      const answer = async (): Promise<void> => {
        let failure: Error | null = null;
        await keep(stream, session).catch((error: Error) => (failure = error));
        callback(failure, 'Caught; nothing is passed on');
      };
      void answer();
    },
    onClose: (session) => {
      const half = unfinished.get(session.id);
      if (!half) return;
      unfinished.delete(session.id);
      const nothing = { headerFrom: null, subject: null, date: null, messageId: null, bytes: 0, complete: false };
      messages.push(judged({ ...half, ...nothing }));
      tell(t('The device broke off before the message was whole.'));
    },
  });

  /** Reads the message to its end and keeps its head. */
  async function keep(stream: AsyncIterable<Buffer>, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of stream) {
      if (bytes < HEAD_BYTES) chunks.push(chunk);
      bytes += chunk.length;
    }
    unfinished.delete(session.id);
    messages.push(judged({ ...seen(session), ...(await read(Buffer.concat(chunks))), bytes, complete: true }));
    finish();
  }

  /** What is known of a device by its conversation alone. */
  function seen(
    session: SMTPServerSession,
  ): Omit<Caught, 'headerFrom' | 'subject' | 'date' | 'messageId' | 'bytes' | 'complete'> {
    const { mailFrom, rcptTo } = session.envelope;
    return {
      fromIp: plainAddress(session.remoteAddress),
      helo: session.hostNameAppearsAs ? cleanText(session.hostNameAppearsAs, 200) : null,
      tls: session.secure ? 'TLS' : null,
      authTried: authTried.has(session.id),
      mailFrom: mailFrom === false ? '' : cleanText(mailFrom.address, 320),
      recipients: rcptTo.map(({ address }) => cleanText(address, 320)),
    };
  }

  async function read(head: Buffer): Promise<Pick<Caught, 'headerFrom' | 'subject' | 'date' | 'messageId'>> {
    const mail = await PostalMime.parse(Readable.toWeb(Readable.from([head])) as never).catch(() => null);
    const clean = (value: string | undefined): string | null =>
      value === undefined || value === '' ? null : cleanText(value, 500);
    return {
      headerFrom: clean(mail?.from?.address),
      subject: clean(mail?.subject),
      date: clean(mail?.headers.find(({ key }) => key === 'date')?.value),
      messageId: clean(mail?.messageId),
    };
  }

  server.on('error', () => undefined);
  const stop = (): void => finish();
  const timer = setTimeout(stop, options.durationMs ?? DURATION_MS);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const port = await listening(server, options.port);
    tell(
      t('Waiting for the device. Enter {addresses} as its server, port {port}.', {
        addresses: ownAddresses().join(t(' or ')),
        port: String(port),
      }),
    );
    await finished;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  if (messages.length === 0) signal.throwIfAborted();
  return messages;
}

const plainAddress = (address: string): string => address.replace(/^::ffff:/, '');

/** Nobody from the internet; with a device chosen, nobody else. */
function mayCall(from: string, device: string | undefined): boolean {
  if (device !== undefined) return from === device;
  const ip = parseIpv4(from);
  return ip !== null && ['private', 'loopback', 'link-local', 'shared'].includes(addressKind(ip));
}

const ownAddresses = (): readonly string[] => {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = found.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  return outside.length > 0 ? outside : ['127.0.0.1'];
};

type Server = {
  listen: (port: number, host: string) => unknown;
  readonly server: NodeJS.EventEmitter & { address: () => unknown };
};

/** @throws AppError `port-in-use` */
function listening(server: unknown, port: number): Promise<number> {
  const { server: socket, ...rest } = {
    server: (server as Server).server,
    start: (server as Server).listen.bind(server),
  };
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new AppError(
          'port-in-use',
          say('Port {port} cannot be listened on ({code}).', { port: String(port), code: error.code ?? '?' }),
          {
            field: '--port',
            remedy: say('Choose another port, for example 2526; ports below 1024 usually need an administrator.'),
            cause: error,
          },
        ),
      ),
    );
    socket.once('listening', () => resolve((socket.address() as AddressInfo).port));
    rest.start(port, '0.0.0.0');
  });
}
