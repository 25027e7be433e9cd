/** The icon of app and installers: the files in assets/ are drawn from icon.svg; a missing one is drawn anew, and then looked at by a person. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { root } from './hosts.ts';
import { ICNS_TYPES, ICO_SIZES, readIcns, readIco, readPng, writeIcns, writeIco, type Drawn } from './icon-files.ts';

const asset = (name: string): string => path.join(root, 'assets', name);
const SIZES = [...new Set([...ICO_SIZES, ...Object.values(ICNS_TYPES)])];
/** Another version of the browser may smooth an edge differently; another drawing differs by far more. */
const MOST_DIFFERENCE = 0.01;

let page: Page;
let close: () => Promise<void>;
beforeAll(async () => {
  const found = inject('chromium');
  const browser = await chromium.launch({
    executablePath: found?.executablePath ?? '',
    env: { ...process.env, ...found?.env },
    args: ['--no-sandbox', '--disable-gpu'],
  });
  page = await browser.newPage();
  close = () => browser.close();
});
afterAll(() => close());

async function draw(picture: string, size: number): Promise<Drawn> {
  const { png, rgba } = await page.evaluate(
    async ({ url, side }) => {
      const image = new Image();
      image.src = url;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = side;
      canvas.height = side;
      const pen = canvas.getContext('2d');
      if (!pen) throw new Error('no canvas');
      pen.imageSmoothingQuality = 'high';
      pen.drawImage(image, 0, 0, side, side);
      let bytes = '';
      for (const byte of pen.getImageData(0, 0, side, side).data) bytes += String.fromCharCode(byte);
      return { png: canvas.toDataURL('image/png').split(',')[1] ?? '', rgba: btoa(bytes) };
    },
    { url: picture, side: size },
  );
  return { size, png: Buffer.from(png, 'base64'), rgba: Buffer.from(rgba, 'base64') };
}
const svg = (): string => `data:image/svg+xml;base64,${readFileSync(asset('icon.svg')).toString('base64')}`;

it('is there for every system, in the sizes each wants', async () => {
  const missing = ['icon.png', 'icon.ico', 'icon.icns'].filter((name) => !existsSync(asset(name)));
  if (missing.length > 0) {
    const drawn = await Promise.all(SIZES.map((size) => draw(svg(), size)));
    const of = (sizes: readonly number[]) => drawn.filter(({ size }) => sizes.includes(size));
    writeFileSync(asset('icon.png'), of([1024])[0]?.png ?? '');
    writeFileSync(asset('icon.ico'), writeIco(of(ICO_SIZES)));
    writeFileSync(asset('icon.icns'), writeIcns(drawn));
  }
  expect(missing, 'were drawn anew from icon.svg: look at them, keep them, and run this again').toEqual([]);
  expect(readPng(readFileSync(asset('icon.png')))).toEqual({ width: 1024, height: 1024, alpha: true });
  expect(readIco(readFileSync(asset('icon.ico')))).toEqual(ICO_SIZES);
  expect(readIcns(readFileSync(asset('icon.icns')))).toEqual(ICNS_TYPES);
});

it('is the picture of icon.svg', async () => {
  const kept = await draw(`data:image/png;base64,${readFileSync(asset('icon.png')).toString('base64')}`, 128);
  const wanted = await draw(svg(), 128);
  const difference = kept.rgba.reduce((sum, byte, at) => sum + Math.abs(byte - (wanted.rgba[at] ?? 0)), 0);
  expect(difference / kept.rgba.length / 255).toBeLessThan(MOST_DIFFERENCE);
  // Clear at the corner, full in the middle.
  expect([wanted.rgba[3], wanted.rgba[(64 * 128 + 64) * 4 + 3]]).toEqual([0, 255]);
});
