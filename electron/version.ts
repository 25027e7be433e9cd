/** What package.json says about this build. */
import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
  relayready?: { clientId?: unknown };
};
export const VERSION = manifest.version;
/** Application id given to this build, unchecked. */
export const BUILD_CLIENT_ID = manifest.relayready?.clientId;
