/** The networks this computer is in, and what the system was told of them; asks the system only, sends nothing. */
import { execFile } from 'node:child_process';
import os from 'node:os';
import { networkKind, type NetworkKind } from '../../core/evidence/network-kind.ts';
import { cleanText } from './clean-text.ts';

export type OwnNetwork = {
  readonly card: string;
  readonly address: string;
  readonly netmask: string;
  /** Like `192.168.1.0/24`. */
  readonly network: string;
  /** Of the Wi-Fi or connection, where the system tells it. */
  readonly name: string | null;
  readonly kind: NetworkKind;
};

/** What the system says of a card. */
type Told = { readonly category: string | null; readonly name: string | null };

const SYSTEM_MS = 6000;

export async function ownNetworks(signal: AbortSignal): Promise<readonly OwnNetwork[]> {
  const told = await askSystem(signal);
  return Object.entries(os.networkInterfaces()).flatMap(([card, list = []]) =>
    list.flatMap(({ family, internal, address, netmask, cidr }) => {
      if (family !== 'IPv4' || internal) return [];
      const { category, name } = told.get(card) ?? { category: null, name: null };
      const kind = networkKind({ card, address, netmask, category, name });
      if (kind === null) return [];
      const prefix = cidr?.split('/')[1] ?? '32';
      return [{ card, address, netmask, network: `${masked(address, netmask)}/${prefix}`, name, kind }];
    }),
  );
}

const octets = (address: string): readonly number[] => address.split('.').map(Number);
const masked = (address: string, netmask: string): string => {
  const mask = octets(netmask);
  return octets(address)
    .map((part, at) => part & (mask[at] ?? 0))
    .join('.');
};
/** Whoever announces an address elsewhere is not asked anything there. */
export const isInside = (address: string, { netmask, network }: OwnNetwork): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(address) && masked(address, netmask) === network.split('/')[0];

/** Null for what is no IPv4 address. */
export const isNear = (address: string): boolean | null =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(address)
    ? Object.values(os.networkInterfaces())
        .flatMap((list = []) => list)
        .some((own) => own.family === 'IPv4' && masked(own.address, own.netmask) === masked(address, own.netmask))
    : null;

const run = (command: string, args: readonly string[], signal: AbortSignal): Promise<string> =>
  new Promise((resolve) =>
    execFile(command, args, { signal, timeout: SYSTEM_MS, windowsHide: true, maxBuffer: 65_536 }, (error, output) =>
      resolve(error ? '' : output),
    ),
  );

async function askSystem(signal: AbortSignal): Promise<ReadonlyMap<string, Told>> {
  if (process.platform === 'win32')
    return readWindows(
      await run(
        'powershell.exe',
        [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          'Get-NetConnectionProfile | Select-Object InterfaceAlias,Name,@{n="Category";e={"$($_.NetworkCategory)"}} | ConvertTo-Json -Compress',
        ],
        signal,
      ),
    );
  if (process.platform === 'linux')
    return readNmcli(await run('nmcli', ['-t', '-f', 'DEVICE,NAME', 'connection', 'show', '--active'], signal));
  return new Map();
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? cleanText(value, 100) : null;

/** PowerShell writes one object alone, or several as a list. */
export function readWindows(output: string): ReadonlyMap<string, Told> {
  try {
    const parsed: unknown = JSON.parse(output);
    const profiles = (Array.isArray(parsed) ? parsed : [parsed]) as readonly Record<string, unknown>[];
    return new Map(
      profiles.map((profile) => [
        String(profile['InterfaceAlias']),
        { category: text(profile['Category']), name: text(profile['Name']) },
      ]),
    );
  } catch {
    return new Map();
  }
}

/** `DEVICE:NAME`, colons within escaped by a backslash. */
export const readNmcli = (output: string): ReadonlyMap<string, Told> =>
  new Map(
    output.split('\n').flatMap((line) => {
      const [device, name] = line.split(/(?<!\\):/);
      return device && name ? [[device, { category: null, name: text(name.replaceAll('\\:', ':')) }] as const] : [];
    }),
  );
