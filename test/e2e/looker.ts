/** Looks at pages of practice as a person with sharp eyes would: in one language, in every light and every window. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import { LanguageFile, LANGUAGES } from '../../core/i18n/languages.ts';
import { PSEUDO_TAG } from '../../core/i18n/pseudo.ts';
import { learnLanguage, translateFor } from '../../core/i18n/translate-for.ts';
import type { Translate } from '../../core/text.ts';
import { clipped, LIGHTS, tooSmall, turn, violations } from './eye.ts';
import { newDataFolder, openInBrowser, pictures, removeDataFolder, root, type OpenWizard } from './hosts.ts';

/** The usual window, the smallest, the usual one at 200 % zoom (which halves its CSS pixels), and at 400 % (WCAG 2.2, 1.4.10). */
const SIZES = [
  { width: 1200, height: 800 },
  { width: 900, height: 600 },
  { width: 600, height: 400 },
  { width: 320, height: 256 },
] as const;

export const TAGS = [...LANGUAGES.map(({ tag }) => tag), PSEUDO_TAG];
for (const { tag } of LANGUAGES)
  if (tag !== 'en') {
    const file = LanguageFile.parse(JSON.parse(readFileSync(path.join(root, `assets/languages/${tag}.json`), 'utf8')));
    learnLanguage(file.tag, file.texts);
  }

/** Steps as the side list shows them when nothing speaks against the usual way. */
const STEPS = [
  'start',
  'scanner',
  'address',
  'line',
  'sign-in',
  'let-it-send',
  'dns',
  'test',
  'device-settings',
  'done',
];

let folder = '';
let wizard: OpenWizard | null = null;

/** A data folder and a wizard of its own for each test of the file. */
export function eachAlone(): void {
  beforeEach(() => {
    folder = newDataFolder();
  });
  afterEach(async () => {
    await wizard?.close();
    wizard = null;
    removeDataFolder(folder);
  });
}

export type Looker = {
  readonly page: Page;
  readonly t: Translate;
  /** All that was wrong with what was looked at so far. */
  readonly found: readonly string[];
  readonly look: (name: string) => Promise<void>;
  /** At a part that lies over a page that was looked at already. */
  readonly glance: (name: string, part: string) => Promise<void>;
};

/** Practice in one language. */
export async function begin(
  tag: string,
  first = 0,
  prepare: (folder: string) => void = () => undefined,
): Promise<Looker> {
  prepare(folder);
  wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'] });
  const { page, complaints } = wizard;
  await turn(page, 'light');
  await page.locator('.page h1').waitFor();
  await page.evaluate((language) => localStorage.setItem('relayready.language', language), tag);
  await page.reload();
  await page.locator('.page h1').waitFor();
  const found: string[] = [];
  let number = first;
  const look = async (name: string) => {
    const file = `${String(number).padStart(2, '0')}-${name}`;
    number += 1;
    found.push(...(await lookAt(page, tag, file)), ...complaints.map((one) => `${file}: ${one}`));
  };
  const glance = async (name: string, part: string) => {
    for (const light of LIGHTS) {
      await turn(page, light);
      found.push(...(await violations(page, { inside: part })).map((one) => `${name}, ${light}: ${one}`));
    }
    await turn(page, 'light');
    for (const size of SIZES) {
      await page.setViewportSize(size);
      found.push(...(await clipped(page)).map((one) => `${name}, ${size.width}×${size.height}: ${one}`));
    }
    await page.setViewportSize(SIZES[0]);
  };
  return { page, t: translateFor(tag), found, look, glance };
}

async function pictureOf(page: Page, place: string, name: string): Promise<void> {
  mkdirSync(path.join(pictures, place), { recursive: true });
  await page.screenshot({ path: path.join(pictures, place, `${name}.png`) });
}

/** The page scrolls inside; for a picture it is as long as it is. */
async function asLongAsItIs(page: Page): Promise<void> {
  const whole = await page.evaluate(() => {
    const main = document.querySelector('main');
    return innerHeight + (main ? main.scrollHeight - main.clientHeight : 0);
  });
  await page.setViewportSize({ width: SIZES[0].width, height: Math.min(whole, 4000) });
}

/** Opens everything that folds, or folds what this opened. */
const unfold = (page: Page, open: boolean): Promise<void> =>
  page.evaluate((wanted) => {
    for (const part of document.querySelectorAll('details'))
      if (wanted && !part.open) {
        part.open = true;
        part.dataset['unfolded'] = '';
      } else if (!wanted && part.dataset['unfolded'] === '') {
        part.open = false;
        delete part.dataset['unfolded'];
      }
  }, open);

/** Pictures as people find it; then everything that folds is opened, and looked at in every window and every light. */
async function lookAt(page: Page, tag: string, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  const note = (where: string, what: readonly string[]) =>
    found.push(...what.map((one) => `${name}, ${where}: ${one}`));
  await asLongAsItIs(page);
  for (const light of LIGHTS)
    if (light !== 'forced' || tag === 'en') {
      await turn(page, light);
      await pictureOf(page, `${tag}/${light}`, name);
    }
  await unfold(page, true);
  for (const light of LIGHTS) {
    await turn(page, light);
    // Every rule in every light in one language; a language changes words and widths, not which rules colours decide.
    note(light, await violations(page, { colours: light !== 'light' && tag !== 'en' }));
  }
  await turn(page, 'light');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const where = `${size.width}×${size.height}`;
    note(where, await clipped(page));
    note(where, await tooSmall(page));
    if (tag === 'en' && size !== SIZES[0]) await pictureOf(page, `${tag}/${where}`, name);
  }
  // Less motion was asked for.
  note('motion', await page.evaluate(() => document.getAnimations().map(({ id }) => `something moves ${id}`)));
  await unfold(page, false);
  await page.setViewportSize(SIZES[0]);
  return found;
}

export const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('.note-progress, .starting') === null, undefined, {
    timeout: 90_000,
  });
const words = (page: Page) => page.evaluate(() => document.querySelector('main')?.textContent ?? '');

/** Presses the main button and waits until something else is on the page, or asked. */
export async function goOn(page: Page): Promise<void> {
  const before = await words(page);
  await page.locator('.actions .button-primary').click();
  await page.waitForFunction(
    (text) => document.querySelector('main')?.textContent !== text || document.querySelector('[role="alertdialog"]'),
    before,
  );
}

/** From the first step on; `at` is called with each step's id when all that was started there has ended. */
export async function walk({ page, t, look }: Looker, at: (step: string) => Promise<boolean>): Promise<void> {
  await page.getByRole('button', { name: t('Start practising'), exact: true }).click();
  await page.locator('.path-small').waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await settled(page);
    const index = await page
      .locator('.step')
      .evaluateAll((steps) => steps.findIndex((step) => step.getAttribute('aria-current') === 'step'));
    const step = STEPS[index] ?? '';
    if (await at(step)) return;
    await goOn(page);
    const dialog = page.getByRole('alertdialog');
    if ((await dialog.count()) === 0) continue;
    await look(`${step}-agree`);
    await dialog.getByRole('button').last().click();
  }
  throw new Error('Never came to the end.');
}
