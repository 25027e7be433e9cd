/** Opens the connection to the relay host: over IPv4, by our own look-up, to peers that may be called. */
import net from 'node:net';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import type { Trouble } from '../../core/mail/trouble.ts';
import type { Dns } from '../net/dns.ts';
import { ownListeners } from '../net/own-listeners.ts';

const MOST_ADDRESSES = 3;

export type Connected = { readonly socket: net.Socket; readonly address: string };

/** Why no connection could be made; `message` is the system's or our own short reason. */
export class CannotConnect extends Error {
  readonly trouble: Extract<Trouble, 'no-connection' | 'not-on-the-internet'>;
  constructor(message: string, trouble: CannotConnect['trouble'] = 'no-connection') {
    super(message);
    this.trouble = trouble;
  }
}

type ConnectOptions = {
  readonly dns: Dns;
  readonly loopback: boolean;
  readonly signal: AbortSignal;
  /** For each address. */
  readonly connectMs: number;
};

/** The connector knows IPv4 addresses only, so the test goes that way. @throws CannotConnect; the signal's reason when aborted */
export async function connectTo(
  host: string,
  port: number,
  { dns, loopback, signal, connectMs }: ConnectOptions,
): Promise<Connected> {
  const literal = parseIpv4(host);
  const answer = literal === null ? await dns.query(host, 'A', { signal }) : null;
  const addresses = literal === null ? (answer?.records.map(({ data }) => data) ?? []) : [literal];
  if (addresses.length === 0) throw new CannotConnect(`ENOTFOUND ${host} (${answer?.status ?? ''})`);
  const allowed = addresses.filter((address) => {
    const kind = addressKind(address);
    if (ownListeners().includes(`${address}:${port}`)) return false;
    return kind === 'public' || (loopback && (kind === 'loopback' || kind === 'documentation'));
  });
  if (allowed.length === 0)
    throw new CannotConnect(`${addresses[0]} is not an address on the internet`, 'not-on-the-internet');
  let last = '';
  for (const address of allowed.slice(0, MOST_ADDRESSES))
    try {
      return { socket: await open(address, port, signal, connectMs), address };
    } catch (error) {
      signal.throwIfAborted();
      last = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    }
  throw new CannotConnect(`${last} ${host}:${port}`);
}

function open(host: string, port: number, signal: AbortSignal, connectMs: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = net.connect({ host, port });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cut);
      settle();
    };
    const fail = (error: Error) => end(() => reject(error));
    const cut = () => {
      socket.destroy();
      fail(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      socket.destroy();
      fail(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' }));
    }, connectMs);
    signal.addEventListener('abort', cut, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      end(() => resolve(socket));
    });
  });
}
