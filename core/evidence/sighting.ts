/** Which public address an office was seen from, and for how long: the only sign that an address really stays. */
import { z } from 'zod';

export const Sighting = z.object({
  address: z.string(),
  /** ISO 8601, first and last time it was seen. */
  first: z.iso.datetime(),
  last: z.iso.datetime(),
});
export type Sighting = z.infer<typeof Sighting>;

const DAY_MS = 86_400_000;
const MOST = 20;

/** The sightings with what was seen now; the newest last. */
export function withSighting(
  before: readonly Sighting[],
  addresses: readonly string[],
  now: string,
): readonly Sighting[] {
  const others = before.filter(({ address }) => !addresses.includes(address));
  const seen = addresses.map((address) => ({
    address,
    first: before.find((sighting) => sighting.address === address)?.first ?? now,
    last: now,
  }));
  return [...others, ...seen].slice(-MOST);
}

/** Whole days between the first and the last time an address was seen. */
export const daysSeen = ({ first, last }: Sighting): number =>
  Math.max(0, Math.floor((Date.parse(last) - Date.parse(first)) / DAY_MS));
