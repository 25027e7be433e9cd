/** Walks the wizard from step to step as a person does: by its main button, by mouse or by keyboard alone. */
import type { Page } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pictures } from './hosts.ts';

export type Hands = {
  /** Presses the button of this name, wherever it is on the page. */
  readonly press: (page: Page, name: string) => Promise<void>;
  /** Chooses one of several by its title. */
  readonly choose: (page: Page, title: string) => Promise<void>;
};

export const mouse: Hands = {
  press: (page, name) => page.getByRole('button', { name, exact: true }).first().click(),
  choose: (page, title) => page.getByText(title, { exact: true }).first().click(),
};

const MOST_TABS = 200;
/** Heading of the last page when all went well. */
export const LAST = 'Your scanner can send';

/** Nothing but Tab and Enter. */
export const keyboard: Hands = {
  press: async (page, name) => {
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
      if (focused === name) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`“${name}” cannot be reached with the Tab key.`);
  },
  choose: async (page, title) => {
    const here = () =>
      page.evaluate(() => {
        const focused = document.activeElement;
        return focused?.getAttribute('role') === 'radio' ? focused.getAttribute('aria-label') : null;
      });
    for (let tabs = 0; tabs < MOST_TABS && (await here()) === null; tabs += 1) await page.keyboard.press('Tab');
    for (let steps = 0; steps < MOST_TABS && (await here()) !== title; steps += 1)
      await page.keyboard.press('ArrowDown');
    if ((await here()) !== title) throw new Error(`“${title}” cannot be chosen with the arrow keys.`);
  },
};

const state = (page: Page): Promise<{ readonly heading: string; readonly button: string }> =>
  page.evaluate(() => ({
    heading: document.querySelector('main h1')?.textContent?.trim() ?? '',
    button: document.querySelector('footer.actions button:last-of-type')?.textContent?.trim() ?? '',
  }));

/** Nothing is running any more: whatever runs can be cancelled. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () => ![...document.querySelectorAll('main button')].some((button) => button.textContent?.trim() === 'Cancel'),
    undefined,
    { timeout: 90_000 },
  );
};

/** A change is asked about once more; its button is the last of the dialog. */
export async function askedToAgree(page: Page): Promise<string | null> {
  await page.waitForTimeout(150);
  const buttons = page.locator('[role="alertdialog"] button');
  return (await buttons.count()) === 0 ? null : ((await buttons.last().textContent())?.trim() ?? null);
}

export type Visit = { readonly heading: string; readonly pressed: readonly string[] };

/** @param look is called at each step before it is left. @returns the steps in order, with what was pressed in each */
export async function walkToDone(
  page: Page,
  hands: Hands,
  look: (page: Page, heading: string, at: number) => Promise<void>,
): Promise<readonly Visit[]> {
  const visits: { heading: string; pressed: string[] }[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await settled(page);
    const before = await state(page);
    if (visits.at(-1)?.heading !== before.heading) visits.push({ heading: before.heading, pressed: [] });
    await look(page, before.heading, visits.length - 1);
    if (before.heading === LAST) return visits;
    visits.at(-1)?.pressed.push(before.button);
    await hands.press(page, before.button);
    const agree = await askedToAgree(page);
    if (agree !== null) {
      await look(page, `${before.heading} agree`, visits.length - 1);
      await hands.press(page, agree);
      visits.at(-1)?.pressed.push(agree);
    }
    await page.waitForFunction(
      ({ heading, button }) => {
        const main = document.querySelector<HTMLButtonElement>('footer.actions button:last-of-type');
        const now = document.querySelector('main h1')?.textContent?.trim() ?? '';
        const idle =
          main === null ||
          (!main.disabled &&
            main.getAttribute('aria-busy') !== 'true' &&
            main.getAttribute('aria-disabled') !== 'true');
        return idle && (now !== heading || (main?.textContent?.trim() ?? '') !== button);
      },
      before,
      { timeout: 60_000 },
    );
  }
  throw new Error(`Never came to the end: ${JSON.stringify(visits)}`);
}

/** Whole-page picture of a step for people to look at. */
export async function picture(page: Page, folder: string, name: string): Promise<void> {
  const place = path.join(pictures, folder);
  mkdirSync(place, { recursive: true });
  // The page scrolls inside; for a picture it may be as long as it is.
  const size = await page.evaluate(() => ({
    width: innerWidth,
    height: innerHeight,
    whole:
      innerHeight -
      (document.querySelector('main')?.clientHeight ?? 0) +
      (document.querySelector('main')?.scrollHeight ?? 0),
  }));
  await page.setViewportSize({ width: size.width, height: Math.min(Math.max(size.height, size.whole), 6000) });
  await page.screenshot({ path: path.join(place, `${name}.png`) });
  await page.setViewportSize({ width: size.width, height: size.height });
}
