/** The whole wizard in practice, Start to Done: in Chromium and in the Electron window, by mouse and by keyboard alone. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { violations } from './eye.ts';
import { newDataFolder, openInBrowser, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';
import { keyboard, LAST, mouse, picture, walkToDone } from './walk.ts';

const STEPS = [
  'Your scanner',
  'Your address',
  'Your internet line',
  'Sign in',
  'Let it send',
  'DNS record',
  'Test',
  'Set up the scanner',
  LAST,
];
/** A step fades in; half-way colours have no contrast of their own. */
const calm = (page: Page) =>
  page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
  });

const fileName = (heading: string, at: number): string =>
  `${String(at + 1).padStart(2, '0')}-${heading.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;

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

const begin = async (opened: OpenWizard, press = mouse.press): Promise<Page> => {
  wizard = opened;
  await press(opened.page, 'Start practising');
  await opened.page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
  return opened.page;
};

describe('the wizard in the browser', () => {
  it.each(['light', 'dark'] as const)(
    'goes from Start to Done by mouse, %s, without an accessibility violation',
    async (colorScheme) => {
      const opened = await openInBrowser({ dataFolder: folder, args: ['--practice'], colorScheme });
      wizard = opened;
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
      await picture(opened.page, colorScheme, '00-start');
      expect(await violations(opened.page)).toEqual([]);
      const page = await begin(opened);
      const visits = await walkToDone(page, mouse, async (_, heading, at) => {
        await calm(page);
        await picture(page, colorScheme, fileName(heading, at));
        expect(await violations(page), heading).toEqual([]);
        // What scrolls is the step, never the frame around it.
        expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight), heading).toBe(0);
      });
      expect(visits.map(({ heading }) => heading)).toEqual(STEPS);
      const clicks = 1 + visits.flatMap(({ pressed }) => pressed).length;
      // One per screen that is left, one for what to practise, one for agreeing to the change; looking on is none.
      const decisions =
        1 + visits.length - 1 + visits.filter(({ pressed }) => pressed.includes('Change it now')).length;
      console.log(`First screen to finished practice run: ${decisions} decisions, ${clicks} clicks, nothing typed.`);
      expect(decisions).toBeLessThanOrEqual(15);
      expect(clicks).toBeLessThanOrEqual(15);
      expect(opened.complaints).toEqual([]);
    },
  );

  it('goes from Start to Done by keyboard alone', async () => {
    const page = await begin(await openInBrowser({ dataFolder: folder, args: ['--practice'] }), keyboard.press);
    const visits = await walkToDone(page, keyboard, async () => undefined);
    expect(visits.map(({ heading }) => heading)).toEqual(STEPS);
  });
});

describe.skipIf(inject('electron') === null)(
  `the wizard in its own window${inject('electron') === null ? ` (skipped: ${inject('electronMissing')})` : ''}`,
  () => {
    it('goes from Start to Done', async () => {
      const opened = await openInWindow({ dataFolder: folder, args: ['--practice'] });
      const page = await begin(opened);
      const visits = await walkToDone(page, mouse, (_, heading, at) => picture(page, 'window', fileName(heading, at)));
      expect(visits.map(({ heading }) => heading)).toEqual(STEPS);
      expect(opened.complaints).toEqual([]);
    });

    it('goes from Start to Done by keyboard alone', async () => {
      const page = await begin(await openInWindow({ dataFolder: folder, args: ['--practice'] }), keyboard.press);
      const visits = await walkToDone(page, keyboard, async () => undefined);
      expect(visits.map(({ heading }) => heading)).toEqual(STEPS);
    });

    it('is sandboxed, isolated and alone with its door', async () => {
      const opened = await openInWindow({ dataFolder: folder, args: ['--practice'] });
      wizard = opened;
      const { page } = opened;
      await page.getByRole('heading', { level: 1 }).waitFor();
      const found = await page.evaluate(() => ({
        origin: location.protocol,
        node: typeof (globalThis as { require?: unknown }).require,
        process: typeof (globalThis as { process?: unknown }).process,
        door: Object.keys((window as { relayready?: object }).relayready ?? {}).sort(),
        opened: window.open('https://example.com') === null,
      }));
      expect(found).toEqual({
        origin: 'app:',
        node: 'undefined',
        process: 'undefined',
        door: ['call', 'cancel', 'host', 'onProgress'],
        opened: true,
      });
    });
  },
);
