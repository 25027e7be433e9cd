/** No text stands hard-coded in the page: in the made-up language every word a person can see or hear has passed the translation. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PSEUDO_TAG } from '../../core/i18n/pseudo.ts';
import { seedOne } from './clients-seed.ts';
import { newDataFolder, openInBrowser, removeDataFolder, type OpenWizard } from './hosts.ts';

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

/** Data, which is the same in every language: addresses, names of hosts and files, records, numbers, codes, commands. */
const DATA: readonly RegExp[] = [
  /^[^\p{L}]*$/u,
  /^[\w.+-]+@[\w.-]+$/,
  /^https?:\/\/\S+$/,
  /^([\w-]+\.)+[\w-]+(:\d+)?$/,
  /^v=(spf1|DMARC1|DKIM1)\b.*$/,
  /^(TLSv?1\.\d|TLS_\w+|ECDHE\S+|AES\S+)$/,
  /^(RelayReady|STARTTLS|SPF|DKIM|DMARC|PASS|FAIL|IPv[46])$/,
];

/** Parts of the page that hold data only: what servers said, commands, cmdlets, the marks of devices. */
const HOLDS_DATA =
  'code, pre, kbd, samp, script, style, svg, [lang], .said, .mono, option[lang], .menu-path, .setting dt';

/** What is seen or read aloud and did not pass the translation. */
const untranslated = (page: Page, holdsData: string): Promise<readonly string[]> =>
  page.evaluate((skip) => {
    const found = new Set<string>();
    const accented = /[áƀćđéğĥíķľñóŕšťúýžÁĆĐÉĞĤÍĶĽÑÓŔŠŤÚÝŽ·]/;
    const note = (text: string | null, element: Element) => {
      const clean = (text ?? '').trim();
      if (clean !== '' && !accented.test(clean) && !element.closest(skip)) found.add(clean);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (element?.checkVisibility()) note(walker.currentNode.textContent, element);
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
      for (const name of ['aria-label', 'placeholder', 'title', 'alt']) note(element.getAttribute(name), element);
    note(document.title, document.documentElement);
    return [...found];
  }, holdsData);

it('every text of every step has passed the translation', async () => {
  await seedOne(folder);
  wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'] });
  const { page } = wizard;
  await page.locator('.page h1').waitFor();
  await page.evaluate((language) => localStorage.setItem('relayready.language', language), PSEUDO_TAG);
  await page.reload();
  await page.locator('.page h1').waitFor();
  const wrong = new Map<string, string>();
  let steps = 0;
  const look = async (where: string) => {
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
    for (const text of await untranslated(page, HOLDS_DATA))
      if (!DATA.some((data) => data.test(text)) && !wrong.has(text)) wrong.set(text, where);
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = false)));
  };
  await look('start');
  await page.locator('.tiles > .tile').last().click();
  await page.locator('.client-open').waitFor();
  await look('clients');
  await page.locator('.client-open').click();
  await page.locator('.chart').waitFor();
  await look('client');
  await page.locator('.findings .button-primary').click();
  await page.locator('#repair-record').waitFor();
  await look('repair');
  await page.locator('.actions .button').first().click();
  await page.locator('.chart').waitFor();
  await page.locator('.actions .button').last().click();
  await page.locator('#client-senders').waitFor();
  await look('client as a form');
  for (const level of ['.chart', '.client-open', '.tiles']) {
    await page.locator('.actions .button').first().click();
    await page.locator(level).first().waitFor();
  }
  await page.locator('.practice-start, .actions .button-primary, main .button-primary').last().click();
  await page.locator('.path-small').waitFor();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.waitForFunction(() => document.querySelector('.note-progress, .starting') === null, undefined, {
      timeout: 90_000,
    });
    const at = await page.locator('.step[aria-current="step"]').textContent();
    await look(at ?? '?');
    steps += 1;
    const before = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
    const next = page.locator('.actions .button-primary');
    if ((await next.count()) === 0) break;
    await next.click();
    await page.waitForFunction(
      (text) => document.querySelector('main')?.textContent !== text || document.querySelector('[role="alertdialog"]'),
      before,
    );
    const dialog = page.getByRole('alertdialog');
    if ((await dialog.count()) > 0) {
      await look(`${at ?? '?'}, asked`);
      await dialog.getByRole('button').last().click();
    }
  }
  console.log(`${steps} pages in ${PSEUDO_TAG}, ${wrong.size} texts that did not pass the translation`);
  expect(steps).toBeGreaterThan(9);
  expect([...wrong].map(([text, where]) => `${where}: ${text}`)).toEqual([]);
});
