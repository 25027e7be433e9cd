/** A mail server for one message from one device on the office network: shows what really arrives, passes nothing on. */
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { CaughtMessage } from '../../core/calls/devices.ts';
import { AppError } from '../../core/errors.ts';
import type { Caught } from '../../core/mail/caught.ts';
import { judgeCaught } from '../../core/mail/judge-caught.ts';
import type { Progress } from '../../core/progress.ts';
import { say, type Translate } from '../../core/text.ts';
import { isOurs } from '../net/own-listeners.ts';
import { isElsewhere, ownAddresses, plainAddress, refusal, toType, type OwnAddress } from './catcher-access.ts';
import { createCatcherCertificate } from './catcher-certificate.ts';
import { LIMITS, talk, type TalkLimits } from './catcher-talk.ts';
import { oldFriendlyContext } from './catcher-tls.ts';
import { newCall } from './device-call.ts';

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
  /** Quiet after which the likely reasons are told; default one minute. */
  readonly quietMs?: number;
  readonly limits?: Partial<TalkLimits>;
  /** PEM texts; by default made anew. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly addresses?: () => readonly OwnAddress[];
};

const DURATION_MS = 15 * 60_000;
const QUIET_MS = 60_000;
/** With a whole message in hand, others on the line may finish theirs. */
const LINGER_MS = 1500;
const LOOK_MS = 1000;
/** Devices try again and again. */
const MOST_MESSAGES = 20;
const MOST_PROGRESS = 100;

/**
 * @returns what was caught until the first whole message, the end of the time, or a stop after something came
 * @throws AppError `port-in-use`; the signal's reason when stopped before anything came
 */
export async function catchMail(options: CatchOptions): Promise<CaughtMessage[]> {
  const { signal, onProgress, t, device, addresses = ownAddresses } = options;
  signal.throwIfAborted();
  const secureContext = oldFriendlyContext(options.certificate ?? (await createCatcherCertificate()));
  // The certificate took a moment, in which nobody listened for a stop.
  signal.throwIfAborted();
  const messages = new Map<string, CaughtMessage>();
  const calls = new Map<net.Socket, { readonly from: string; readonly talk: Promise<void> }>();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const told = new Set<string>();
  const tell = (message: string): void => {
    if (told.has(message) || told.size >= MOST_PROGRESS) return;
    told.add(message);
    onProgress({ topic: 'catch', state: 'waiting', message });
  };
  let ending = false;
  let called = false;
  const keep = (caught: Caught): void => {
    // What we ourselves cut off is nobody's fault.
    if (ending && !caught.complete && messages.size > 0) return;
    const message = judged(caught, options.domain, t);
    const key = JSON.stringify({ ...message, headers: [] });
    const known = messages.get(key);
    if (known) messages.set(key, { ...known, times: known.times + 1 });
    else {
      // A whole message is what it is all for; the oldest of the failed tries makes room.
      const [oldest] = messages.keys();
      if (messages.size >= MOST_MESSAGES && caught.complete && oldest !== undefined) messages.delete(oldest);
      if (messages.size < MOST_MESSAGES) messages.set(key, message);
    }
    if (caught.complete || caught.tooLong) finish();
    else tell(message.findings[0]?.text ?? '');
  };

  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    called = true;
    const from = plainAddress(socket.remoteAddress ?? '');
    const refused = refusal(
      from,
      device,
      [...calls.values()].map((call) => call.from),
    );
    if (refused !== null || ending) {
      if (refused) tell(t(refused.message, refused.values));
      socket.end('554 Only the chosen device may send here\r\n', () => socket.destroy());
      return;
    }
    tell(t('{address} is calling.', { address: from }));
    const call = newCall(from);
    let caughtOne = false;
    const conversation = talk({
      socket,
      call,
      secureContext,
      limits: { ...LIMITS, ...options.limits },
      stopped: () => ending,
      onSignIn: () => tell(t('The device signs in. What it says is thrown away unread.')),
      onCaught: (caught) => {
        caughtOne = true;
        keep(caught);
      },
    }).then(() => {
      calls.delete(socket);
      if (!caughtOne && !ending)
        tell(t('{address} only tried the line. Some “Test” buttons do no more: scan a real page.', { address: from }));
    });
    calls.set(socket, { from, talk: conversation });
  });

  const port = await listening(server, options.port);
  const invite = (): string => {
    const own = addresses();
    const shown = toType(own, device, t);
    tell(
      t('Waiting for the device. Enter {addresses} as its server, port {port}.', {
        addresses: shown,
        port: String(port),
      }),
    );
    if (isElsewhere(own, device))
      tell(
        t(
          'This computer has no address in the network of {device}. Leave the VPN or the guest Wi-Fi, or use a cable.',
          { device: device ?? '' },
        ),
      );
    return shown;
  };
  let shown = invite();
  const started = { wall: Date.now(), ticks: performance.now() };
  const watch = setInterval(
    () => {
      // The clock on the wall, too: a computer that slept for an hour does not go on listening.
      const passed = Math.max(Date.now() - started.wall, performance.now() - started.ticks);
      if (passed >= (options.durationMs ?? DURATION_MS)) return finish();
      if (passed >= (options.quietMs ?? QUIET_MS) && !called) tell(quiet(port, t));
      if (toType(addresses(), device, t) === shown) return;
      tell(t('The address of this computer has changed.'));
      shown = invite();
    },
    Math.min(LOOK_MS, (options.durationMs ?? DURATION_MS) / 4),
  );
  signal.addEventListener('abort', finish, { once: true });
  if (signal.aborted) finish();
  try {
    await finished;
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', finish);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if (!signal.aborted)
      await Promise.race([Promise.all([...calls.values()].map((call) => call.talk)), pause(LINGER_MS)]);
    ending = true;
    for (const socket of calls.keys()) socket.destroy();
    await Promise.all([...calls.values()].map((call) => call.talk));
    await closed;
  }
  if (messages.size === 0) signal.throwIfAborted();
  return [...messages.values()];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const quiet = (port: number, t: Translate): string =>
  t(
    'Nobody has called yet. If this computer’s firewall asked, allow it, also port {port}; check that device and computer are in the same network, and that the device really sends now.',
    { port: String(port) },
  );

const judged = (caught: Caught, domain: string | null, t: Translate): CaughtMessage => {
  const { fromIp, helo, tls, authTried, mailFrom, recipients, headerFrom, subject, headers, bytes, complete } = caught;
  const offered = caught.hello && { versions: [...caught.hello.versions], ciphers: [...caught.hello.ciphers] };
  const seen = { fromIp, helo, tls, offered, authTried, mailFrom, recipients, headerFrom, subject, headers };
  return { ...seen, bytes, complete, times: 1, findings: [...judgeCaught(caught, domain, new Date(), t)] };
};

/** @throws AppError `port-in-use` */
async function listening(server: net.Server, port: number): Promise<number> {
  const ready = once(server, 'listening');
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
  server.on('error', () => undefined);
  isOurs(server);
  return (server.address() as AddressInfo).port;
}
