/** A reviewer opens a file that somebody sent: the same pages, read only, judged again; hostile files are refused by name. And ticks that stay. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { SetUp } from '../../core/set-up.ts';
import { wholeJob } from '../helpers/whole-job.ts';
import { LIGHTS, turn, violations } from './eye.ts';
import { newDataFolder, openInBrowser, removeDataFolder, type OpenWizard } from './hosts.ts';
import { readPdf } from './pdf.ts';
import { picture } from './walk.ts';

let files = '';
let setUp: SetUp;
beforeAll(async () => {
  files = mkdtempSync(path.join(tmpdir(), 'relayready-review-'));
  const job = await wholeJob('port-25-blocked');
  ({ setUp } = job);
  await job.close();
}, 60_000);
afterAll(() => rmSync(files, { recursive: true, force: true }));

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

const START = 'Let your scanner send mail through Microsoft 365';
const file = (name: string, content: unknown): string => {
  const place = path.join(files, name);
  writeFileSync(place, typeof content === 'string' ? content : JSON.stringify(content));
  return place;
};
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const choose = (page: Page, place: string) => page.locator('input[type=file]').setInputFiles(place);

describe('a reviewer', () => {
  it('sees the pages of a file, read only, in every light, on paper too, and nothing is kept', async () => {
    wizard = await openInBrowser({ dataFolder: folder });
    const { page } = wizard;
    await heading(page, START).waitFor();
    await picture(page, 'review', '0-start');
    await choose(page, file('sent.json', setUp));
    await heading(page, 'Somebody’s file: Contoso (practice)').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    const text = await page.locator('main').innerText();
    for (const said of [
      'It comes from practice',
      'The file says: Something needs doing',
      'It stops',
      '1. Your scanner',
      '10. Done',
      'Your internet provider',
      'Ticked: MK',
      'judged again by the evidence in the file: the same everywhere',
    ])
      expect(text, said).toContain(said);
    // Nothing in it can be altered.
    expect(await page.locator('main').locator('input, select, textarea').count()).toBe(0);
    for (const light of LIGHTS) {
      await turn(page, light);
      expect(await violations(page), light).toEqual([]);
      await picture(page, 'review', `1-file-${light}`);
    }
    await turn(page, 'light');
    if (inject('poppler') === null) console.log(`The printed page was not read: ${inject('popplerMissing')}`);
    else {
      const pdf = readPdf(await page.pdf({ preferCSSPageSize: true, tagged: true }), 'review-printed');
      const printed = pdf.pages.join('\n');
      for (const said of ['PRACTICE', 'Somebody’s file', 'To your internet provider', 'What proves it'])
        expect(printed, said).toContain(said);
      expect(printed).not.toContain('Print this page');
      for (const [at, sheet] of pdf.pages.entries()) expect(sheet, `page ${at + 1}`).toContain('PRACTICE');
    }
    await page.getByRole('button', { name: 'Close' }).click();
    await heading(page, START).waitFor();
    await page.reload();
    await heading(page, START).waitFor();
    expect(await page.getByText('Go on with').count()).toBe(0);
    expect(wizard.complaints).toEqual([]);
  });

  it('is told where a file says something else than its own evidence', async () => {
    wizard = await openInBrowser({ dataFolder: folder });
    const { page } = wizard;
    await heading(page, START).waitFor();
    const { report } = setUp;
    const results = report?.results.map((one) =>
      one.id === 'port-25' ? { ...one, status: 'pass', essential: false } : one,
    );
    const forged = { ...report, environment: 'public', practice: false, verdict: 'ready', results };
    const content = JSON.stringify(forged);
    // Dropped on the page, as people do.
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'report.json', { type: 'application/json' }));
      document
        .querySelector('h1')
        ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, content);
    await heading(page, /^Somebody’s file/).waitFor();
    const about = await page.getByRole('region', { name: 'About this file' }).innerText();
    expect(about).toContain('It says that it comes from a real office');
    expect(about).toContain('Port 25: the file says “good”, its evidence says “needs doing”.');
    expect(about).toContain('The file says “Ready”; by its own evidence it is “Something needs doing”.');
    await picture(page, 'review', '2-forged');
    expect(wizard.complaints).toEqual([]);
  });

  it('gets a clear word about files that are no report, and nothing of theirs runs', async () => {
    wizard = await openInBrowser({ dataFolder: folder });
    const { page } = wizard;
    await heading(page, START).waitFor();
    const evil = '<img src=x onerror="document.title=\'owned\'">';
    const { report } = setUp;
    const [first] = report?.results ?? [];
    const link = { kind: 'link', label: 'click', url: 'javascript:document.title="owned"' };
    const cases: readonly (readonly [string, unknown, RegExp])[] = [
      ['not-json.json', '{"schema": "relayready/report@1",', /not a whole JSON document/],
      ['deep.json', '['.repeat(5000), /nested too deeply/],
      ['other.json', { schema: 'relayready/plan@1' }, /Only reports and saved set-ups/],
      ['newer.json', { schema: 'relayready/report@9' }, /newer RelayReady/],
      ['field.json', { ...report, durationMs: 'long' }, /“durationMs” is not right/],
      ['date.json', { ...report, startedAt: evil }, /“startedAt” is not a date/],
      ['link.json', { ...report, results: [{ ...first, details: [link] }] }, /is not a web address/],
      ['film.json', 'x'.repeat(17 * 1024 * 1024), /larger than 16 MB/],
    ];
    for (const [name, content, words] of cases) {
      await choose(page, file(name, content));
      const alert = page.getByRole('alert').filter({ hasText: words });
      await alert.waitFor();
      expect(await alert.evaluate((node) => node === document.activeElement), name).toBe(true);
    }
    await picture(page, 'review', '3-refused');
    expect(await violations(page)).toEqual([]);
    const results = report?.results.map((one) => ({ ...one, title: evil, summary: evil, fix: [evil] }));
    await choose(
      page,
      file('evil.json', { ...report, profile: { ...report?.profile, name: evil.slice(0, 90) }, results }),
    );
    await heading(page, /^Somebody’s file/).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).not.toContain('owned');
    expect(wizard.complaints).toEqual([]);
  });
});

describe('the checklist on the screen', () => {
  it('is a manual without a set-up, and keeps its ticks with one', async () => {
    process.env['CHROMIUM_PATH'] = inject('chromium')?.executablePath ?? '';
    const real = {
      ...setUp,
      environment: 'public',
      ticks: {},
      step: 'done',
      report: setUp.report && { ...setUp.report, practice: false },
    };
    mkdirSync(path.join(folder, 'set-ups'));
    writeFileSync(path.join(folder, 'set-ups', `${real.id}.json`), JSON.stringify({ ...real, atStart: true }));
    wizard = await openInBrowser({ dataFolder: folder });
    const { page } = wizard;
    await heading(page, START).waitFor();
    await page.getByRole('button', { name: 'Open the checklist' }).click();
    await heading(page, /^Checklist/).waitFor();
    expect(await page.locator('main').innerText()).toContain('Open the Exchange admin center');
    await page.getByLabel('Brand and model are written down.').check();
    expect(await violations(page)).toEqual([]);
    await picture(page, 'review', '4-manual');
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('button', { name: /^Go on with/ }).click();
    await page.getByRole('button', { name: 'Open the checklist' }).click();
    await heading(page, /^Checklist/).waitFor();
    await page.getByLabel('Your initials').fill('AB');
    await page.getByLabel('Outgoing port 25 is open.').check();
    expect(await page.getByText('AB · ').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'review', '5-checklist');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'As PDF: Save the checklist' }).click();
    const pdf = readFileSync(await (await download).path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('button', { name: 'Close' }).click();

    const sent = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the report file' }).click();
    const saved = JSON.parse(readFileSync(await (await sent).path(), 'utf8')) as SetUp;
    expect(saved.ticks?.['line.port']?.by).toBe('AB');
    expect(JSON.stringify(saved.test)).not.toContain('mailbox@example.net');
    await picture(page, 'review', '6-done');
    await page.reload();
    await page.getByRole('button', { name: 'Open the checklist' }).click();
    await page.getByText('AB · ').waitFor();
    expect(await page.getByLabel('Outgoing port 25 is open.').isChecked()).toBe(true);
    expect(wizard.complaints).toEqual([]);
  });
});
