/** What package.json says about this build. */
import { existsSync, readFileSync } from 'node:fs';

/** Two folders up once it is built (`dist/electron/`), one up where the source itself runs (tests). */
const built = new URL('../../package.json', import.meta.url);
const file = existsSync(built) ? built : new URL('../package.json', import.meta.url);

const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
  version: string;
  relayready?: { clientId?: unknown; update?: { url?: unknown; key?: unknown }; inspectable?: unknown };
};
export const VERSION = manifest.version;
/** Application id given to this build, unchecked. */
export const BUILD_CLIENT_ID = manifest.relayready?.clientId;

const { url, key } = manifest.relayready?.update ?? {};
/** Where newer versions of this build are looked for, or null when it was given nothing. */
export const BUILD_FEED = typeof url === 'string' && typeof key === 'string' ? { url, key } : null;
/** True only in the build made for tests, which may be driven over the inspector's port; what is released never is. */
export const INSPECTABLE = manifest.relayready?.inspectable === true;
