/** Signs the news of a version (`latest*.yml`), which name every package with its checksum; what an installed program believes (decision 0028). */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param folder where electron-builder put the packages
 * @param env RELAYREADY_UPDATE_SIGNING_KEY: Ed25519 private key, PKCS #8 in base64; RELAYREADY_UPDATE_KEY: its public half, SPKI in base64
 */
export function signUpdates(folder, env) {
  const key = createPrivateKey({
    key: Buffer.from(env.RELAYREADY_UPDATE_SIGNING_KEY ?? '', 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const half = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  if (half !== env.RELAYREADY_UPDATE_KEY)
    throw new Error('RELAYREADY_UPDATE_KEY is not the public half of RELAYREADY_UPDATE_SIGNING_KEY.');
  const files = readdirSync(folder).filter((name) => /^latest[\w-]*\.yml$/.test(name));
  for (const file of files) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    writeFileSync(
      path.join(folder, `${file}.sig`),
      sign(null, Buffer.from(`${file}\n${text}`), key).toString('base64'),
    );
  }
  return files;
}
