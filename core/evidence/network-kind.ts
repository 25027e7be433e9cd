/** Whether a network this computer is in may be searched for scanners, from what the system knows of it. */
import { addressKind } from '../address.ts';

export type NetworkKind =
  /** The system was told that it is the office's or the home's own. */
  | 'own'
  /** Its name says guest, or the system was told that it is public. */
  | 'guest'
  /** Its addresses belong to the internet or to a provider. */
  | 'public'
  /** A private tunnel to elsewhere. */
  | 'vpn'
  /** Nobody knows but the person. */
  | 'unknown';

export type NetworkSigns = {
  /** Name of the network card, e.g. `eth0`. */
  readonly card: string;
  readonly address: string;
  readonly netmask: string;
  /** Windows: Public, Private, DomainAuthenticated. */
  readonly category: string | null;
  /** Name of the Wi-Fi or connection. */
  readonly name: string | null;
};

const TUNNEL = /^(tun|tap|wg|utun|ppp|ipsec|zt|tailscale|nordlynx|proton|gpd|cscotun)\d*/i;
/** Written by virtual machines and containers: nothing but themselves is behind. */
const INSIDE = /^(docker|veth|virbr|br-|vmnet|vboxnet|vEthernet|podman|lxc)/i;
const GUEST =
  /\b(guests?|gast|gaeste|gäste|visitors?|besucher|invit[eé]s?|ospiti|public|hotspot|free.?wi-?fi|wlan.?free)\b/i;

/** Null for cards behind which no office can be. */
export function networkKind({ card, address, netmask, category, name }: NetworkSigns): NetworkKind | null {
  const kind = addressKind(address);
  if (INSIDE.test(card) || kind === 'loopback' || kind === 'link-local') return null;
  if (TUNNEL.test(card) || netmask === '255.255.255.255') return 'vpn';
  if (kind !== 'private') return 'public';
  if (category === 'Public') return 'guest';
  if (name !== null && GUEST.test(name.replaceAll('_', ' '))) return 'guest';
  return category === 'Private' || category === 'DomainAuthenticated' ? 'own' : 'unknown';
}

export const maySearch = (kind: NetworkKind, personSaysOwn: boolean): boolean =>
  personSaysOwn && (kind === 'own' || kind === 'unknown');
