/** Which public addresses an office sends from, by how sure each source is: entered, as Exchange sees it, as voted. */
import type { Profile } from '../profile.ts';
import { say, type Text } from '../text.ts';

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

export type AddressesToCome = {
  readonly profile: Pick<Profile, 'publicIps'>;
  readonly seenIp: Promise<{ readonly addresses: readonly string[] }>;
  readonly publicIp: Promise<{ readonly address: string | null }>;
};

/** The same as soon as it is known: no surer source is asked for than is needed. */
export async function addressesOnceKnown({ profile, seenIp, publicIp }: AddressesToCome): Promise<readonly string[]> {
  if (profile.publicIps.length > 0) return profile.publicIps;
  const { addresses } = await seenIp;
  return addresses.length > 0 ? addresses : officeAddresses({ profile, seen: [], voted: (await publicIp).address });
}

/** The way on for whatever needs the address and has none. */
export const ENTER_ADDRESS: readonly Text[] = [say('Enter the public address, or try again at the office.')];
