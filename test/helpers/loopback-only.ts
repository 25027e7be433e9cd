/** Fails any test that reaches past the loopback range. */
import dgram from 'node:dgram';
import net from 'node:net';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost|0\.0\.0\.0|::)$/;
/** mDNS (RFC 6762) stays on the link; the browse test uses it on the loopback interface. */
const ALLOWED_GROUPS = new Set(['224.0.0.251', 'ff02::fb']);

const refuse = (address: string): never => {
  throw new Error(`A test tried to reach ${address}; tests stay on the loopback range.`);
};

const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const flat = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0];
  const target =
    typeof flat === 'object' && flat !== null
      ? (flat as { host?: string; path?: string })
      : { host: typeof args[1] === 'string' ? args[1] : 'localhost' };
  const named = typeof flat === 'object' && flat !== null && 'lookup' in flat && (flat as { lookup?: unknown }).lookup;
  if (!('path' in target && target.path) && !named && target.host !== undefined && !LOOPBACK.test(target.host))
    refuse(target.host);
  this.once('connect', () => {
    if (this.remoteAddress !== undefined && !LOOPBACK.test(this.remoteAddress)) refuse(this.remoteAddress);
  });
  return connect.apply(this, args);
};

const send = dgram.Socket.prototype.send as (...args: unknown[]) => void;
dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]) {
  const address = args.find((value, index) => index > 0 && typeof value === 'string') as string | undefined;
  if (address !== undefined && !LOOPBACK.test(address) && !ALLOWED_GROUPS.has(address)) refuse(address);
  send.apply(this, args);
} as typeof dgram.Socket.prototype.send;
