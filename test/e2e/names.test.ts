/** By accessible names and roles alone, as a screen reader or a voice would: the smooth way, and a way that is blocked. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { newDataFolder, openInBrowser, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';

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

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

type Line = {
  /** Missing while a dialog hides the page. */
  readonly at?: string;
  readonly press: readonly string[];
  readonly hear?: readonly [Role, string | RegExp];
};
type Role = 'status' | 'alert' | 'alertdialog' | 'region' | 'listitem' | 'heading' | 'list';

async function follow(page: Page, script: readonly Line[]): Promise<void> {
  for (const { at, press, hear } of script) {
    if (at !== undefined) await heading(page, at).waitFor();
    for (const name of press) await button(page, name).press('Enter');
    if (hear) {
      const [role, words] = hear;
      await page.getByRole(role).filter({ hasText: words }).first().waitFor();
    }
  }
}

const begin = async (open: typeof openInBrowser, scenario: string): Promise<Page> => {
  wizard = await open({ dataFolder: folder, args: ['--practice'] });
  const { page } = wizard;
  await heading(page, 'Let your scanner send mail through Microsoft 365').waitFor();
  await page.getByRole('radio', { name: scenario, exact: true }).check();
  await button(page, 'Start practising').press('Enter');
  return page;
};

const HOSTS = [
  ['the browser', openInBrowser],
  ...(inject('electron') === null ? [] : [['the window', openInWindow] as const]),
] as const;
if (inject('electron') === null) console.log(`Not in the window: ${inject('electronMissing')}`);

describe.each(HOSTS)('by accessible names alone, in %s', (_, open) => {
  it('the smooth way', async () => {
    const page = await begin(open, 'All is well');
    await follow(page, [
      { at: 'Your scanner', press: ['Check'], hear: ['status', 'Checked: nothing has to be done here.'] },
      { at: 'Your scanner', press: ['Continue'] },
      { at: 'Your address', press: ['Check'], hear: ['status', 'Checked: nothing has to be done here.'] },
      { at: 'Your address', press: ['Continue'] },
      { at: 'Your internet line', press: [], hear: ['status', 'Checked: nothing has to be done here.'] },
      { at: 'Your internet line', press: ['Continue'] },
      { at: 'Sign in', press: ['Sign in with Microsoft'] },
      {
        at: 'Let it send',
        press: ['Let 203.0.113.7 send as contoso.com'],
        hear: ['alertdialog', 'Change Microsoft 365 now?'],
      },
      { press: ['Change it now'], hear: ['status', 'It is done, and was read back'] },
      { at: 'Let it send', press: ['Continue'] },
      { at: 'DNS record', press: [], hear: ['heading', 'The record is live and right'] },
      { at: 'DNS record', press: ['Continue'] },
      { at: 'Test', press: ['Send the test messages'], hear: ['region', 'Microsoft took the message'] },
      { at: 'Test', press: ['Continue'] },
      { at: 'Set up the scanner', press: ['Continue'] },
      { at: 'Your scanner can send', press: [] },
    ]);
    expect(await page.getByRole('region', { name: 'Your choices' }).textContent()).toContain('203.0.113.7');
    expect(await page.getByRole('region', { name: 'What was changed', exact: true }).textContent()).toContain(
      'It is done',
    );
    // And back again, by names too.
    await button(page, 'Take the change back').press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Take the change back?' });
    expect(await dialog.getByRole('table', { name: 'Before and after' }).textContent()).toContain('203.0.113.7');
    await dialog.getByRole('button', { name: 'Take it back' }).press('Enter');
    await page.getByRole('region', { name: 'Taken back' }).waitFor();
  });

  it('a way that is blocked', async () => {
    const page = await begin(open, 'Port 25 is blocked');
    await follow(page, [
      { at: 'Your scanner', press: ['Go on without a scanner'] },
      { at: 'Your address', press: ['Check'], hear: ['status', 'Checked: nothing has to be done here.'] },
      { at: 'Your address', press: ['Continue'] },
      { at: 'Your internet line', press: [], hear: ['status', /Checked: \d+ thing/] },
      { at: 'Your internet line', press: [], hear: ['listitem', /Port \d+ is blocked.*Your internet provider/s] },
      { at: 'Your internet line', press: ['Continue'] },
      { at: 'The right way', press: ['Continue'], hear: ['alert', 'Choose a way, or keep the usual one.'] },
      { at: 'The right way', press: ['Keep the usual way'] },
      { at: 'Sign in', press: ['Somebody else does this part'] },
      { at: 'DNS record', press: [], hear: ['heading', 'The record is live and right'] },
      { at: 'DNS record', press: ['Continue'] },
      { at: 'Test', press: ['Send no test'] },
      { at: 'Set up the scanner', press: ['Set up the scanner later'] },
      { at: 'This is where you are', press: [] },
    ]);
    expect(await page.getByRole('region', { name: 'Still to do' }).textContent()).toContain('Port 25');
    expect(await page.getByRole('region', { name: 'Your choices' }).textContent()).toContain('Left out');
    expect(await page.getByRole('region', { name: 'What this practice run showed' }).textContent()).toContain(
      'Please open outgoing TCP port 25',
    );
  });
});
