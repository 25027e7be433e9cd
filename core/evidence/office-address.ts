/** Which public addresses an office sends from, by how sure each source is: entered, as Exchange sees it, as voted. */
import type { Profile } from '../profile.ts';

export type AddressSources = {
  readonly profile: Pick<Profile, 'publicIps'>;
  readonly seen: readonly string[];
  readonly voted: string | null;
};

/** @returns IPv4 addresses, empty when nobody could tell */
export function officeAddresses({ profile, seen, voted }: AddressSources): readonly string[] {
  if (profile.publicIps.length > 0) return profile.publicIps;
  if (seen.length > 0) return seen;
  return voted === null ? [] : [voted];
}
