/** Which public address each office was seen from and when, so that a later check can tell whether it stays. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { Sighting, withSighting } from '../../core/evidence/sighting.ts';
import { writeFileSafely } from './write-file.ts';

const Offices = z.record(z.string(), z.array(Sighting));

export type Sightings = {
  /** Empty when nothing is known or the file cannot be read: a hint less, never an error. */
  readonly of: (environment: string, domain: string) => Promise<readonly Sighting[]>;
  readonly add: (environment: string, domain: string, addresses: readonly string[]) => Promise<void>;
};

/** @param folder the data folder */
export function openSightings(folder: string): Sightings {
  const file = path.join(folder, 'addresses.json');
  const key = (environment: string, domain: string) => `${environment} ${domain}`;
  /** As last read or written; a fleet would read the same file a thousand times. */
  let known: { readonly stamp: number; readonly offices: z.infer<typeof Offices> } | null = null;
  const stampOf = async (): Promise<number> => (await stat(file).catch(() => null))?.mtimeMs ?? 0;
  const read = async (): Promise<z.infer<typeof Offices>> => {
    const stamp = await stampOf();
    if (known?.stamp === stamp) return known.offices;
    try {
      known = { stamp, offices: Offices.parse(JSON.parse(await readFile(file, 'utf8'))) };
      return known.offices;
    } catch {
      known = { stamp, offices: {} };
      return {};
    }
  };
  type Seen = { readonly office: string; readonly addresses: readonly string[]; readonly now: string };
  let waiting: Seen[] = [];
  const write = async (): Promise<void> => {
    const all = waiting;
    waiting = [];
    if (all.length === 0) return;
    const offices = { ...(await read()) };
    for (const { office, addresses, now } of all)
      offices[office] = [...withSighting(offices[office] ?? [], addresses, now)];
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileSafely(file, JSON.stringify(offices));
      known = { stamp: await stampOf(), offices };
    } catch {
      // A full disk must not spoil a check.
    }
  };
  // One after the other, and what comes meanwhile in one go: a fleet looks at many offices at once.
  let writing: Promise<void> = Promise.resolve();
  return {
    of: async (environment, domain) => (await read())[key(environment, domain)] ?? [],
    add: (environment, domain, addresses) => {
      if (addresses.length === 0) return Promise.resolve();
      waiting.push({ office: key(environment, domain), addresses, now: new Date().toISOString() });
      writing = writing.then(write);
      return writing;
    },
  };
}
