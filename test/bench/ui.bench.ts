/**
 * How quick the wizard is to the hand: first picture, going from step to step, typing; and how much of it has to be loaded. On this
 * computer as it is, and as if its processor were six times slower.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { newDataFolder, openInBrowser, removeDataFolder, root, type OpenWizard } from '../e2e/hosts.ts';
import { mouse, walkToDone } from '../e2e/walk.ts';

const MOST_SCRIPT_KB = 250;
const MOST_STEP_MS = 100;
const SLOWED = [1, 6] as const;
const LOADS = 7;
const ROUNDS = 3;
const TYPED = 'scanner.example.net';

const NO_BROWSER = inject('chromium') === null ? ' (skipped: no Chromium: set CHROMIUM_PATH)' : '';
const assets = path.join(root, 'dist/renderer/assets');
const packed = (file: string): number => gzipSync(readFileSync(path.join(assets, file)), { level: 9 }).length / 1024;
const round = (value: number): number => Math.round(value * 10) / 10;

/** What the page asks for before it shows anything: its script and style, and what those name at their head. */
function startFiles(): readonly string[] {
  const html = readFileSync(path.join(root, 'dist/renderer/index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.\/assets\/([^"]+\.(?:js|css))"/g)].map(([, file = '']) => file);
}

it('loads little before it shows something', () => {
  const all = readdirSync(assets).filter((file) => /\.(js|css)$/.test(file));
  const start = startFiles();
  expect(start.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0);
  console.table(all.map((file) => ({ file, 'kB gzip': round(packed(file)), 'at start': start.includes(file) })));
  const sum = (ending: string) =>
    start.filter((file) => file.endsWith(ending)).reduce((total, file) => total + packed(file), 0);
  console.log(
    `start: script ${round(sum('.js'))} kB gzip (at most ${MOST_SCRIPT_KB}), style ${round(sum('.css'))} kB gzip`,
  );
  expect(sum('.js')).toBeLessThanOrEqual(MOST_SCRIPT_KB);
});

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
const worst95 = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;

/** Holds as long as the session that asked for it. */
const slow = async (page: Page, rate: number): Promise<void> => {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate });
};

/** Milliseconds from the beginning of the navigation until the first step's heading has been painted. */
const firstPicture = async (page: Page): Promise<number> => {
  await page.reload({ waitUntil: 'commit' });
  return page.evaluate(async () => {
    while (document.querySelector('.page h1') === null) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    return performance.now();
  });
};

/** Presses each step of the side list once; milliseconds from the press until the new step has been painted. */
const stepChanges = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const times: number[] = [];
    for (const step of document.querySelectorAll<HTMLButtonElement>('.step:not(:disabled)')) {
      const before = document.querySelector('main h1');
      const begun = performance.now();
      step.click();
      while (document.querySelector('main h1') === before && performance.now() - begun < 5000) await painted();
      await painted();
      if (document.querySelector('main h1') !== before) times.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return times;
  });

/** Types into a field; milliseconds from each key to the picture that shows it. */
async function typing(page: Page): Promise<readonly number[]> {
  const field = page.locator('main input[type="text"], main input:not([type])').first();
  await field.fill('');
  await page.evaluate(() => {
    const latencies: number[] = [];
    Object.assign(globalThis, { latencies });
    document.addEventListener(
      'input',
      (event) => requestAnimationFrame(() => setTimeout(() => latencies.push(performance.now() - event.timeStamp), 0)),
      { capture: true },
    );
  });
  for (const key of TYPED) await page.keyboard.press(key, { delay: 20 });
  await page.waitForTimeout(300);
  return page.evaluate(() => (globalThis as unknown as { latencies: number[] }).latencies);
}

let folder = '';
let wizard: OpenWizard | null = null;
beforeAll(async () => {
  if (NO_BROWSER !== '') return;
  folder = newDataFolder();
  wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'] });
  await mouse.press(wizard.page, 'Start practising');
  await wizard.page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
  await walkToDone(wizard.page, mouse, async () => undefined);
});
afterAll(async () => {
  await wizard?.close();
  if (folder !== '') removeDataFolder(folder);
});

it.skipIf(NO_BROWSER !== '')(`answers the hand at once${NO_BROWSER}`, async () => {
  const page = (wizard as OpenWizard).page;
  const rows: Record<string, string | number>[] = [];
  let change = Number.NaN;
  for (const rate of SLOWED) {
    await slow(page, rate);
    const measure = (what: string, values: readonly number[]) =>
      rows.push({
        processor: rate === 1 ? 'as it is' : `${rate}× slowed`,
        what,
        'median ms': Math.round(median(values)),
        '95th percentile ms': Math.round(worst95(values)),
        measured: values.length,
      });
    const loads: number[] = [];
    for (let load = 0; load < LOADS; load += 1) loads.push(await firstPicture(page));
    measure('first picture', loads);
    const changes: number[] = [];
    for (let number = 0; number < ROUNDS; number += 1) changes.push(...(await stepChanges(page)));
    measure('from step to step', changes);
    if (rate === 1) change = median(changes);
    expect(changes.length).toBeGreaterThanOrEqual(ROUNDS * 9);
    await page.locator('.step').nth(1).click();
    const typed = await typing(page);
    expect(typed).toHaveLength(TYPED.length);
    measure('a typed letter', typed);
  }
  console.table(rows);
  console.log(`from step to step: median ${Math.round(change)} ms (at most ${MOST_STEP_MS})`);
  expect(change).toBeLessThanOrEqual(MOST_STEP_MS);
});
