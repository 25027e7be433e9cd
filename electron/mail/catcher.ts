/** A mail server for one message from one device on the office network: shows what really arrives, passes nothing on. */
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import type net from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Readable } from 'node:stream';
import type { SMTPServer, SMTPServerSession } from 'smtp-server';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import type { CaughtMessage } from '../../core/contract.ts';
import { AppError } from '../../core/errors.ts';
import { judgeCaught, type Caught } from '../../core/mail/judge-caught.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import { cleanText } from '../net/clean-text.ts';
import { createCatcherCertificate } from './catcher-certificate.ts';
import {
  addRecipient,
  hearSession,
  isTelling,
  MOST_BYTES,
  newCall,
  readMessage,
  withoutMessage,
} from './device-call.ts';
import type { DeviceCall } from './device-call.ts';

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
const SOCKET_MS = 60_000;
const CLOSE_MS = 500;
/** Devices try again and again. */
const MOST_MESSAGES = 20;
const MOST_PROGRESS = 100;

/**
 * @returns what was caught until the first whole message, the end of the time, or a stop after something came
 * @throws AppError `port-in-use`; the signal's reason when stopped before anything came
 */
export async function catchMail(options: CatchOptions): Promise<CaughtMessage[]> {
  const { signal, onProgress, t } = options;
  signal.throwIfAborted();
  const { SMTPServer } = await import('smtp-server');
  const messages: CaughtMessage[] = [];
  const calls = new Map<string, DeviceCall>();
  const reading = new Map<Readable, Promise<void>>();
  const sockets = new Set<net.Socket>();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const told = new Set<string>();
  const tell = (message: string): void => {
    if (told.has(message) || told.size >= MOST_PROGRESS) return;
    told.add(message);
    onProgress({ topic: 'catch', state: 'waiting', message });
  };
  let ended = false;
  const keep = (caught: Caught): void => {
    if (ended) return;
    const message = judged(caught, options.domain, t);
    const text = JSON.stringify(message);
    if (messages.length >= MOST_MESSAGES || messages.some((known) => JSON.stringify(known) === text)) return;
    messages.push(message);
  };
  const callOf = (session: SMTPServerSession): DeviceCall => {
    const call = calls.get(session.id) ?? newCall(plainAddress(session.remoteAddress));
    calls.set(session.id, call);
    hearSession(call, session);
    return call;
  };

  // The library has no hook for STARTTLS but its log, which leaves out what is secret; nothing else of it is heard.
  const silent = (): void => undefined;
  const debug = ({ cid, command }: { readonly cid?: string; readonly command?: string }): void => {
    const call = command === 'STARTTLS' ? calls.get(cid ?? '') : undefined;
    if (call) call.tlsAsked = true;
  };
  const logger = { debug, info: silent, warn: silent, error: silent, trace: silent, fatal: silent, level: silent };

  const server = new SMTPServer({
    ...(await createCatcherCertificate()),
    ...oldCiphers(),
    banner: 'RelayReady catcher',
    size: MOST_BYTES,
    authOptional: true,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    socketTimeout: SOCKET_MS,
    closeTimeout: CLOSE_MS,
    maxClients: 5,
    logger: logger as never,
    onConnect: (session, callback) => {
      const address = plainAddress(session.remoteAddress);
      const refusal = mayCall(address, options.device);
      if (refusal === null) {
        callOf(session);
        tell(t('{address} is calling.', { address }));
        return callback();
      }
      tell(
        refusal === 'other-device'
          ? t('{address} was turned away; it is not the device that was asked for.', { address })
          : t('{address} was turned away; it is not in the office network.', { address }),
      );
      return callback(new Error('Only the chosen device may send here'));
    },
    onSecure: (socket, session, callback) => {
      callOf(session).tls = socket instanceof tls.TLSSocket ? (socket.getProtocol() ?? 'TLS') : 'TLS';
      callback();
    },
    // Name and password are not looked at.
    onAuth: (_, session, callback) => {
      callOf(session).authTried = true;
      tell(t('The device tried to sign in. Switch authentication off on the device and scan again.'));
      callback(new Error('No sign-in here; switch authentication off'));
    },
    onMailFrom: ({ address }, session, callback) => {
      const call = callOf(session);
      call.mailFrom = cleanText(address, 320);
      call.recipients = [];
      callback();
    },
    onRcptTo: ({ address }, session, callback) => {
      addRecipient(callOf(session), address);
      callback();
    },
    onData: (stream, session, callback) => {
      const declared8Bit = session.envelope.bodyType?.toLowerCase() === '8bitmime';
      const call = callOf(session);
      // From here on the message speaks for itself.
      calls.set(session.id, { ...call, authTried: false, mailFrom: null, recipients: [] });
      const read = readMessage(stream, call, declared8Bit).then((caught) => {
        reading.delete(stream);
        // With a whole message in hand, what we ourselves cut off is nobody's fault.
        if (caught.complete || !messages.some(({ complete }) => complete)) keep(caught);
        callback(null, 'Caught; nothing is passed on');
        if (caught.complete || caught.tooLong) finish();
        else tell(t('The device broke off before the message was whole.'));
      });
      reading.set(stream, read);
    },
    onClose: (session) => {
      const call = calls.get(session.id);
      if (!call) return;
      calls.delete(session.id);
      // It asked for encryption and left without another word: devices that mistrust the certificate do.
      if (call.tlsAsked && (call.tls === null || !session.hostNameAppearsAs)) call.tlsError ??= t('hung up');
      if (!isTelling(call)) return;
      keep(withoutMessage(call));
      tell(t('The device broke off before the message was whole.'));
    },
  });
  server.server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', (error: NodeJS.ErrnoException & { remoteAddress?: string }) => {
    if (!/SSL|TLS/.test(`${error.code} ${error.message}`)) return;
    const reason = cleanText(error.code ?? error.message, 100);
    const address = plainAddress(error.remoteAddress ?? '');
    for (const call of calls.values()) if (call.fromIp === address && call.mailFrom === null) call.tlsError = reason;
    tell(t('{address} could not agree on encryption ({reason}).', { address, reason }));
  });

  const stop = (): void => finish();
  const timer = setTimeout(stop, options.durationMs ?? DURATION_MS);
  signal.addEventListener('abort', stop, { once: true });
  try {
    // The certificate took a moment, in which nobody listened for a stop.
    signal.throwIfAborted();
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
    for (const stream of reading.keys()) stream.destroy(new Error('stopped'));
    await Promise.all(reading.values());
    const open = [...calls.values()].filter(isTelling);
    if (messages.length === 0) for (const call of open) keep(withoutMessage(call));
    ended = true;
    if (signal.aborted) for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    // A peer that never hangs up must not keep the line.
    for (const socket of sockets) socket.destroy();
  }
  if (messages.length === 0) signal.throwIfAborted();
  return messages;
}

const judged = (caught: Caught, domain: string | null, t: Translate): CaughtMessage => {
  const { fromIp, helo, tls: protocol, authTried, mailFrom, recipients, headerFrom, subject, bytes, complete } = caught;
  const findings = [...judgeCaught(caught, domain, new Date(), t)];
  const seen = { fromIp, helo, tls: protocol, authTried, mailFrom, recipients, headerFrom, subject, bytes, complete };
  return { ...seen, findings };
};

/** Old devices shall get through to be told that they are old; not every TLS library knows how to allow that. */
function oldCiphers(): { readonly ciphers?: string } {
  const ciphers = 'DEFAULT@SECLEVEL=0';
  try {
    tls.createSecureContext({ ciphers });
    return { ciphers };
  } catch {
    return {};
  }
}

const plainAddress = (address: string): string => address.replace(/^::ffff:/, '');

/** Nobody from the internet; with a device chosen, nobody else. */
function mayCall(from: string, device: string | undefined): 'other-device' | 'outside' | null {
  const ip = parseIpv4(from);
  if (ip === null || !['private', 'loopback', 'link-local'].includes(addressKind(ip))) return 'outside';
  return device === undefined || from === device ? null : 'other-device';
}

const ownAddresses = (): readonly string[] => {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = found.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  return outside.length > 0 ? outside : ['127.0.0.1'];
};

/** @throws AppError `port-in-use` */
async function listening(server: SMTPServer, port: number): Promise<number> {
  const socket: net.Server = server.server;
  const ready = once(socket, 'listening');
  server.listen(port, '0.0.0.0');
  await ready.catch((error: NodeJS.ErrnoException) => {
    throw new AppError(
      'port-in-use',
      say('Port {port} cannot be listened on ({code}).', { port: String(port), code: error.code ?? '?' }),
      {
        field: '--port',
        remedy: say('Choose another port, for example 2526; ports below 1024 usually need an administrator.'),
        cause: error,
      },
    );
  });
  return (socket.address() as AddressInfo).port;
}
