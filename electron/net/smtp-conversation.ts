/** The probe's conversation: connect, greeting, EHLO, STARTTLS, EHLO again, QUIT, within one wall-clock deadline. */
import net from 'node:net';
import { addressKind, parseDomain, parseIpv4, parseIpv6 } from '../../core/address.ts';
import type { TranscriptLine } from '../../core/mail/test-document.ts';
import os from 'node:os';
import { endDeadline, withDeadline } from './deadline.ts';
import { cleanText } from './clean-text.ts';
import type { Dns } from './dns.ts';
import type { Pace } from './pace.ts';
import { readReplies, type Reply } from './smtp-replies.ts';
import type { PeerGuard, SmtpProbe, SmtpProbeOptions } from './smtp.ts';
import { prepareUpgrade, upgradeToTls } from './tls.ts';

type ProbeInput = SmtpProbeOptions & {
  readonly host: string;
  readonly port: number;
  readonly dns: Dns;
  readonly guard: PeerGuard;
  readonly pace: Pace;
  readonly ca: readonly string[];
  /** Told what is known when EHLO is answered. */
  readonly onHello?: (probe: SmtpProbe) => void;
};

const DEADLINE_MS = 20_000;
const CONNECT_MS = 10_000;
const HANDSHAKE_MS = 10_000;

type Mutable = { -readonly [K in keyof SmtpProbe]: SmtpProbe[K] };

/** @throws the signal's reason when aborted */
export async function probeSmtp(input: ProbeInput): Promise<SmtpProbe> {
  const { host, port, dns, guard, signal } = input;
  const begun = performance.now();
  const transcript: TranscriptLine[] = [];
  const log = (from: TranscriptLine['from'], line: string) =>
    transcript.push({ atMs: Math.round(performance.now() - begun), from, line: cleanText(line, 500) });
  const probe: Mutable = {
    host,
    port,
    address: null,
    outcome: 'no-address',
    banner: null,
    ehlo: [],
    seenAddress: null,
    startTls: { offered: false, outcome: null, error: null, tls: null },
    transcript,
    error: null,
    durationMs: 0,
  };
  const done = (outcome: SmtpProbe['outcome'], error: string | null = null): SmtpProbe => {
    if (error !== null) log('note', error);
    return { ...probe, outcome, error, durationMs: Math.round(performance.now() - begun) };
  };
  const address =
    input.address ?? parseIpv4(host) ?? (await dns.query(host, 'A', { signal }).catch(() => null))?.records[0]?.data;
  signal.throwIfAborted();
  if (address === undefined || parseIpv4(address) === null) return done('no-address', 'no IPv4 address');
  probe.address = address;
  const kind = addressKind(address);
  if (
    (kind === 'loopback' && !guard.loopback) ||
    kind === 'private' ||
    kind === 'shared' ||
    kind === 'link-local' ||
    kind === 'reserved' ||
    guard.ownListeners().includes(`${address}:${port}`)
  )
    return done('forbidden', `${address} is not asked`);
  // Waiting in line is not waiting for the server: a late turn is no silent port.
  await input.pace.turn('smtp', `${address}:${port}`, signal);
  signal.throwIfAborted();
  const limit = withDeadline(signal, input.deadlineMs ?? DEADLINE_MS);
  let socket: net.Socket;
  try {
    socket = await connect(address, port, limit);
  } catch (error) {
    signal.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'ETIMEDOUT';
    return done(
      code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : code === 'ETIMEDOUT' ? 'timeout' : 'unreachable',
      code,
    );
  }
  log('note', `connected to ${address}:${port}`);
  const destroy = () => socket.destroy();
  limit.addEventListener('abort', destroy, { once: true });
  let left = false;
  try {
    return await converse(socket);
  } catch (error) {
    signal.throwIfAborted();
    return limit.aborted
      ? done(probe.ehlo.length > 0 ? 'greeted' : probe.banner === null ? 'no-greeting' : 'closed', 'too slow')
      : done(probe.ehlo.length > 0 ? 'greeted' : 'closed', (error as Error).message);
  } finally {
    endDeadline(limit);
    limit.removeEventListener('abort', destroy);
    if (!left) socket.destroy();
  }

  async function converse(plain: net.Socket): Promise<SmtpProbe> {
    if (input.onlyHello !== true) prepareUpgrade(input.ca);
    const name = parseDomain(os.hostname()) ?? `[${(plain.localAddress ?? '127.0.0.1').replace('::ffff:', '')}]`;
    const replies = readReplies(plain);
    const say = async (socket: net.Socket, reader: ReturnType<typeof readReplies>, line: string): Promise<Reply> => {
      log('client', line);
      socket.write(`${line}\r\n`);
      return hear(reader);
    };
    /** Nobody waits for the goodbye: it tells nothing. */
    const leave = (socket: net.Socket): void => {
      log('client', 'QUIT');
      left = true;
      socket.end('QUIT\r\n');
      socket.destroySoon();
    };
    const hear = async (reader: ReturnType<typeof readReplies>): Promise<Reply> => {
      const reply = await reader.next();
      for (const line of reply.raw) log('server', line);
      return reply;
    };
    let greeting: Reply;
    try {
      greeting = await hear(replies);
    } catch (error) {
      signal.throwIfAborted();
      if (limit.aborted) return done('no-greeting', 'no greeting');
      return done((error as Error).name === 'NotSmtp' ? 'not-smtp' : 'closed', (error as Error).message);
    }
    probe.banner = greeting.lines[0] ?? '';
    if (greeting.code !== 220) return done('rejected', `greeting ${greeting.code}`);
    let hello = await say(plain, replies, `EHLO ${name}`);
    // A server that does not know EHLO may know the older word (RFC 5321 §3.2).
    if (hello.code >= 500) hello = await say(plain, replies, `HELO ${name}`);
    if (hello.code !== 250) return done('rejected', `hello ${hello.code}`);
    probe.ehlo = hello.lines;
    const seen = /\bHello \[(?:IPv6:)?([0-9a-fA-F:.]+)\]/.exec(hello.lines[0] ?? '')?.[1];
    probe.seenAddress = seen === undefined ? null : (parseIpv4(seen) ?? parseIpv6(seen));
    const offered = hello.lines.slice(1).some((line) => /^STARTTLS\b/i.test(line));
    probe.startTls = { ...probe.startTls, offered };
    input.onHello?.({ ...probe, outcome: 'greeted', durationMs: Math.round(performance.now() - begun) });
    if (!offered || input.onlyHello === true) {
      leave(plain);
      return done('greeted');
    }
    // What comes unasked would be taken for the answer to the next command.
    if (replies.leftover() > 0) {
      probe.startTls = { ...probe.startTls, outcome: 'injected', error: 'a reply to no command' };
      return done('greeted');
    }
    const go = await say(plain, replies, 'STARTTLS');
    if (go.code !== 220) {
      probe.startTls = { ...probe.startTls, outcome: 'refused', error: `${go.code} ${go.lines.join(' ')}` };
      return done('greeted');
    }
    if (replies.leftover() > 0) {
      probe.startTls = { ...probe.startTls, outcome: 'injected', error: 'bytes after the reply to STARTTLS' };
      return done('greeted');
    }
    replies.detach();
    const patience = withDeadline(limit, HANDSHAKE_MS);
    try {
      const { socket: secure, facts } = await upgradeToTls(plain, {
        host,
        ca: input.ca,
        signal: patience,
      });
      log('note', `${facts.protocol ?? ''} ${facts.cipher ?? ''}`);
      probe.startTls = { ...probe.startTls, outcome: 'done', tls: facts };
      const secureReplies = readReplies(secure);
      await say(secure, secureReplies, `EHLO ${name}`);
      leave(secure);
    } catch (error) {
      signal.throwIfAborted();
      if (probe.startTls.outcome === null)
        probe.startTls = {
          ...probe.startTls,
          outcome: 'failed',
          error: patience.aborted
            ? 'too slow'
            : cleanText((error as NodeJS.ErrnoException).code ?? (error as Error).message, 200),
        };
    } finally {
      endDeadline(patience);
    }
    return done('greeted');
  }
}

function connect(host: string, port: number, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, family: 4 });
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), CONNECT_MS);
    signal.addEventListener('abort', () => fail(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), {
      once: true,
    });
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}
