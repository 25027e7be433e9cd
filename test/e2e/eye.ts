/** What an eye would see in a page: accessibility rules, text that is cut off or runs out of its box, and pictures for people. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** How the page is looked at. */
export type Light = 'light' | 'dark' | 'forced';
export const LIGHTS: readonly Light[] = ['light', 'dark', 'forced'];

export const turn = (page: Page, light: Light): Promise<void> =>
  page.emulateMedia({
    // People who need the system's own colours mostly have them on black.
    colorScheme: light === 'light' ? 'light' : 'dark',
    forcedColors: light === 'forced' ? 'active' : 'none',
    reducedMotion: 'reduce',
  });

/** The rules that colours decide; all others say the same in every light. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * Violations that axe can see, by rule and place.
 * @param colours only the rules of colour, where the same page was looked at whole in another light
 * @param inside selector of the part to look at; missing: the whole page
 */
export async function violations(
  page: Page,
  { colours = false, inside }: { readonly colours?: boolean; readonly inside?: string } = {},
): Promise<readonly string[]> {
  // The page's own rules forbid foreign scripts; the debugger may run them.
  await page.evaluate(`globalThis.axe || (() => {${AXE}})()`);
  const options = { resultTypes: ['violations'], ...(colours ? { runOnly: OF_COLOUR } : {}) };
  const { violations: found } = (await page.evaluate(
    `axe.run(${inside === undefined ? 'document' : JSON.stringify(inside)}, ${JSON.stringify(options)})`,
  )) as AxeResults;
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(' ')} ${any[0]?.message ?? ''}`.trim()),
  );
}

/**
 * Text that somebody cannot read whole: cut off by its box or an outer one, running out of its own box, or making the page scroll
 * sideways. Boxes that scroll by design show all of it; words for screen readers alone are not meant to be seen.
 */
export const clipped = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    // What floats finds its place a frame or two after the window has changed.
    for (let frames = 0; frames < 3; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    const found: string[] = [];
    const call = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${(element.textContent ?? '').trim().slice(0, 40)}”`;
    const whole = document.documentElement;
    if (whole.scrollWidth > whole.clientWidth)
      found.push(`the page is ${whole.scrollWidth - whole.clientWidth} px too wide`);
    const readers = (element: Element) => element.closest('.hidden, svg, option') !== null;
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (readers(element) || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      if (style.clipPath !== 'none') continue;
      const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
      if (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut off sideways: ${call(element)}`);
      if (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
        found.push(`cut off below: ${call(element)}`);
      if (element instanceof HTMLSelectElement || element instanceof HTMLInputElement) {
        if (
          element instanceof HTMLInputElement &&
          element.type === 'text' &&
          element.scrollWidth > element.clientWidth + 1
        )
          found.push(`typed text is cut off: ${element.id}`);
        continue;
      }
      if (
        style.overflowX === 'visible' &&
        !style.display.startsWith('inline') &&
        element.clientWidth > 0 &&
        element.scrollWidth > element.clientWidth + 2
      )
        found.push(`holds more than it is wide: ${call(element)}`);
      const texts = [...element.childNodes].filter(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
      );
      if (texts.length === 0) continue;
      // The nearest box with an edge of its own: its words must stay inside.
      let box: HTMLElement | null = element;
      while (box && getComputedStyle(box).display.startsWith('inline') && !getComputedStyle(box).display.includes('-'))
        box = box.parentElement;
      let scrolls: HTMLElement | null = element;
      while (scrolls && !['auto', 'scroll'].includes(getComputedStyle(scrolls).overflowX))
        scrolls = scrolls.parentElement;
      if (!box || (scrolls && scrolls.matches('.table-frame, .transcript'))) continue;
      const edge = box.getBoundingClientRect();
      const range = document.createRange();
      for (const text of texts) {
        range.selectNodeContents(text);
        for (const piece of range.getClientRects()) {
          if (piece.width === 0) continue;
          const out = Math.max(edge.left - piece.left, piece.right - edge.right);
          if (out > 1.5) found.push(`runs ${Math.round(out)} px out of its box: ${call(element)}`);
          if (piece.right > whole.clientWidth + 1 || piece.left < -1) found.push(`leaves the window: ${call(element)}`);
        }
      }
    }
    return [...new Set(found)];
  });

/** Things one presses that are smaller than 24 × 24 px and not part of a sentence (WCAG 2.2, 2.5.8). */
export const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, summary, select, input, [role="radio"], [role="tab"]')]
      .filter((element) => element.checkVisibility() && !element.closest('.hidden'))
      .filter((element) => {
        const target = element.matches('[role="radio"], input[type="checkbox"]')
          ? (element.closest('label') ?? element)
          : element;
        const { width, height } = target.getBoundingClientRect();
        // Two hidden inputs of the radio buttons are one pixel large on purpose.
        return element.getAttribute('aria-hidden') !== 'true' && (width < 24 || height < 24);
      })
      .map((element) => `${element.tagName.toLowerCase()} “${(element.textContent ?? '').trim().slice(0, 40)}”`),
  );

/** Goes through the page with the Tab key; what has the focus without a ring around it. */
export async function unseenFocus(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return { name: null, again: true };
      const again = (focused as HTMLElement).dataset['tabbed'] === '';
      (focused as HTMLElement).dataset['tabbed'] = '';
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      return {
        name: ring ? null : `${focused.tagName.toLowerCase()} “${(focused.textContent ?? '').trim().slice(0, 40)}”`,
        again,
      };
    });
    if (seen.name !== null && !seen.again) found.push(seen.name);
    if (seen.again && tabs > 0) break;
  }
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-tabbed]')) delete element.dataset['tabbed'];
  });
  return found;
}
