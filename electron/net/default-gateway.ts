/** Where this computer's router probably is: the default route where the system tells it, else the usual first and last address. */
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { addressKind } from '../../core/address.ts';

const NAT_PMP_PORT = 5351;
const MOST = 4;

const numberOf = (address: string): number =>
  address.split('.').reduce((total, part) => total * 256 + Number(part), 0) >>> 0;
const addressOf = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');

/** `/proc/net/route`: hexadecimal, bytes in the machine's (little-endian) order. */
async function routesOfLinux(): Promise<readonly string[]> {
  const lines = (await readFile('/proc/net/route', 'utf8').catch(() => '')).split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, destination, gateway] = line.split('\t');
    if (destination !== '00000000' || gateway === undefined || !/^[0-9A-F]{8}$/.test(gateway)) return [];
    return (gateway.match(/../g) ?? [])
      .toReversed()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.');
  });
}

function usualAddresses(): readonly string[] {
  return Object.values(os.networkInterfaces()).flatMap((addresses = []) =>
    addresses.flatMap(({ family, address, netmask, internal }) => {
      if (family !== 'IPv4' || internal || addressKind(address) !== 'private') return [];
      const mask = numberOf(netmask);
      const network = (numberOf(address) & mask) >>> 0;
      const last = (network | ~mask) >>> 0;
      return [addressOf(network + 1), addressOf(last - 1)].filter((candidate) => candidate !== address);
    }),
  );
}

/** @returns `host:port` of NAT-PMP, likeliest first */
export async function defaultGateways(): Promise<readonly string[]> {
  const known = await routesOfLinux();
  return [...new Set(known.length > 0 ? known : usualAddresses())]
    .slice(0, MOST)
    .map((address) => `${address}:${NAT_PMP_PORT}`);
}
