/** One device on the office network: which ports are open, and what its web page and SNMP say it is. */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { withDeadline } from './deadline.ts';
import { cleanText } from './clean-text.ts';
import type { DeviceSigns, PortState } from './lan.ts';
import type { PeerGuard } from './smtp.ts';

const PORT_MS = 3000;
const PAGE_BYTES = 64 * 1024;
/** sysDescr, sysObjectID (RFC 3418), hrDeviceDescr of the first device (RFC 2790). */
const OIDS = ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.2.0', '1.3.6.1.2.1.25.3.2.1.3.1'];

/** Whatever reaches the printing ports may come out as paper: LPD, and the raw ports of JetDirect. */
const PAPER_PORTS = new Set([515, 9100, 9101, 9102]);

type Options = { readonly signal: AbortSignal; readonly deadlineMs?: number };

const forbidden = (address: string, guard: PeerGuard): boolean => {
  const ip = parseIpv4(address);
  return address === 'localhost' ? !guard.loopback : ip !== null && addressKind(ip) === 'loopback' && !guard.loopback;
};

export function portState(
  address: string,
  port: number,
  { signal, deadlineMs = PORT_MS }: Options,
  guard: PeerGuard,
): Promise<PortState> {
  signal.throwIfAborted();
  if (PAPER_PORTS.has(port) || forbidden(address, guard) || guard.ownListeners().includes(`${address}:${port}`))
    return Promise.resolve('silent');
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cut);
      socket.destroy();
      settle();
    };
    const cut = () => end(() => reject(signal.reason as Error));
    const timer = setTimeout(() => end(() => resolve('silent')), deadlineMs);
    signal.addEventListener('abort', cut, { once: true });
    socket.once('connect', () => end(() => resolve('open')));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end(() => resolve(error.code === 'ECONNREFUSED' ? 'closed' : 'silent')),
    );
  });
}

export async function identifyDevice(
  address: string,
  { signal, deadlineMs = PORT_MS }: Options,
  guard: PeerGuard,
): Promise<DeviceSigns> {
  signal.throwIfAborted();
  if (forbidden(address, guard))
    return { httpServer: null, httpTitle: null, snmpDescription: null, snmpObjectId: null };
  const limit = withDeadline(signal, deadlineMs);
  const [web, snmp] = await Promise.all([askWeb(address, limit, deadlineMs), askSnmp(address, limit)]);
  signal.throwIfAborted();
  return {
    httpServer: null,
    httpTitle: null,
    ...web,
    ...snmp,
  };
}

type Page = Pick<DeviceSigns, 'httpServer' | 'httpTitle'>;

/** One request; a second one, encrypted, only where the first told nothing. */
async function askWeb(address: string, signal: AbortSignal, deadlineMs: number): Promise<Page | null> {
  const plain = await page(http, address, withDeadline(signal, deadlineMs / 2));
  if (signal.aborted || plain?.httpServer || plain?.httpTitle) return plain;
  return (await page(https, address, signal)) ?? plain;
}

/** The certificate of a device is its own; it is looked at for identification only and nothing is typed into it. */
function page(client: typeof http | typeof https, address: string, signal: AbortSignal): Promise<Page | null> {
  return new Promise((resolve) => {
    const request = client.request(
      {
        host: address,
        path: '/',
        signal,
        rejectUnauthorized: false,
        agent: false,
        timeout: PORT_MS,
      } as https.RequestOptions,
      (response) => {
        let text = '';
        const finish = () =>
          resolve({
            httpServer: response.headers.server ? cleanText(String(response.headers.server), 200) : null,
            httpTitle: /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]
              ? cleanText(/<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim() ?? '', 200)
              : null,
          });
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString('utf8');
          if (text.length > PAGE_BYTES) request.destroy();
        });
        response.on('close', finish);
        response.on('error', finish);
      },
    );
    request.on('error', () => resolve(null));
    request.on('timeout', () => request.destroy());
    request.end();
  });
}

async function askSnmp(
  address: string,
  signal: AbortSignal,
): Promise<Pick<DeviceSigns, 'snmpDescription' | 'snmpObjectId'>> {
  const nothing = { snmpDescription: null, snmpObjectId: null };
  const { default: snmp } = await import('net-snmp');
  return new Promise((resolve) => {
    const session = snmp.createSession(address, 'public', { version: snmp.Version2c, retries: 1, timeout: 1000 });
    const end = (value: Pick<DeviceSigns, 'snmpDescription' | 'snmpObjectId'>) => {
      signal.removeEventListener('abort', cut);
      session.close();
      resolve(value);
    };
    const cut = () => end(nothing);
    signal.addEventListener('abort', cut, { once: true });
    session.on('error', () => undefined);
    session.get(OIDS, (error, bindings = []) => {
      if (signal.aborted) return;
      if (error) return end(nothing);
      const text = (index: number) => {
        const binding = bindings[index];
        return !binding || snmp.isVarbindError(binding) ? null : cleanText(String(binding.value), 255);
      };
      end({ snmpDescription: text(2) ?? text(0), snmpObjectId: text(1) });
    });
  });
}
