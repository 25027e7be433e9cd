/** The reviewed data files in assets/. */
import { readdir, readFile } from 'node:fs/promises';
import { BrandCard } from '../../core/contract.ts';

/** assets/ lies at the top, seen from dist/electron/storage/ as well as from electron/storage/. */
const place = import.meta.url.includes('/dist/electron/') ? '../../../assets/' : '../../assets/';

/** Brand cards, by name. */
export async function loadBrands(): Promise<BrandCard[]> {
  const folder = new URL(`${place}brands/`, import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => BrandCard.parse(JSON.parse(await readFile(new URL(file, folder), 'utf8')))),
  );
}
