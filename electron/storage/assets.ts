/** The reviewed data files in assets/. */
import { readdir, readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { BrandCard } from '../../core/calls/devices.ts';
import { DnsHost } from '../../core/dns-hosts/dns-host.ts';
import type { Translate } from '../../core/text.ts';

/** assets/ lies at the top, seen from dist/electron/storage/ as well as from electron/storage/. */
const assets = new URL(
  import.meta.url.includes('/dist/electron/') ? '../../../assets/' : '../../assets/',
  import.meta.url,
);

/** @param file path below assets/ */
export const readAsset = async <T>(file: string, schema: z.ZodType<T>): Promise<T> =>
  schema.parse(JSON.parse(await readFile(new URL(file, assets), 'utf8')));

async function loadFolder<T>(name: string, schema: z.ZodType<T>): Promise<T[]> {
  const files = (await readdir(new URL(`${name}/`, assets))).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map((file) => readAsset(`${name}/${file}`, schema)));
}

/** Brand cards, by name; labels and menu paths stay as the device shows them, what explains them is in the person's language. */
export const loadBrands = async (t: Translate): Promise<BrandCard[]> =>
  (await loadFolder('brands', BrandCard)).map((card) => ({
    ...card,
    labels: {
      ...card.labels,
      encryptionValue: t(card.labels.encryptionValue),
      authenticationValue: t(card.labels.authenticationValue),
    },
    notes: card.notes.map((note) => t(note)),
    evidence: card.evidence.map(({ text, url }) => ({ text: t(text), url })),
  }));

/** Companies that hold DNS records, by name; the steps in the person's language. */
export const loadDnsHosts = async (t: Translate): Promise<DnsHost[]> =>
  (await loadFolder('dns-hosts', DnsHost)).map((host) => ({ ...host, steps: host.steps.map((step) => t(step)) }));
