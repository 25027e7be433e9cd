/** The router's own outside address, by NAT-PMP (RFC 6886) and UPnP: shows another router or a shared address in front of it. */
import dgram from 'node:dgram';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import type { Environment } from '../../core/environment.ts';
import { withDeadline } from './deadline.ts';
import { defaultGateways } from './default-gateway.ts';
import type { PeerGuard } from './smtp.ts';
import { askUpnp } from './upnp.ts';

export type RouterAnswer = {
  readonly way: 'nat-pmp' | 'upnp';
  /** Who answered: IPv4 address of the router. */
  readonly router: string;
  /** Its outside address, public or not. */
  readonly outside: string;
};

export type Router = {
  /** Reads only, opens no port. Empty when no router tells. @throws the signal's reason when aborted */
  readonly ask: (options: {
    readonly signal: AbortSignal;
    readonly deadlineMs?: number;
  }) => Promise<readonly RouterAnswer[]>;
};

const DEADLINE_MS = 2500;
const SSDP = '239.255.255.250:1900';
/** RFC 6886 §3.1: 250 ms, then twice as long each time. */
const FIRST_WAIT_MS = 250;

/** A router is a neighbour: nothing outside the office network is asked, and loopback only in a loopback world. */
const isNeighbour = (address: string, guard: PeerGuard): boolean => {
  const kind = addressKind(address);
  return kind === 'private' || kind === 'link-local' || (kind === 'loopback' && guard.loopback);
};

export function createRouter(environment: Environment, guard: PeerGuard): Router {
  const { router } = environment;
  return {
    ask: async ({ signal, deadlineMs = DEADLINE_MS }) => {
      signal.throwIfAborted();
      if (router === undefined) return [];
      const limit = withDeadline(signal, deadlineMs);
      const gateways = router.gateways ?? (router.local ? await defaultGateways() : []);
      const ssdp = router.ssdp ?? (router.local ? SSDP : null);
      const none = (): null => null;
      const answers = await Promise.all([
        ...gateways.map((gateway) => askNatPmp(gateway, guard, limit).catch(none)),
        ssdp === null ? null : askUpnp(ssdp, (address) => isNeighbour(address, guard), limit).catch(none),
      ]);
      signal.throwIfAborted();
      return answers.filter((answer) => answer !== null);
    },
  };
}

function askNatPmp(gateway: string, guard: PeerGuard, limit: AbortSignal): Promise<RouterAnswer | null> {
  const at = gateway.lastIndexOf(':');
  const host = parseIpv4(gateway.slice(0, at));
  if (host === null || !isNeighbour(host, guard)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    let wait = FIRST_WAIT_MS;
    let timer: NodeJS.Timeout | undefined;
    const end = (answer: RouterAnswer | null) => {
      clearTimeout(timer);
      limit.removeEventListener('abort', cut);
      socket.close();
      resolve(answer);
    };
    const cut = () => end(null);
    if (limit.aborted) {
      resolve(null);
      return;
    }
    limit.addEventListener('abort', cut, { once: true });
    socket.once('error', () => end(null));
    socket.on('message', (message) => {
      // Version 0, opcode 128 + 0, result 0, seconds since start, IPv4 address (RFC 6886 §3.2).
      if (message.length !== 12 || message[0] !== 0 || message[1] !== 128) return;
      if (message.readUInt16BE(2) !== 0) return end(null);
      end({ way: 'nat-pmp', router: host, outside: [...message.subarray(8, 12)].join('.') });
    });
    const send = () => {
      socket.send(Buffer.from([0, 0]));
      timer = setTimeout(send, wait);
      wait *= 2;
    };
    socket.connect(Number(gateway.slice(at + 1)), host, send);
  });
}
