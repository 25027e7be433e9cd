/** The reviewed data files in assets/. */
import { readdir, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { BrandCard } from '../../core/calls/devices.ts';
import { DnsHost } from '../../core/dns-hosts/dns-host.ts';

/** assets/ lies at the top, seen from dist/electron/storage/ as well as from electron/storage/. */
const place = import.meta.url.includes('/dist/electron/') ? '../../../assets/' : '../../assets/';

async function loadFolder<T>(name: string, schema: z.ZodType<T>): Promise<T[]> {
  const folder = new URL(`${place}${name}/`, import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => schema.parse(JSON.parse(await readFile(new URL(file, folder), 'utf8')))),
  );
}

/** Brand cards, by name. */
export const loadBrands = (): Promise<BrandCard[]> => loadFolder('brands', BrandCard);

/** Companies that hold DNS records, by name. */
export const loadDnsHosts = (): Promise<DnsHost[]> => loadFolder('dns-hosts', DnsHost);
