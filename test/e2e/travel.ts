/** Goes through all steps whatever goes wrong: by the main button, and where that leads nowhere, by the step's own way around. */
import type { Page } from 'playwright-core';
import { askedToAgree, settled, type Hands } from './walk.ts';

/** Headings of the last page, by how it went. */
export const ENDS = ['Your scanner can send', 'It sends, and something is left to do', 'This is where you are'];

export type Stop = {
  readonly heading: string;
  /** Where the picture says that it stops, and why; null while it does not. */
  readonly stop: string | null;
  /** All that is on the page. */
  readonly text: string;
  /** Who has to act, as it stands beside the causes. */
  readonly who: readonly string[];
  /** The error beside what caused it. */
  readonly error: string | null;
};

const look = (page: Page) =>
  page.evaluate(() => {
    const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText.trim() ?? '';
    const error = text('main article [role="alert"]');
    const buttons = [...document.querySelectorAll<HTMLElement>('footer.actions button')];
    return {
      heading: text('main h1'),
      main: document.querySelector<HTMLElement>('footer.actions .button-primary')?.innerText.trim() ?? '',
      around: buttons.find((button) => button.matches('.button-quiet'))?.innerText.trim() ?? '',
      blocked: text('footer.actions [role="alert"]'),
      stop: text('.path-stop') || null,
      text: text('main'),
      who: [...document.querySelectorAll<HTMLElement>('main .who')].map((who) => who.innerText.trim()),
      error: error === '' ? null : error,
    };
  });

/** @returns what was seen at each step before it was left, and what was pressed to leave it */
export async function travel(
  page: Page,
  hands: Hands,
  each: (seen: Stop) => Promise<void> = async () => undefined,
): Promise<readonly (Stop & { readonly pressed: readonly string[] })[]> {
  const visits: (Stop & { pressed: string[] })[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await settled(page);
    const seen = await look(page);
    const known = visits.find(({ heading }) => heading === seen.heading);
    const pressed = known?.pressed ?? [];
    if (known) Object.assign(known, seen);
    else visits.push({ ...seen, pressed });
    await each(seen);
    if (ENDS.includes(seen.heading)) return visits;
    // What led nowhere once is not tried again.
    const name = pressed.includes(seen.main) ? seen.around : seen.main;
    if (name === '') throw new Error(`No way on from “${seen.heading}”: ${seen.text}`);
    pressed.push(name);
    await hands.press(page, name);
    const agree = await askedToAgree(page);
    if (agree !== null) await hands.press(page, agree);
    await page.waitForFunction(
      ({ heading, main, blocked, error }) => {
        const text = (selector: string) => document.querySelector<HTMLElement>(selector)?.innerText.trim() ?? '';
        return (
          text('main h1') !== heading ||
          text('footer.actions .button-primary') !== main ||
          text('footer.actions [role="alert"]') !== blocked ||
          text('main article [role="alert"]') !== (error ?? '')
        );
      },
      seen,
      { timeout: 60_000 },
    );
  }
  throw new Error(
    `Never came to the end: ${visits.map(({ heading, pressed }) => `${heading} (${pressed.join(', ')})`).join(' → ')}`,
  );
}
