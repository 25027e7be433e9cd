/** Encryption for the catcher: reads what the device offers first, then agrees to it where this computer can. */
import type net from 'node:net';
import tls from 'node:tls';

import { cleanText } from '../net/clean-text.ts';

export const HUNG_UP = 'hung up';

/** Old devices shall get through to be told that they are old; not every TLS library knows how to allow that. */
export function oldFriendlyContext(certificate: { readonly cert: string; readonly key: string }): tls.SecureContext {
  try {
    return tls.createSecureContext({ ...certificate, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
  } catch {
    return tls.createSecureContext({ ...certificate, minVersion: 'TLSv1' });
  }
}

export type Secured =
  | { readonly socket: tls.TLSSocket; readonly protocol: string }
  | {
      readonly socket: null;
      /** Technical, cleaned. */
      readonly reason: string;
      /** The device said that it does not know the certificate, or hung up on it. */
      readonly mistrusts: boolean;
    };

/** @param heard bytes of the hello that were read already */
export function secure(raw: net.Socket, heard: Buffer, secureContext: tls.SecureContext): Promise<Secured> {
  raw.pause();
  raw.removeAllListeners('data');
  if (heard.length > 0) raw.unshift(heard);
  return new Promise((resolve) => {
    const socket = new tls.TLSSocket(raw, { isServer: true, secureContext });
    // Half-open lines are for what was sent in plain; here the end is the end.
    socket.once('end', () => socket.destroy());
    let failed = false;
    const fail = (reason: string, mistrusts: boolean): void => {
      if (failed) return;
      failed = true;
      raw.destroy();
      resolve({ socket: null, reason: cleanText(reason, 100), mistrusts });
    };
    socket.once('secure', () => resolve({ socket, protocol: socket.getProtocol() ?? 'TLS' }));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const text = `${error.code ?? ''} ${error.message}`;
      fail(error.code ?? error.message, /unknown.?ca|bad.?certificate|certificate.?(unknown|expired)/i.test(text));
    });
    // Whoever has seen the certificate and leaves without a word mistrusts it, as a rule.
    raw.once('close', () => fail(HUNG_UP, true));
  });
}
