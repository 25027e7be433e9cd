/** Is this computer in the office that is looked at? Told by a person, else by comparing addresses; away, nothing of its line is asked. */
import type { LookPlace } from '../../core/calls/clients.ts';
import { say, type Text } from '../../core/text.ts';

export type Whereabouts = {
  readonly place: LookPlace;
  /** Public address of this computer by vote; null when nobody could tell. Asked once in a run. */
  readonly ownAddress: () => Promise<string | null>;
};

/**
 * @param addresses entered for the office, or known of it; without any it cannot be told, and it is looked at as `check` would
 * @returns null at the office, else why not
 */
export async function awayFrom(addresses: readonly string[], { place, ownAddress }: Whereabouts): Promise<Text | null> {
  if (place === 'office' || (place === 'tell' && addresses.length === 0)) return null;
  if (place === 'away') return say('This computer is not in that office, as you said, so this was left out.');
  const own = await ownAddress();
  if (own !== null && addresses.includes(own)) return null;
  return own === null
    ? say('It could not be told whether this computer is in that office, so this was left out.')
    : say('This computer ({own}) is not in that office ({addresses}), so this was left out.', {
        own,
        addresses: addresses.slice(0, 5).join(', '),
      });
}
