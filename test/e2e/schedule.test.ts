/** “Look regularly” in the page: shown in full, installed and taken away in a home of its own, in every light without a barrier. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { Profile } from '../../core/profile.ts';
import { openSetUps } from '../../electron/storage/set-ups.ts';
import { emptySetUp } from '../../electron/terminal/remember.ts';
import { relayready } from '../electron/commands/command-line.ts';
import { fakeTools } from '../electron/schedule/fake-tools.ts';
import { clipped, LIGHTS, turn, violations } from './eye.ts';
import { openInBrowser } from './hosts.ts';
import { picture } from './walk.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-e2e-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A home of its own with the tools of its system. */
function ownHome() {
  const home = path.join(folder, 'home');
  const dataFolder = path.join(home, 'data');
  mkdirSync(path.join(home, '.config'), { recursive: true });
  const tools = fakeTools(path.join(folder, 'tools'), home);
  for (const [name, value] of Object.entries(tools.env)) vi.stubEnv(name, value);
  vi.stubEnv('XDG_CONFIG_HOME', '');
  return { home, dataFolder, tools };
}

describe.skipIf(inject('chromium') === null || process.platform !== 'linux')('look regularly', () => {
  it('is shown, installed and taken away', { timeout: 120_000 }, async () => {
    const { home, dataFolder, tools } = ownHome();
    const list = path.join(folder, 'clients.csv');
    writeFileSync(list, 'client,domain\nContoso,contoso.example\nFabrikam,fabrikam.example\n');
    expect((await relayready(['fleet', 'import', list], { dataFolder })).code).toBe(0);
    tools.told();
    const wizard = await openInBrowser({ dataFolder });
    const { page, complaints } = wizard;
    await page.locator('.tile', { hasText: 'Clients' }).click();
    await page.getByText('Look regularly').click();
    await page.getByText('No regular look is installed.').waitFor();
    // Nothing is asked of the scheduler before somebody opens it, and nothing but how it stands then.
    expect(tools.told().map((words) => words[2])).toEqual(['show']);
    await page.getByLabel('How often').selectOption('week');
    await page.getByLabel('Day of the week').selectOption('friday');
    await page.getByLabel('Time of day').fill('18:45');
    await page.getByRole('button', { name: 'Show what would be installed' }).click();
    await page.getByText('relayready-look.timer').first().click();
    expect(await page.locator('.code-block:visible').textContent()).toContain('OnCalendar=Fri *-*-* 18:45:00');
    await page.getByText('3 commands that switch it on').click();
    for (const light of LIGHTS) {
      await turn(page, light);
      await picture(page, 'schedule', `shown-${light}`);
      expect(await violations(page, { colours: light !== 'light' })).toEqual([]);
    }
    await turn(page, 'light');
    expect(await clipped(page)).toEqual([]);

    const timer = path.join(home, '.config/systemd/user/relayready-look.timer');
    await page.getByRole('button', { name: 'Install this' }).click();
    await page.getByRole('button', { name: 'Not yet' }).click();
    expect(existsSync(timer)).toBe(false);
    await page.getByRole('button', { name: 'Install this' }).click();
    await page.getByRole('button', { name: 'Install it' }).click();
    await page.getByText('The regular look is installed').waitFor();
    await page.getByText('Every Friday at 18:45: all clients of the list.').waitFor();
    expect(existsSync(timer)).toBe(true);
    await picture(page, 'schedule', 'installed');
    await page.getByLabel('How often').selectOption('day');
    await page.getByRole('button', { name: 'Show what would be installed' }).click();
    await page.getByText('this one would take its place').waitFor();
    await page.setViewportSize({ width: 480, height: 900 });
    await picture(page, 'schedule', 'narrow');
    expect(await clipped(page)).toEqual([]);

    await page.getByRole('button', { name: 'Take it away' }).click();
    await page.locator('.dialog').getByRole('button', { name: 'Take it away' }).click();
    await page.getByText('No regular look is installed.').waitFor();
    expect(existsSync(path.dirname(timer))).toBe(false);
    expect(complaints).toEqual([]);
    await wizard.close();
  });

  it('is there for one office at the end of the wizard', { timeout: 120_000 }, async () => {
    const { home, dataFolder } = ownHome();
    const setUp = emptySetUp('public', Profile.parse({ domain: 'contoso.com', name: 'Contoso' }));
    await openSetUps(dataFolder).save({ ...setUp, step: 'done', finished: ['start'] });
    const wizard = await openInBrowser({ dataFolder });
    const { page, complaints } = wizard;
    await page.getByText('Look regularly').click();
    await page.getByText('No regular look is installed.').waitFor();
    await page.getByRole('button', { name: 'Show what would be installed' }).click();
    await page.getByRole('button', { name: 'Install this' }).waitFor();
    await picture(page, 'schedule', 'done');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Install this' }).click();
    await page.getByRole('button', { name: 'Install it' }).click();
    await page.getByText('Every day at 07:30: one office.').waitFor();
    const service = readFileSync(path.join(home, '.config/systemd/user/relayready-look.service'), 'utf8');
    expect(service).toContain(`"--set-up" "${setUp.id}"`);
    expect(complaints).toEqual([]);
    await wizard.close();
  });
});
