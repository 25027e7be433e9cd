/** The page crashes, the program makes a mistake, or somebody ends it in the middle: the step stays, and nothing is done twice or lost. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { openJournal } from '../../electron/storage/journal.ts';
import { newDataFolder, openInWindow, removeDataFolder, type OpenWizard } from './hosts.ts';
import { mouse } from './walk.ts';

let folder = '';
let wizard: OpenWizard | null = null;
beforeEach(() => {
  folder = newDataFolder();
});
afterEach(async () => {
  await wizard?.kill();
  wizard = null;
  removeDataFolder(folder);
});

/** Asked from the program itself: a crashed page is lost to who drives the browser, and a question put to it is never answered. */
const inPage = (electron: ElectronApplication, script: string): Promise<unknown> =>
  electron.evaluate(
    ({ BrowserWindow }, text) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript(text)
          .catch(() => null) as Promise<unknown>,
        new Promise((resolve) => setTimeout(() => resolve(null), 2000)),
      ]),
    script,
  );
async function until(electron: ElectronApplication, script: string, wanted: unknown): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const found = await inPage(electron, script);
    if (found === wanted) return;
    if (Date.now() > end) throw new Error(`${script} stays ${String(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
const HEADING = `document.querySelector('h1')?.textContent ?? null`;
const SAVED = `document.querySelector('.saving')?.textContent ?? null`;

async function started(): Promise<{ readonly electron: ElectronApplication; readonly page: OpenWizard['page'] }> {
  wizard = await openInWindow({ dataFolder: folder, args: ['--practice'] });
  const { page, electron } = wizard;
  if (!electron) throw new Error('no window');
  await mouse.press(page, 'Start practising');
  await page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
  return { page, electron };
}

describe.skipIf(inject('electron') === null)('the window', () => {
  it('whose page crashes comes back at the same step with the same answers', async () => {
    const { page, electron } = await started();
    await page.getByLabel('Model').fill('IM C3000 in the hall');
    await until(electron, SAVED, 'Saved on this computer');
    // The page that comes is another one, not this one before it is gone.
    await inPage(electron, 'window.before = true');
    await electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    const model = `[...document.querySelectorAll('input')].some(({ value }) => value === 'IM C3000 in the hall')`;
    await until(electron, `window.before === undefined && ${model}`, true);
    expect(await inPage(electron, HEADING)).toBe('Your scanner');
  });

  it('goes on after a mistake in the program behind it, and the mistake is written down', async () => {
    const { page, electron } = await started();
    await electron.evaluate(() => {
      setTimeout(() => {
        throw new Error('a mistake of ours with scanner@contoso.com in it');
      }, 0);
      void Promise.reject(new Error('a promise of ours'));
    });
    await page.getByLabel('Model').fill('still here');
    await until(electron, SAVED, 'Saved on this computer');
    const log = () => readFileSync(path.join(folder, 'relayready.log'), 'utf8');
    const end = Date.now() + 20_000;
    while (!/a mistake of ours/.test(log()) || !/a promise of ours/.test(log()))
      if (Date.now() > end) throw new Error(log());
      else await new Promise((resolve) => setTimeout(resolve, 100));
    expect(log()).not.toContain('scanner@contoso.com');
  });

  it('that is quit in the middle of a look has saved the answers and begun nothing', async () => {
    const { page, electron } = await started();
    await page.getByLabel('Model').fill('just now');
    await mouse.press(page, 'Check');
    const child = electron.process();
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    // As a logoff and an update of the system do.
    child.kill('SIGTERM');
    await ended;
    wizard = await openInWindow({ dataFolder: folder, args: ['--practice'] });
    await wizard.page.getByRole('heading', { level: 1, name: 'Your scanner' }).waitFor();
    expect(await wizard.page.getByLabel('Model').inputValue()).toBe('just now');
    expect(await openJournal(folder).pending()).toEqual([]);
  });

  it('a second one of the same data folder is not opened; the first comes to the front', async () => {
    const { page } = await started();
    const second = await openInWindow({ dataFolder: folder, args: [] }).catch((error: unknown) => error as Error);
    expect(second).toBeInstanceOf(Error);
    await page.getByLabel('Model').fill('the first goes on');
    expect(await page.getByLabel('Model').inputValue()).toBe('the first goes on');
  });
});
