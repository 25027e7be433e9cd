/** What is kept: set-ups with names, undo, damage that is told, answers that take steps back; and the report of a problem. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { violations } from './eye.ts';
import { newDataFolder, openInBrowser, removeDataFolder, type OpenWizard } from './hosts.ts';
import { mouse, picture, settled, walkToDone } from './walk.ts';

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

const open = async (args: readonly string[] = []): Promise<Page> => {
  wizard = await openInBrowser({ dataFolder: folder, args });
  await wizard.page.getByRole('heading', { level: 1 }).waitFor();
  return wizard.page;
};
const close = async (): Promise<void> => {
  await wizard?.close();
  wizard = null;
};
const at = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const step = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name });
const saved = (page: Page) => page.getByText('Saved on this computer').waitFor();
const look = async (page: Page, name: string): Promise<void> => {
  await picture(page, 'keep', name);
  expect(await violations(page), name).toEqual([]);
};
const files = () => readdirSync(path.join(folder, 'set-ups')).filter((name) => name.endsWith('.json'));

class Here extends Error {}
const walkTo = (page: Page, name: string) =>
  walkToDone(page, mouse, async (_, heading) => {
    if (heading === name) throw new Here();
  }).catch((error: unknown) => {
    if (!(error instanceof Here)) throw error;
  });

describe('set-ups', () => {
  it('are renamed, copied, deleted, and brought back', async () => {
    const page = await open(['--practice']);
    await mouse.press(page, 'Start practising');
    await at(page, 'Your scanner');
    await saved(page);
    await step(page, /^Start/).click();
    await mouse.press(page, 'Open a saved set-up 1 set-up is kept on this computer');
    const list = page.getByRole('region', { name: 'Saved set-ups' });
    await list.getByRole('button', { name: 'Rename All is well' }).click();
    await look(page, 'rename');
    await list.getByLabel('Name of this set-up').fill('Front office');
    await list.getByLabel('Name of this set-up').press('Enter');
    await list.getByText('Front office').first().waitFor();
    await list.getByRole('button', { name: 'Copy Front office' }).click();
    await list.getByText('Copy of Front office').waitFor();
    await list.getByRole('button', { name: 'Delete Copy of Front office' }).click();
    await list.getByText('Deleted: Copy of Front office').waitFor();
    expect(files()).toHaveLength(1);
    // Another panel in between does not end it; leaving the page or deleting another one does.
    await page.getByRole('button', { name: /^Practice/ }).click();
    await page.getByRole('button', { name: /^Open a saved set-up/ }).click();
    await look(page, 'deleted');
    await list.getByRole('button', { name: 'Bring it back' }).click();
    await list.getByRole('button', { name: 'Open Copy of Front office' }).waitFor();
    expect(files()).toHaveLength(2);
    // A renamed practice set-up still knows its world.
    await list.getByRole('button', { name: 'Open Front office' }).click();
    await at(page, 'Your scanner');
    await page.waitForTimeout(500);
    await saved(page);
    await close();
    const again = await open(['--practice']);
    await at(again, 'Your scanner');
    await again.getByText('It was started again as you left it.').waitFor();
  });

  it('that cannot be read are told, and the version before is taken', async () => {
    let page = await open();
    await mouse.press(page, 'New set-up For one office, in one sitting');
    await page.getByLabel('Model').fill('IM C3000');
    await saved(page);
    await page.getByLabel('Brand').selectOption('Ricoh');
    await page.waitForTimeout(500);
    await saved(page);
    await close();
    const [name = ''] = files();
    const file = path.join(folder, 'set-ups', name);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200));
    page = await open();
    const note = page.getByRole('complementary', { name: 'A set-up could not be read' });
    await note.waitFor();
    await look(page, 'damaged');
    await at(page, 'Your scanner');
    expect(await page.getByLabel('Model').inputValue()).toBe('IM C3000');
    await note.getByRole('button', { name: 'I have seen it' }).click();
    await note.waitFor({ state: 'detached' });
    expect(readdirSync(path.join(folder, 'set-ups', 'damaged'))).toHaveLength(1);
  });

  it('open in two windows are not written over: what each answered is kept', async () => {
    const page = await open();
    await mouse.press(page, 'New set-up For one office, in one sitting');
    await page.getByLabel('Model').fill('from the first');
    await saved(page);
    const other = await openInBrowser({ dataFolder: folder });
    try {
      await at(other.page, 'Your scanner');
      await other.page.getByLabel('Model').fill('from the other');
      await saved(other.page);
      // The first does not know of it yet.
      await page.getByLabel('Address of the scanner').fill('192.168.0.77');
      const note = page.getByRole('complementary', { name: 'Changed in another window' });
      await note.waitFor();
      await saved(page);
      await look(page, 'parted');
      await note.getByRole('button', { name: 'I have seen it' }).click();
      await note.waitFor({ state: 'detached' });
      // From here on each has its own.
      await page.getByLabel('Model').fill('from the first, later');
      await saved(page);
      await other.page.getByLabel('Model').fill('from the other, later');
      await saved(other.page);
    } finally {
      await other.close();
    }
    await close();
    const kept = files().map((name) => readFileSync(path.join(folder, 'set-ups', name), 'utf8'));
    expect(kept).toHaveLength(2);
    for (const words of ['from the first, later', 'from the other, later', '192.168.0.77'])
      expect(
        kept.filter((text) => text.includes(words)),
        words,
      ).toHaveLength(1);
  });

  it('whose folder cannot be read are not called missing', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'set-ups'), 'a file in the way');
    const page = await open();
    const told = page.getByRole('alert').filter({ hasText: 'set-ups' });
    await told.waitFor();
    expect(await told.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
  });
});

describe('an altered answer', () => {
  it('says at once what has to be done again, and the former answer brings it back', async () => {
    const page = await open(['--practice']);
    await mouse.press(page, 'Start practising');
    await walkTo(page, 'DNS record');
    await step(page, /^Your address/).click();
    await at(page, 'Your address');
    await page.getByLabel('Your mail domain').fill('fabrikam.com');
    const said = page.getByText('has to be looked at again in');
    await said.waitFor();
    expect(await said.textContent()).toContain('“Let it send”');
    await look(page, 'altered');
    expect(await step(page, /^Let it send/).isDisabled()).toBe(true);
    await page.getByLabel('Your mail domain').fill('contoso.com');
    await said.waitFor({ state: 'detached' });
    expect(await step(page, /^Let it send/).isDisabled()).toBe(false);
    await step(page, /^Let it send/).click();
    await page.getByText('It is done, and was read back').waitFor();

    await step(page, /^Your address/).click();
    await page.getByLabel('Your mail domain').fill('fabrikam.com');
    await mouse.press(page, 'Check');
    await settled(page);
    await mouse.press(page, 'Continue');
    await at(page, 'Your internet line');
    await page.getByText(/This step has to be done again, because “Your mail domain” was changed/).waitFor();
  });

  it('that cannot be read is not passed over', async () => {
    const page = await open(['--practice']);
    await mouse.press(page, 'Start practising');
    await walkTo(page, 'Your address');
    await mouse.press(page, 'Check');
    await settled(page);
    await page.getByLabel('Your mail domain').fill('not a domain');
    await mouse.press(page, 'Continue');
    await page.getByRole('alert').filter({ hasText: 'Correct the marked field first' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('domain');
    await at(page, 'Your address');
  });
});

describe('the expert’s words', () => {
  /** Words somebody who runs an office need not know. */
  const EXPERT =
    /\b(SPF|DKIM|DMARC|DNS|MX|TXT|STARTTLS|TLS|SMTP|VPN|SNMP|mDNS|PowerShell|OAuth|Direct Send|connector|port 25|certificate|firewall|block list|name server|accepted domain|public IP address)\b/gi;

  it('are explained on each page that uses them', async () => {
    const page = await open(['--practice']);
    await mouse.press(page, 'Start practising');
    const used = new Set<string>();
    const unexplained = async (): Promise<readonly string[]> => {
      const { text, explained } = await page.evaluate(() => {
        const words = [...document.querySelectorAll('main article > details')].find((one) =>
          one.querySelector('summary')?.textContent?.startsWith('What is this?'),
        );
        const parts = [...(document.querySelector('main article')?.children ?? [])].filter((part) => part !== words);
        return { text: parts.map((part) => part.textContent).join('\n'), explained: words?.textContent ?? '' };
      });
      const found = [...text.matchAll(EXPERT)].map(([word]) => word.toLowerCase());
      for (const word of found) used.add(word);
      return found.filter((word) => !explained.toLowerCase().includes(word));
    };
    await walkToDone(page, mouse, async (_, heading) => {
      // They are looked for when the page has come to rest.
      await expect.poll(unexplained, { message: heading, timeout: 10_000 }).toEqual([]);
    });
    expect(used.size).toBeGreaterThan(8);
  });
});

describe('the report of a problem', () => {
  it.each([
    [
      'refuses',
      `Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })`,
    ],
    ['is not there', `Object.defineProperty(navigator, 'clipboard', { value: undefined })`],
  ])('can be selected where the clipboard %s, and that is said', async (_, script) => {
    const page = await open();
    await page.evaluate(script);
    await mouse.press(page, 'Report a problem');
    await page.getByRole('button', { name: 'Copy the report' }).click();
    await page.getByText('Copying was not allowed; select the text instead.').waitFor();
    const selectable = await page.evaluate(() =>
      [...document.querySelectorAll('pre, textarea')].some((one) => getComputedStyle(one).userSelect !== 'none'),
    );
    expect(selectable).toBe(true);
  });

  it('is read in full before it is saved, and names nobody', async () => {
    const page = await open(['--practice']);
    await mouse.press(page, 'Start practising');
    await walkTo(page, 'DNS record');
    await mouse.press(page, 'Report a problem');
    const dialog = page.getByRole('dialog', { name: 'Report a problem' });
    await dialog.getByLabel('What happened, in your own words').fill('It did not reach office@contoso.com.');
    const report = dialog.getByRole('region', { name: 'The whole report' });
    await report.getByText('It did not reach [mail address').waitFor();
    await look(page, 'report');
    const shown = (await report.textContent()) ?? '';
    for (const word of ['contoso', '203.0.113.7', 'office@', '127.77.']) expect(shown).not.toContain(word);
    for (const word of ['RelayReady', 'port-25', 'New-InboundConnector']) expect(shown).toContain(word);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save it as a file' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(shown);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'detached' });
    await at(page, 'DNS record');
  });
});
