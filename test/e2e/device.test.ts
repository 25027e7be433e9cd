/** The last metre in the wizard: finding the scanner, its settings card, and the catcher with a real call, in light and dark. */
import { createRequire } from 'node:module';
import net from 'node:net';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDataFolder, openInBrowser, removeDataFolder, type OpenWizard } from './hosts.ts';
import { mouse, picture, walkToDone } from './walk.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page: Page): Promise<readonly string[]> {
  // The page's own rules forbid foreign scripts; the debugger may run them.
  await page.evaluate(axe);
  const { violations: found } = (await page.evaluate('axe.run()')) as AxeResults;
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '0.0.0.0');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
/** A scanner that was never told its sender, from its own address. */
async function scan(port: number, localAddress: string): Promise<void> {
  const socket = net.connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined).resume();
  const lines = ['EHLO NPIF65E56', 'AUTH PLAIN AHBsYW50ZWQAcGxhbnRlZA==', 'MAIL FROM:<npif65e56@email.com>'];
  const message = 'From: npif65e56@email.com\r\nSubject: Scan 0001\r\n\r\nOne page.\r\n.';
  socket.write([...lines, 'RCPT TO:<office@contoso.com>', 'DATA', message, 'QUIT', ''].join('\r\n'));
  await new Promise((resolve) => socket.once('close', resolve));
}

const HERE = 'Set up the scanner';
class Arrived extends Error {}

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

describe('the scanner in the wizard', () => {
  it.each(['light', 'dark'] as const)('is found, told what to type, and listened to: %s', async (colorScheme) => {
    wizard = await openInBrowser({ dataFolder: folder, args: ['--practice'], colorScheme });
    const { page } = wizard;
    const look = (name: string) => picture(page, `device-${colorScheme}`, name);
    await mouse.press(page, 'Start practising');
    await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();

    await mouse.press(page, 'Search the network');
    // Practice is a world on the loopback interface: there is nothing to search, and nothing is sent.
    await page.getByText('There is no network here that may be searched').waitFor();
    await look('1-search');
    expect(await violations(page)).toEqual([]);

    await walkToDone(page, mouse, async (_, heading) => {
      if (heading === HERE) throw new Arrived();
    }).catch((error: unknown) => {
      if (!(error instanceof Arrived)) throw error;
    });
    const card = page.getByRole('region', { name: 'What to type' });
    await look('2-settings-card');
    for (const words of ['Administrator E-mail Address', 'Device Management', 'Good to know', 'Its own page'])
      expect(await card.textContent()).toContain(words);
    const address = /http:\/\/(127\.77\.\d+\.\d+)\//.exec(
      (await card.getByRole('link').first().getAttribute('href')) ?? '',
    )?.[1];
    expect(address).toBeDefined();
    await card.getByText('These labels are').click();
    await look('3-evidence');
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    await look('4-on-paper');
    expect(await page.getByRole('button', { name: 'Continue' }).isVisible()).toBe(false);
    expect(await card.isVisible()).toBe(true);
    await page.emulateMedia({ media: null, colorScheme });
    for (const brand of ['Epson', 'Postfix (Linux mail server)']) {
      await page.getByLabel('Brand').selectOption(brand);
      await look(`5-${brand.slice(0, 5).toLowerCase()}`);
      expect(await card.textContent()).toContain(`On your ${brand}`);
    }

    await page.getByText('The scanner does not send').click();
    const port = await freePort();
    await page.getByLabel('Port on this computer').fill(String(port));
    await mouse.press(page, 'Listen for the scanner');
    await page.getByText(/Waiting for the device/).waitFor();
    await look('6-listening');
    expect(await violations(page)).toEqual([]);
    await scan(port, address ?? '');
    const caught = page.getByRole('article', { name: 'A message from the scanner' });
    await caught.waitFor();
    await look('7-caught');
    expect(await caught.textContent()).toContain('npif65e56@email.com, which is not in contoso.com');
    // One main cause is told; the rest opens on a click.
    expect(await caught.locator('.findings:visible').count()).toBe(1);
    for (const summary of await caught.locator('summary').all()) await summary.click();
    await look('8-caught-open');
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('main').textContent()).not.toContain('AHBsYW50ZWQ');
    expect(wizard.complaints).toEqual([]);
  });
});
