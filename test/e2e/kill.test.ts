/** Kill -9 at every step, while typing, and while something is sent; reopened: same step, same answers, nothing sent twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { startPractice, type PracticeWorld } from '../../electron/practice/practice.ts';
import { violations } from './eye.ts';
import { newDataFolder, openInBrowser, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';
import { mouse, picture, settled } from './walk.ts';

/** The world is not killed: what was sent into it can be counted. */
let world: PracticeWorld;
let files = '';
let args: readonly string[] = [];
let folder = '';
let wizard: OpenWizard | null = null;

beforeEach(async () => {
  folder = newDataFolder();
  files = mkdtempSync(path.join(tmpdir(), 'relayready-world-'));
  world = await startPractice({ scenario: 'all-well', signal: AbortSignal.timeout(170_000) });
  args = ['--environment', await world.writeEnvironment(files)];
});
afterEach(async () => {
  await wizard?.close();
  wizard = null;
  await world.stop();
  rmSync(files, { recursive: true, force: true });
  removeDataFolder(folder);
});

const open = async (): Promise<Page> => {
  wizard = await openInBrowser({ dataFolder: folder, args });
  const { page } = wizard;
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
};
const at = (page: Page, heading: string | RegExp) =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
const saved = (page: Page) => page.getByText('Saved on this computer').waitFor();

/** Everything a person has answered, as it stands on the page, by the field's id or label. */
const answers = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [
        ...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('main input, main select, main textarea'),
      ].map((field, index) => [
        `${field.id || (field.labels?.[0]?.innerText ?? index)}`,
        field instanceof HTMLInputElement && field.type === 'checkbox' ? String(field.checked) : field.value,
      ]),
    ),
  );
const heading = async (page: Page): Promise<string> =>
  ((await page.getByRole('heading', { level: 1 }).textContent()) ?? '').trim();

let kills = 0;
/** Kills the program like a power cut, opens it again, and expects to be where one was. */
async function killAndReopen(page: Page): Promise<Page> {
  await saved(page);
  const before = { heading: await heading(page), answers: await answers(page) };
  await wizard?.kill();
  kills += 1;
  const again = await open();
  await at(again, before.heading);
  // The heading may stand before the last field does.
  await expect.poll(() => answers(again), { message: before.heading, timeout: 10_000 }).toEqual(before.answers);
  return again;
}

/** The page shows the address to sign in at; the person of the world signs in there. */
async function signIn(page: Page): Promise<void> {
  await mouse.press(page, 'Sign in with Microsoft');
  const link = page.getByRole('link', { name: 'Open the page yourself' });
  await link.waitFor();
  await world.signIn((await link.getAttribute('href')) ?? '');
}

const creations = () => world.tenant.log.filter(({ cmdlet }) => cmdlet === 'New-InboundConnector').length;
/** The loop of this process serves the world too, so nothing is missed between two looks. */
async function until(so: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!so()) {
    if (Date.now() > end) throw new Error('It never happened.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const fill = async (page: Page): Promise<void> => {
  await page.getByLabel('Your mail domain').fill('contoso.com');
  await page.getByLabel('The scanner sends from').fill('scanner@contoso.com');
};

describe('kill -9', () => {
  it('at every step: same step, same answers, nothing twice', async () => {
    const begun = Date.now();
    let page = await open();
    await mouse.press(page, 'New set-up For one office, in one sitting');
    await at(page, 'Your scanner');
    page = await killAndReopen(page);

    await page.getByLabel('Address of the scanner').fill(world.profile.devices[0]?.address ?? '');
    await page.getByLabel('Brand').selectOption('Ricoh');
    await page.getByLabel('Model').fill('IM C3000');
    page = await killAndReopen(page);
    // While it looks.
    await mouse.press(page, 'Check');
    page = await killAndReopen(page);
    if (await page.getByRole('button', { name: 'Check', exact: true }).isVisible()) await mouse.press(page, 'Check');
    await settled(page);
    await mouse.press(page, 'Continue');

    await at(page, 'Your address');
    // While somebody types: a word that is no domain yet, and no pause afterwards.
    await page.getByLabel('Your mail domain').pressSequentially('contoso');
    await page.getByLabel('The scanner sends from').pressSequentially('scanner@cont');
    await page.waitForTimeout(400);
    page = await killAndReopen(page);
    expect(await page.getByLabel('The scanner sends from').inputValue()).toBe('scanner@cont');
    await fill(page);
    page = await killAndReopen(page);
    await mouse.press(page, 'Check');
    await settled(page);
    page = await killAndReopen(page);
    // Old facts are marked as such, with their age, and looked at again by one button.
    await page.getByRole('complementary', { name: 'From an earlier time' }).waitFor();
    expect(await page.getByText(/^Found out /).count()).toBeGreaterThan(0);
    await picture(page, 'keep', 'old-facts');
    expect(await violations(page)).toEqual([]);
    await mouse.press(page, 'Look at everything again');
    await page.getByRole('complementary', { name: 'From an earlier time' }).waitFor({ state: 'detached' });
    expect(await page.getByText(/^Found out /).count()).toBe(0);
    await mouse.press(page, 'Continue');

    await at(page, 'Your internet line');
    page = await killAndReopen(page);
    await settled(page);
    if (await page.getByRole('button', { name: 'Check', exact: true }).isVisible()) await mouse.press(page, 'Check');
    await settled(page);
    await mouse.press(page, 'Continue');

    await at(page, 'Sign in');
    page = await killAndReopen(page);
    await signIn(page);
    await at(page, 'Let it send');
    await page.getByRole('button', { name: 'Let 203.0.113.7 send as contoso.com' }).waitFor();
    page = await killAndReopen(page);
    // A sign-in dies with the program; the plan does not.
    await mouse.press(page, 'Sign in again');
    await signIn(page);
    await mouse.press(page, 'Let 203.0.113.7 send as contoso.com');
    // The moment the change is made, Microsoft is too busy to say so.
    const made = until(() => world.tenant.connectors.length > 0).then(() => {
      world.tenant.busyCalls = 1000;
    });
    await mouse.press(page, 'Change it now');
    await made;
    await page
      .getByText(/asked us to wait|shows the change/)
      .first()
      .waitFor();
    await saved(page);
    await wizard?.kill();
    kills += 1;
    world.tenant.busyCalls = 0;
    page = await open();
    await at(page, 'Something was left unanswered last time');
    await picture(page, 'keep', 'unanswered');
    expect(await violations(page)).toEqual([]);
    await signIn(page);
    await mouse.press(page, 'Look in Microsoft 365');
    await page.getByText('It was looked up: it took effect.').waitFor();
    await picture(page, 'keep', 'looked-up');
    await mouse.press(page, 'Keep it and go on');
    await at(page, 'Let it send');
    await page.getByText('It is done, and was read back').waitFor();
    page = await killAndReopen(page);
    await mouse.press(page, 'Continue');

    await at(page, 'DNS record');
    await page.getByRole('heading', { name: 'The record is live and right' }).waitFor();
    await settled(page);
    page = await killAndReopen(page);
    await mouse.press(page, 'Continue');

    await at(page, 'Test');
    await page.getByLabel('Somebody inside').fill('office@contoso.com');
    await page.getByLabel('Somebody outside').fill('mailbox@example.net');
    await page.getByLabel('With a small PDF, like a scan').check();
    page = await killAndReopen(page);
    // The moment the first one has arrived.
    const arrived = until(() => world.messages().length > 0).then(() => wizard?.kill());
    await mouse.press(page, 'Send the test messages');
    await arrived;
    kills += 1;
    const sent = world.messages().length;
    page = await open();
    if ((await heading(page)) !== 'Test') {
      await at(page, 'Something was left unanswered last time');
      const settle = page.getByRole('button', { name: 'It has arrived' });
      for (let left = await settle.count(); left > 0; left -= 1) {
        await settle.first().click();
        await page.waitForFunction((before) => document.querySelectorAll('main .findings > li').length < before, left);
      }
      await mouse.press(page, 'Go on');
    }
    await at(page, 'Test');
    await page.waitForTimeout(1000);
    expect(world.messages().length).toBe(sent);
    await mouse.press(page, 'Send the test messages');
    await page.getByText('Microsoft took the message').first().waitFor();
    await settled(page);
    page = await killAndReopen(page);
    await mouse.press(page, 'Continue');

    await at(page, 'Set up the scanner');
    page = await killAndReopen(page);
    await mouse.press(page, 'Continue');
    await at(page, 'Your scanner can send');
    page = await killAndReopen(page);

    expect(creations()).toBe(1);
    expect(world.tenant.connectors).toHaveLength(1);
    // Two by the second press; of the first press at most what had arrived before the end.
    expect(world.messages().length).toBe(sent + 2);
    // What was changed before all these ends can still be taken back.
    await page.getByText('RelayReady has changed nothing').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Take the change back' }).waitFor();
    console.log(`Killed ${kills} times in ${Math.round((Date.now() - begun) / 1000)} s; one connector made.`);
  });

  it('while on the start page: it opens there, and the set-up is offered', async () => {
    let page = await open();
    await mouse.press(page, 'New set-up For one office, in one sitting');
    await page.getByLabel('Brand').selectOption('Ricoh');
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: /^Start/ })
      .click();
    await saved(page);
    await wizard?.kill();
    page = await open();
    await at(page, 'Let your scanner send mail through Microsoft 365');
    await page.getByRole('button', { name: /^Go on with/ }).click();
    await at(page, 'Your scanner');
    expect(await page.getByLabel('Brand').inputValue()).toBe('Ricoh');
  });
});

describe.skipIf(inject('electron') === null)('kill -9 of the window', () => {
  it('while typing: same step, same text', async () => {
    wizard = await openInWindow({ dataFolder: folder, args: ['--practice'] });
    await mouse.press(wizard.page, 'Start practising');
    await at(wizard.page, 'Your scanner');
    await wizard.page.getByLabel('Model').press('End');
    await wizard.page.getByLabel('Model').pressSequentially(' and more');
    await wizard.page.waitForTimeout(400);
    await wizard.kill();
    wizard = await openInWindow({ dataFolder: folder, args: ['--practice'] });
    await at(wizard.page, 'Your scanner');
    expect(await wizard.page.getByLabel('Model').inputValue()).toBe('IM C3000 and more');
    await wizard.page.getByText('It was started again as you left it.').waitFor();
  });
});
