/** Who may call the catcher, how many at a time, and under which addresses this computer can be reached. */
import { networkInterfaces } from 'node:os';
import { addressKind, parseIpv4 } from '../../core/address.ts';
import { say, type Translate } from '../../core/text.ts';
import type { Text } from '../../core/text.ts';

/** One of this computer's own addresses, with its network card. */
export type OwnAddress = { readonly address: string; readonly netmask: string; readonly card: string };

const MOST_CALLS = 5;
const MOST_OF_ONE = 3;

export const plainAddress = (address: string): string => address.replace(/^::ffff:/, '');

/** Nobody from the internet; with a device chosen, nobody else; not more than the catcher can hear out. Null: welcome. */
export function refusal(from: string, device: string | undefined, calls: readonly string[]): Text | null {
  const ip = parseIpv4(from);
  const address = from;
  if (ip === null || !['private', 'loopback', 'link-local'].includes(addressKind(ip)))
    return say('{address} was turned away; it is not in the office network.', { address });
  if (device !== undefined && from !== device)
    return say('{address} was turned away; it is not the device that was asked for.', { address });
  if (calls.length >= MOST_CALLS || calls.filter((one) => one === from).length >= MOST_OF_ONE)
    return say('{address} calls too often at a time; some of its calls were turned away.', { address });
  return null;
}

export const ownAddresses = (): readonly OwnAddress[] =>
  Object.entries(networkInterfaces()).flatMap(([card, list = []]) =>
    list.flatMap(({ family, internal, address, netmask }) =>
      family === 'IPv4' && !internal ? [{ address, netmask, card }] : [],
    ),
  );

const sameNetwork = ({ address, netmask }: OwnAddress, device: string): boolean => {
  const [own, mask, other] = [address, netmask, device].map((text) => text.split('.').map(Number));
  return (mask ?? []).every((bits, at) => ((own?.[at] ?? 0) & bits) === ((other?.[at] ?? 0) & bits));
};

/** What to type into the device: the address in its own network where that is known, else all, with their cards. */
export function toType(addresses: readonly OwnAddress[], device: string | undefined, t: Translate): string {
  const [near] = device === undefined ? [] : addresses.filter((own) => sameNetwork(own, device));
  if (near) return near.address;
  const [only, ...others] = addresses;
  if (!only) return '127.0.0.1';
  if (others.length === 0) return only.address;
  return addresses.map(({ address, card }) => t('{address} ({card})', { address, card })).join(t(' or '));
}

/** A computer that is elsewhere cannot be called: another network card, a VPN, a guest Wi-Fi. */
export const isElsewhere = (addresses: readonly OwnAddress[], device: string | undefined): boolean =>
  device !== undefined &&
  addresses.length > 0 &&
  !device.startsWith('127.') &&
  !addresses.some((own) => sameNetwork(own, device));
