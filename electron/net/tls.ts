/** What a TLS connection shows of itself: protocol, cipher and the certificate, judged against the environment's trust. */
import type https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { cleanText } from './clean-text.ts';

export type TlsFacts = {
  /** e.g. TLSv1.3 */
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly altNames: readonly string[];
    /** ISO 8601. */
    readonly validFrom: string;
    readonly validTo: string;
    readonly trusted: boolean;
    /** Why it is not trusted (OpenSSL's short code), or null. */
    readonly trustError: string | null;
    readonly nameMatches: boolean;
  } | null;
};

let roots: readonly string[] | null = null;
/** Node's own roots, and the system's where this Node can read them. */
export function systemRoots(): readonly string[] {
  const read = (tls as unknown as { getCACertificates?: (kind: string) => string[] }).getCACertificates;
  roots ??= [...new Set([...tls.rootCertificates, ...(read ? read('system') : [])])];
  return roots;
}

const contexts = new WeakMap<readonly string[], Map<tls.SecureVersion, tls.SecureContext>>();
/**
 * What is trusted: the usual roots and `ca`. Reading them takes a computer 40 ms and more, so it is done once for each list.
 * @param ca PEM texts
 */
function trustOf(ca: readonly string[], minVersion: tls.SecureVersion = 'TLSv1.2'): tls.SecureContext {
  const known = contexts.get(ca) ?? new Map<tls.SecureVersion, tls.SecureContext>();
  contexts.set(ca, known);
  const context = known.get(minVersion) ?? tls.createSecureContext({ ca: [...systemRoots(), ...ca], minVersion });
  known.set(minVersion, context);
  return context;
}

/**
 * The same for `https.request`, whose types leave out what it hands on to the connection. That certificates are checked
 * is said here; else NODE_TLS_REJECT_UNAUTHORIZED would be asked.
 */
export const trusting = (ca: readonly string[]): https.RequestOptions =>
  ({ secureContext: trustOf(ca), rejectUnauthorized: true }) as https.RequestOptions;

/** Whatever the other side speaks is looked at; what it should speak is judged elsewhere. */
const OLDEST = 'TLSv1';
/** Done while an answer is waited for, it costs no time of its own. */
export const prepareUpgrade = (ca: readonly string[]): void => void trustOf(ca, OLDEST);

/**
 * Upgrades a connected socket. A bad certificate does not end the handshake: its facts are what we are after.
 * @throws Error of the handshake
 */
export function upgradeToTls(
  socket: net.Socket,
  options: { readonly host: string; readonly ca: readonly string[]; readonly signal: AbortSignal },
): Promise<{ readonly socket: tls.TLSSocket; readonly facts: TlsFacts }> {
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted();
    const secure = tls.connect({
      socket,
      ...(net.isIP(options.host) ? {} : { servername: options.host }),
      secureContext: trustOf(options.ca, OLDEST),
      rejectUnauthorized: false,
      // The name is judged apart from the chain, below.
      checkServerIdentity: () => undefined,
    });
    const cut = () => secure.destroy(options.signal.reason as Error);
    options.signal.addEventListener('abort', cut, { once: true });
    secure.once('error', reject);
    secure.once('close', () => reject(new Error('closed during the handshake')));
    secure.once('secureConnect', () => {
      options.signal.removeEventListener('abort', cut);
      resolve({ socket: secure, facts: factsOf(secure, options.host) });
    });
  });
}

function factsOf(socket: tls.TLSSocket, host: string): TlsFacts {
  const certificate = socket.getPeerCertificate();
  const name = (entry: tls.Certificate | undefined) => cleanText([entry?.CN ?? entry?.O ?? ''].flat().join(' '), 200);
  return {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher()?.standardName ?? null,
    certificate: certificate?.raw
      ? {
          subject: name(certificate.subject),
          issuer: name(certificate.issuer),
          altNames: cleanText(certificate.subjectaltname ?? '', 4000)
            .split(', ')
            .filter(Boolean)
            .map((alt) => alt.replace(/^DNS:|^IP Address:/, ''))
            .slice(0, 100),
          validFrom: new Date(certificate.valid_from).toISOString(),
          validTo: new Date(certificate.valid_to).toISOString(),
          trusted: socket.authorized,
          trustError: socket.authorized
            ? null
            : cleanText(
                String((socket.authorizationError as { code?: string } | undefined)?.code ?? socket.authorizationError),
                100,
              ),
          nameMatches: tls.checkServerIdentity(host, certificate) === undefined,
        }
      : null,
  };
}
