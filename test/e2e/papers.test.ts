/** The papers as PDF, from the terminal, the loopback page and the window: selectable, tagged, well broken into pages. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DocumentKind } from '../../core/calls/documents.ts';
import type { SetUp } from '../../core/set-up.ts';
import { wholeJob } from '../helpers/whole-job.ts';
import { newDataFolder, openInWindow, removeDataFolder, root } from './hosts.ts';
import { readPdf, type Pdf } from './pdf.ts';

const chromium = inject('chromium');
const missing = inject('popplerMissing');

let folder = '';
let setUp: SetUp;
let blocked: SetUp;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'relayready-papers-'));
  const job = await wholeJob('all-well');
  const wrong = await wholeJob('port-25-blocked');
  ({ setUp } = job);
  blocked = wrong.setUp;
  await job.close();
  await wrong.close();
  writeFileSync(path.join(folder, 'all.json'), JSON.stringify(setUp));
  writeFileSync(path.join(folder, 'blocked.json'), JSON.stringify(blocked));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Ran = { readonly stdout: string; readonly stderr: string; readonly code?: number };
const relayready = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  promisify(execFile)(process.execPath, [path.join(root, 'bin/relayready.mjs'), ...args], {
    env: {
      ...process.env,
      RELAYREADY_DATA: folder,
      CHROMIUM_PATH: chromium?.executablePath ?? '',
      ...chromium?.env,
      ...env,
    },
  }).catch((error: unknown) => error as Ran);

/** Without blanks: a line may end anywhere. */
const dense = (text: string): string => text.replaceAll(/\s+/g, '');
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const all = (html: string, tag: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<${tag}[ >][\\s\\S]*?</${tag}>`, 'g'))].map((match) => textOf(match[0]));

/** Page number, document's name and stamp stand in the margin. */
const body = (page: string): readonly string[] =>
  page
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line !== '' && !/^Page \d+ of \d+$|^RelayReady .*(contoso\.com|checklist)$|^PRACTICE –/.test(line),
    );

/** @param margins the printing Chromium writes in the margins of a page */
function expectGoodPages(pdf: Pdf, html: string, margins = true): void {
  const headings = new Set([1, 2, 3, 4].flatMap((level) => all(html, `h${level}`)).map(dense));
  expect(headings.size).toBeGreaterThan(5);
  for (const [at, page] of pdf.pages.entries()) {
    const last = body(page).at(-1) ?? '';
    expect(headings.has(dense(last)), `page ${at + 1} ends with the heading “${last}”`).toBe(false);
    expect(body(page).length, `page ${at + 1} is almost empty`).toBeGreaterThan(1);
    if (margins) expect(page).toContain(`Page ${at + 1} of ${pdf.pages.length}`);
  }
  const pages = pdf.pages.map(dense);
  const cut = all(html, 'tr')
    .map(dense)
    .filter((row) => row !== '' && !pages.some((page) => page.includes(row)));
  expect(cut, 'rows that are cut in two').toEqual([]);
}

describe.skipIf(inject('poppler') === null)(`papers as PDF${missing === '' ? '' : ` (skipped: ${missing})`}`, () => {
  it.each([
    ['handover', 'all.json', 'handover', [2, 4]],
    ['report', 'all.json', 'report', [6, 14]],
    ['checklist', 'all.json', 'checklist', [6, 14]],
    ['checklist', 'blocked.json', 'blocked', [6, 14]],
    ['checklist', null, 'blank', [5, 9]],
  ] as const)('%s of %s from the terminal', async (kind, from, name, [fewest, most]) => {
    const out = path.join(folder, `${name}.pdf`);
    const args = ['--kind', kind, ...(from ? ['--from', path.join(folder, from)] : [])];
    const ran = await relayready(['report', ...args, '--out', out]);
    expect(ran.code, ran.stderr).toBeUndefined();
    const pdf = readPdf(readFileSync(out), `terminal-${name}`);
    expect(pdf.title).toMatch(/^RelayReady (hand-over sheet|report|checklist)/);
    expect(pdf.tagged).toBe(true);
    expect(pdf.language).toBe('en');
    for (const tag of ['Document', 'H1', 'H2', 'Table', 'TR', 'TH']) expect(pdf.tags).toContain(tag);
    expect(pdf.pageSize).toContain('A4');
    expect(pdf.pages.length).toBeGreaterThanOrEqual(fewest);
    expect(pdf.pages.length).toBeLessThanOrEqual(most);
    const page = path.join(folder, `${name}.html`);
    await relayready(['report', ...args, '--out', page]);
    expectGoodPages(pdf, readFileSync(page, 'utf8'));
    for (const page of pdf.pages) expect(page.includes('PRACTICE – made with a simulated')).toBe(from !== null);
  });

  it('on Letter where that is the paper, by the language asked for', async () => {
    const out = path.join(folder, 'letter.pdf');
    const args = ['report', '--kind', 'handover', '--from', path.join(folder, 'all.json'), '--out', out];
    const ran = await relayready([...args, '--language', 'en-US']);
    expect(ran.code, ran.stderr).toBeUndefined();
    expect(readPdf(readFileSync(out), 'terminal-letter').pageSize).toContain('612 x 792');
  });

  it('a file somebody sent is told, with what its evidence says', async () => {
    const { report } = setUp;
    const forged = {
      ...report,
      verdict: 'ready',
      results: report?.results.map((one) => (one.id === 'spf' ? { ...one, status: 'fail' } : one)),
    };
    const file = path.join(folder, 'forged.json');
    writeFileSync(file, JSON.stringify({ ...forged, environment: 'public' }));
    const out = path.join(folder, 'forged.html');
    const ran = await relayready(['report', '--kind', 'report', '--from', file, '--out', out, '--json']);
    const { judgement } = JSON.parse(ran.stdout) as { judgement: { differing: readonly object[] } };
    expect(judgement.differing).toContainEqual(expect.objectContaining({ id: 'spf', said: 'fail', judged: 'pass' }));
    expect(textOf(readFileSync(out, 'utf8'))).toContain(
      'SPF record: the file says “needs doing”, its evidence says “good”.',
    );
  });

  it('without a browser the remedy is told, and HTML is always possible', async () => {
    const out = (ending: string) => path.join(folder, `none.${ending}`);
    const none = { CHROMIUM_PATH: path.join(folder, 'no-such-browser') };
    const ran = await relayready(['report', '--kind', 'checklist', '--out', out('pdf')], none);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('Write an .html file instead');
    expect((await relayready(['report', '--kind', 'checklist', '--out', out('html')], none)).code).toBeUndefined();
  });

  it.skipIf(inject('electron') === null)('from the window', async () => {
    const data = newDataFolder();
    const opened = await openInWindow({ dataFolder: data });
    try {
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
      const agent = await opened.page.evaluate(() => navigator.userAgent);
      const version = Number(/Chrome\/(\d+)/.exec(agent)?.[1]);
      const margins = version >= 131;
      if (!margins) console.log(`No page numbers looked for: this Electron has Chromium ${version}, before 131.`);
      const ask = async (method: string, kind: string) => {
        const reply = await opened.page.evaluate(
          ([name, params]) =>
            (
              window as unknown as {
                relayready: { call: (...all: unknown[]) => Promise<{ value: { pdf: string; html: string } }> };
              }
            ).relayready.call(crypto.randomUUID(), name, params, 'en'),
          [method, { kind, setUp }] as const,
        );
        return reply.value;
      };
      for (const kind of DocumentKind.options) {
        const pdf = readPdf(Buffer.from((await ask('document.pdf', kind)).pdf, 'base64'), `window-${kind}`);
        expect(pdf.title).toMatch(/^RelayReady .* for contoso\.com$/);
        expect(pdf.tagged).toBe(true);
        expect(pdf.language).toBe('en');
        expect(pdf.pageSize).toContain('A4');
        expect(pdf.tags).toContain('H1');
        expectGoodPages(pdf, (await ask('document.render', kind)).html, margins);
      }
      await opened.page.locator('input[type=file]').setInputFiles(path.join(folder, 'blocked.json'));
      await opened.page.getByRole('heading', { level: 1, name: /^Somebody’s file/ }).waitFor();
      expect(await opened.page.locator('main').innerText()).toContain('the same everywhere');
      expect(opened.complaints).toEqual([]);
    } finally {
      await opened.close();
      removeDataFolder(data);
    }
  });
});
