/** The clients page: a thousand of them at once, and one from its import to its repair, in Chromium and in the program's own window. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { seedClients } from './clients-seed.ts';
import { clipped, LIGHTS, tooSmall, turn, unseenFocus, violations } from './eye.ts';
import { newDataFolder, openInBrowser, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';
import { picture } from './walk.ts';

const MOST_OPEN_MS = 1000;
const COUNT = 1000;
const SIZES = [
  { width: 900, height: 600 },
  { width: 600, height: 400 },
  { width: 320, height: 256 },
  { width: 1200, height: 800 },
];

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

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name });

/** In every light without barriers, in every window whole. */
async function look(page: Page, name: string): Promise<readonly string[]> {
  const found: string[] = [];
  await picture(page, 'clients', name);
  for (const light of LIGHTS) {
    await turn(page, light);
    found.push(...(await violations(page, { colours: light !== 'light' })).map((one) => `${name}, ${light}: ${one}`));
    if (light === 'dark') await picture(page, 'clients', `${name}-dark`);
  }
  await turn(page, 'light');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const wrong = [...(await clipped(page)), ...(await tooSmall(page))];
    found.push(...wrong.map((one) => `${name}, ${size.width}×${size.height}: ${one}`));
    if (size.width === 900)
      await page.screenshot({ path: path.join('test-output/screens/clients', `${name}-900.png`) });
  }
  return found;
}

/** Milliseconds from the press on the start page until the first rows, and until all of them, have been painted. */
const opening = (page: Page, count: number): Promise<{ readonly first: number; readonly all: number }> =>
  page.evaluate(async (wanted) => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
    const rows = () => document.querySelectorAll('.client-row').length;
    const tile = [...document.querySelectorAll<HTMLElement>('.tile')].find((one) =>
      one.textContent.includes('Clients'),
    );
    const begun = performance.now();
    tile?.click();
    while (rows() === 0 && performance.now() - begun < 20_000) await painted();
    const first = Math.round(performance.now() - begun);
    while (rows() < wanted && performance.now() - begun < 20_000) await painted();
    return { first, all: Math.round(performance.now() - begun) };
  }, count);

/** From top to bottom as a quick hand would; milliseconds between pictures. */
const scrolling = (page: Page) =>
  page.evaluate(async () => {
    const main = document.querySelector('main') as HTMLElement;
    const frames: number[] = [];
    let last = performance.now();
    for (let top = 0; top < main.scrollHeight - main.clientHeight; top += 240) {
      main.scrollTop = top;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames.push(performance.now() - last);
      last = performance.now();
    }
    main.scrollTop = 0;
    const sorted = frames.slice(1).sort((one, other) => one - other);
    const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN);
    return {
      frames: sorted.length,
      median: at(0.5),
      worst95: at(0.95),
      most: at(1),
      over50: sorted.filter((ms) => ms > 50).length,
    };
  });

const NO_WINDOW = inject('electron') === null ? ` (skipped: ${inject('electronMissing')})` : '';
const HOSTS = [
  { host: 'Chromium', open: openInBrowser, skip: false, note: '' },
  { host: 'the window', open: openInWindow, skip: NO_WINDOW !== '', note: NO_WINDOW },
];

describe.each(HOSTS)('a thousand clients in $host$note', ({ host, open, skip }) => {
  it.skipIf(skip)('open at once, scroll, and are found', async () => {
    await seedClients(folder, COUNT);
    wizard = await open({ dataFolder: folder, args: ['--practice'] });
    const { page } = wizard;
    await heading(page, /Let your scanner/).waitFor();
    const times = [];
    for (let round = 0; round < 3; round += 1) {
      times.push(await opening(page, COUNT));
      await page.evaluate(() => document.querySelector<HTMLElement>('.actions .button')?.click());
      await heading(page, /Let your scanner/).waitFor();
    }
    await button(page, /^Clients/).click();
    await page.waitForFunction((count) => document.querySelectorAll('.client-row').length === count, COUNT);
    const scrolled = await scrolling(page);
    console.log(
      `${host}, ${COUNT} clients: first rows after ${times.map(({ first }) => first).join(', ')} ms, all after ${times
        .map(({ all }) => all)
        .join(', ')} ms; scrolled from top to bottom: ${JSON.stringify(scrolled)}`,
    );
    // On a busy computer one of three may be slow; what the page itself takes shows in the best.
    expect(Math.min(...times.map(({ all }) => all))).toBeLessThanOrEqual(MOST_OPEN_MS);
    expect(scrolled.median).toBeLessThan(50);

    const rows = page.locator('.client-row');
    await page.getByLabel('Search').fill('client77');
    await page.waitForFunction(() => document.querySelectorAll('.client-row').length === 11);
    await page.getByText('11 of 1,000 clients').waitFor();
    await button(page, /^Needs doing/).click();
    await page.waitForFunction(() => document.querySelectorAll('.client-row').length === 5);
    expect(await rows.first().textContent()).toContain('Needs doing');
    await page.getByLabel('Who has to act').selectOption('microsoft-admin');
    await page.waitForFunction(() => document.querySelectorAll('.client-row').length === 3);
    await page.getByLabel('Who has to act').selectOption('');
    await button(page, /^All/).click();
    await page.getByLabel('Search').fill('');
    await page.waitForFunction((count) => document.querySelectorAll('.client-row').length === count, COUNT);
    await page.getByLabel('Order').selectOption('domain');
    await page.waitForFunction(() => document.querySelector('.client-row')?.textContent?.includes('client0.example'));
    await page.getByLabel('Only what is new').check();
    await page.getByText(/^\d+ of 1,000 clients$/).waitFor();
    await page.getByLabel('Search').fill('client10');
    await page.waitForFunction(() => document.querySelectorAll('.client-row').length < 12);
    expect(host === 'Chromium' ? await look(page, 'list') : await violations(page)).toEqual([]);

    // By keyboard alone: into a client, and back to where one was.
    await page.locator('.client-open').nth(1).focus();
    await page.keyboard.press('Enter');
    await heading(page, 'How it came about').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(host === 'Chromium' ? await look(page, 'one') : await violations(page)).toEqual([]);
    if (host === 'Chromium') expect(await unseenFocus(page)).toEqual([]);
    await page.getByText('The same as a table').click();
    await page.getByRole('cell', { name: '203.0.113.99', exact: true }).waitFor();
    await button(page, 'I have seen it').click();
    await heading(page, 'New since you last saw it').waitFor({ state: 'detached' });
    await button(page, 'Back').focus();
    await page.keyboard.press('Enter');
    // What has been seen is not new any more: its row may have left this list, and then the heading has the focus.
    await page.waitForFunction(() => document.activeElement?.matches('.client-open, main h1') === true);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.activeElement?.matches('.client-open, main h1'))).toBe(true);

    // A run that is stopped keeps what it has seen, and says so.
    await page.getByLabel('Only what is new').uncheck();
    await page.getByLabel('Search').fill('');
    await page.getByText('1,000 clients', { exact: true }).waitFor();
    await page.getByLabel('This computer is').selectOption('away');
    await button(page, 'Look again at all').click();
    await page.getByText(/^\d+ of 1,000 looked at\.$/).waitFor();
    await button(page, 'Cancel').click();
    await page.getByText('What was looked at by then is kept.').waitFor();
    expect(wizard.complaints).toEqual([]);
  });
});

const TABLE = `client,name,domain,sender,device,publicIps
Contoso,Head office,contoso.com,scanner@contoso.com,,198.51.100.99
Contoso,Branch,contoso.com,,,nowhere
Fabrikam,Office,fabrikam,,,
Northwind,Office,northwind.example,,192.168.1.50,198.51.100.9
Litware,=cmd,litware.example,,,
`;

describe('a client', () => {
  it('is imported, looked at, mended and exported', async () => {
    const file = path.join(folder, 'clients.csv');
    writeFileSync(file, TABLE);
    wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'] });
    const { page, complaints } = wizard;
    await page.locator('.choice-card', { hasText: 'The office has moved' }).click();
    await button(page, 'Start practising').click();
    await heading(page, 'Your scanner').waitFor();
    await page.locator('.step').first().click();
    await button(page, /^Clients/).click();
    await heading(page, 'No clients yet').waitFor();
    expect(await page.locator('.stamp').count()).toBe(0);
    expect(await look(page, 'none')).toEqual([]);

    await button(page, 'Add from one of your set-ups').click();
    await button(page, 'Add The office has moved').click();
    await page.getByText('Added', { exact: true }).waitFor();
    await button(page, 'Back').click();
    await button(page, 'The office has moved').click();
    await button(page, 'Delete').click();
    await button(page, 'Delete it').click();
    await heading(page, 'No clients yet').waitFor();

    await button(page, 'Import a list').click();
    await page.locator('input[type=file]').first().setInputFiles(file);
    await heading(page, '3 rows are bad').waitFor();
    for (const where of ['clients.csv:3', 'clients.csv:4', 'clients.csv:6'])
      await page.getByRole('rowheader', { name: where }).waitFor();
    expect(await button(page, /^Import/).count()).toBe(0);
    expect(await look(page, 'import')).toEqual([]);
    await page.getByLabel('Leave the bad rows out').check();
    await button(page, 'Import 2 clients').click();
    await page.getByText('New: 2. Changed: 0. As before: 0. Rows left out: 3.').waitFor();
    await button(page, 'Back').click();

    await button(page, 'Look again at all').click();
    await page.getByText('2 offices were looked at.').waitFor();
    await heading(page, 'Nothing new').waitFor();
    // Elsewhere nothing of an office's line is asked, and that is not red.
    await button(page, 'Northwind').click();
    await page.getByText(/^What was found/).click();
    const away = page.locator('.check.state-skipped', { hasText: 'is not in that office' });
    expect(await away.count()).toBeGreaterThan(0);
    await button(page, 'Back').click();

    await button(page, 'Contoso').click();
    await page.getByLabel(/^This computer stands/).check();
    await button(page, 'Look again').click();
    await page.getByText('Contoso sends from 203.0.113.7, which is not entered').waitFor();
    expect(await look(page, 'drift')).toEqual([]);
    await button(page, 'Review the repair').click();
    await page.getByText('is known once somebody is signed in').waitFor();
    await button(page, 'Sign in with Microsoft').click();
    await page.getByLabel(/^Take 198.51.100.99 away/).check();
    await page.getByText('Adds 203.0.113.7 to the connector').waitFor();
    await page.getByText('v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all').waitFor();
    expect(await look(page, 'repair')).toEqual([]);
    await button(page, 'Make this change').click();
    await page.getByRole('alertdialog').waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, 'Change it now').click();
    await heading(page, 'What was changed at Contoso').waitFor();
    await page.getByText('Head office: 203.0.113.7; before it was 198.51.100.99.').waitFor();
    expect(await look(page, 'mended')).toEqual([]);
    await button(page, 'Publish it in the simulated DNS').click();
    await page.getByText('The record is published.').waitFor();
    await button(page, 'Back').click();
    await button(page, 'Look again').click();
    await heading(page, 'Nothing has come apart').waitFor();

    await button(page, 'Is it unused or misused?').click();
    // Whoever was signed in for the repair was signed out when that page was left.
    await button(page, 'Sign in with Microsoft').click();
    await button(page, 'Read the trace').click();
    await page.getByText('Nothing came through the connector in 10 days.').waitFor();
    expect(await look(page, 'traffic')).toEqual([]);

    await button(page, 'Edit').click();
    await page.getByLabel('Mail domain').fill('contoso');
    await button(page, 'Another day').click();
    await button(page, 'Save').click();
    await page.getByText('Write it like contoso.com.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toContain('-domain');
    expect(await look(page, 'edit')).toEqual([]);
    await page.getByLabel('Mail domain').fill('contoso.com');
    await page.getByLabel('What', { exact: true }).fill('Hallway');
    await page.getByLabel('Day', { exact: true }).fill('2030-01-31');
    await page.getByLabel('Name of the client').fill('Contoso, Ltd');
    await button(page, 'Save').click();
    await heading(page, 'Contoso, Ltd').waitFor();
    await button(page, 'Back').click();
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export as a table').click()]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain('"Contoso, Ltd",Head office,contoso.com');
    expect(text).toContain('203.0.113.7');

    await button(page, 'Northwind').click();
    await button(page, 'Delete').click();
    await button(page, 'Delete it').click();
    await page.getByText('1 client', { exact: true }).waitFor();
    await button(page, 'Contoso, Ltd').click();
    await button(page, /^Open as a set-up/).click();
    await heading(page, 'Your scanner').waitFor();
    expect(complaints).toEqual([]);
  });
});
