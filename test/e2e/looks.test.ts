/** How every step looks: in each language, in light, dark and forced colours, in every window; nothing cut off, no barrier. */
import path from 'node:path';
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../core/i18n/languages.ts';
import { translateFor } from '../../core/i18n/translate-for.ts';
import { PSEUDO_TAG } from '../../core/i18n/pseudo.ts';
import { clipped, LIGHTS, tooSmall, turn, violations } from './eye.ts';
import { newDataFolder, openInBrowser, pictures, removeDataFolder, type OpenWizard } from './hosts.ts';

/** The usual window, the smallest, and the usual one at 200 % zoom (which halves its CSS pixels). */
const SIZES = [
  { width: 1200, height: 800 },
  { width: 900, height: 600 },
  { width: 600, height: 400 },
] as const;

const tags = [...LANGUAGES.map(({ tag }) => tag), PSEUDO_TAG];

let folder = '';
let wizard: OpenWizard | null = null;
beforeEach(() => {
  folder = newDataFolder();
});
afterEach(async () => {
  await wizard?.close();
  wizard = null;
  removeDataFolder(folder);
});

/** Practice in one language, with all that is wrong with what was seen so far. */
async function begin(tag: string) {
  wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'] });
  const { page } = wizard;
  await turn(page, 'light');
  await page.evaluate((language) => localStorage.setItem('relayready.language', language), tag);
  await page.reload();
  await page.locator('.page h1').waitFor();
  return { page, complaints: wizard.complaints, t: translateFor(tag) };
}

/** The step in hand, by its place in the side list. */
const here = async (page: Page): Promise<number> =>
  page.locator('.step').evaluateAll((steps) => steps.findIndex((step) => step.getAttribute('aria-current') === 'step'));

async function pictureOf(page: Page, place: string, name: string): Promise<void> {
  mkdirSync(path.join(pictures, place), { recursive: true });
  await page.screenshot({ path: path.join(pictures, place, `${name}.png`) });
}

/** Looks at what is on the screen in every light and every window. */
async function lookAt(page: Page, tag: string, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  const note = (where: string, what: readonly string[]) =>
    found.push(...what.map((one) => `${name}, ${where}: ${one}`));
  for (const size of SIZES) {
    await page.setViewportSize(size);
    note(`${size.width}×${size.height}`, await clipped(page));
    note(`${size.width}×${size.height}`, await tooSmall(page));
    if (tag === 'en' && size !== SIZES[0]) await pictureOf(page, `${tag}/${size.width}`, name);
  }
  await page.setViewportSize(SIZES[0]);
  // The page scrolls inside; for a picture it is as long as it is.
  const whole = await page.evaluate(() => {
    const main = document.querySelector('main');
    return innerHeight + (main ? main.scrollHeight - main.clientHeight : 0);
  });
  await page.setViewportSize({ ...SIZES[0], height: Math.min(whole, 4000) });
  for (const light of LIGHTS) {
    await turn(page, light);
    if (light !== 'forced' || tag === 'en') await pictureOf(page, `${tag}/${light}`, name);
    note(light, await violations(page));
  }
  await turn(page, 'light');
  await page.setViewportSize(SIZES[0]);
  return found;
}

const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('.note-progress, .starting') === null, undefined, {
    timeout: 90_000,
  });

describe.each(tags)('every step in %s', (tag) => {
  it('is whole and without barriers', async () => {
    const { page, complaints, t } = await begin(tag);
    const found: string[] = [];
    let number = 0;
    const look = async (name: string) =>
      found.push(...(await lookAt(page, tag, `${String(number++).padStart(2, '0')}-${name}`)));
    await look('start');
    await page.getByRole('button', { name: t('Start practising'), exact: true }).click();
    await page.locator('.path-small').waitFor();
    for (let presses = 0; presses < 30; presses += 1) {
      await settled(page);
      const at = await here(page);
      await look(`step-${at}`);
      const main = page.locator('.actions .button-primary');
      if ((await main.count()) === 0) break;
      const before = await page.evaluate(() => document.querySelector('main')?.textContent);
      await main.click();
      await page.waitForFunction(
        (text) =>
          document.querySelector('main')?.textContent !== text || document.querySelector('[role="alertdialog"]'),
        before,
      );
      const dialog = page.getByRole('alertdialog');
      if ((await dialog.count()) > 0) {
        await look(`step-${at}-dialog`);
        await dialog.getByRole('button').last().click();
      }
    }
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
