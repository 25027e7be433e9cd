/** What the maintainers say about a newer version, believed only with their signature: the same on every system, whatever else that system checks. */
import { createPublicKey, verify } from 'node:crypto';
import { AppError } from '../../core/errors.ts';
import { say } from '../../core/text.ts';

/** The file's name is signed, too: what is said for one system is not taken for another. */
export const signedBytes = (file: string, text: string): Buffer => Buffer.from(`${file}\n${text}`);

/**
 * @param signature base64, as it stands in `<file>.sig`
 * @param key Ed25519 public key, SPKI in base64
 * @throws AppError `unexpected-answer`
 */
export function requireSignature(file: string, text: string, signature: string, key: string): void {
  let good = false;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    good =
      publicKey.asymmetricKeyType === 'ed25519' &&
      verify(null, signedBytes(file, text), publicKey, Buffer.from(signature.trim(), 'base64'));
  } catch {
    // A key or signature that is none.
  }
  if (!good)
    throw new AppError(
      'unexpected-answer',
      say('What the update server says is not signed by RelayReady’s maintainers. Nothing was downloaded.'),
      { remedy: say('Go on with the version you have, and try again another day.'), who: 'nobody' },
    );
}
