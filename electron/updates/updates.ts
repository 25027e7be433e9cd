/** Newer versions, as the engine sees them; the window gives the one implementation, the other hosts have none. */
import type { Text } from '../../core/text.ts';

/** Where a build looks for newer versions, and whose signature it believes; set in package.json when a release is made. */
export type UpdateFeed = {
  /** https folder with `latest*.yml` and the files it names. */
  readonly url: string;
  /** Ed25519 public key, SPKI in base64. */
  readonly key: string;
};

export type Known =
  | { readonly state: 'off'; readonly why: Text }
  | { readonly state: 'not-looked' | 'current' }
  | { readonly state: 'available' | 'ready'; readonly version: string };

export type Updates = {
  readonly known: () => Known;
  /** @throws AppError `network` | `timeout` | `unexpected-answer` */
  readonly look: (signal: AbortSignal) => Promise<Known>;
  /** @param onPercent 0 to 100 */
  readonly download: (signal: AbortSignal, onPercent: (percent: number) => void) => Promise<Known>;
  /** Ends the program. @throws AppError `busy` while other calls are under way */
  readonly install: () => Promise<void>;
};
