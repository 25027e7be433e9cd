/** The papers of whole jobs in simulated worlds: complete, readable, safe to open, and the same in every language. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentKind } from '../../../core/calls/documents.ts';
import { PSEUDO_TAG } from '../../../core/i18n/pseudo.ts';
import { LanguageFile, LANGUAGES } from '../../../core/i18n/languages.ts';
import { learnLanguage, translateFor } from '../../../core/i18n/translate-for.ts';
import { checklistSteps, stillOpen } from '../../../core/report/checklist.ts';
import { evidenceRows } from '../../../core/report/evidence-rows.ts';
import { MANUAL } from '../../../core/report/manual.ts';
import { paperOf } from '../../../core/report/page-style.ts';
import { shareSetUp } from '../../../core/report/share-set-up.ts';
import { Status } from '../../../core/result.ts';
import type { SetUp } from '../../../core/set-up.ts';
import { createTranslate, english } from '../../../core/text.ts';
import { steps } from '../../../renderer/steps/index.ts';
import { wholeJob, type Job } from '../../helpers/whole-job.ts';

let job: Job;
let blocked: Job;
beforeAll(async () => {
  job = await wholeJob('all-well');
  blocked = await wholeJob('port-25-blocked');
}, 60_000);
afterAll(async () => {
  await job.close();
  await blocked.close();
});

const KINDS = DocumentKind.options;
const paper = async (kind: DocumentKind, setUp: SetUp | null, tag = 'en'): Promise<string> =>
  (await job.call('document.render', { kind, setUp }, translateFor(tag))).html;
/** The text as a reader meets it, without style and markup. */
const words = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

describe('every paper', () => {
  it.each(KINDS)('%s: one title, headings without a gap, a language, and nothing from elsewhere', async (kind) => {
    const html = await paper(kind, job.setUp);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<html lang="en">');
    expect(html).toMatch(/<title>RelayReady [^<]*contoso\.com<\/title>/);
    const levels = [...html.matchAll(/<h([1-6])/g)].map((match) => Number(match[1]));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|url\(|@import|src=/i);
  });

  it.each(KINDS)('%s: the stamp on every page when from practice, and never else', async (kind) => {
    const stamped = await paper(kind, job.setUp);
    expect(stamped).toContain('<p class="stamp">');
    expect(stamped).toMatch(/@top-center\{content:"PRACTICE/);
    const { report } = job.setUp;
    const real = { ...job.setUp, environment: 'public', report: report && { ...report, practice: false } };
    const plain = await paper(kind, real);
    expect(plain).not.toContain('class="stamp"');
    expect(plain).not.toContain('PRACTICE');
  });

  it.each(KINDS)('%s: what a stranger wrote is shown and not obeyed', async (kind) => {
    const evil = '<img src=x onerror=alert(1)></style><script>alert(2)</script>" \u202E\u0000{x}';
    const { report, test } = job.setUp;
    if (!report || !test) throw new Error('no report');
    const html = await paper(kind, {
      ...job.setUp,
      profile: {
        ...job.setUp.profile,
        notes: evil,
        devices: [{ name: evil.slice(0, 90).replace('\u0000', ''), address: '', brand: null, model: null }],
      },
      report: {
        ...report,
        results: report.results.map((result) => ({
          ...result,
          title: evil,
          summary: evil,
          cause: evil,
          fix: [evil],
          status: 'fail',
          evidence: { [evil]: evil, list: [{ [evil]: [evil] }] },
          details: [
            { kind: 'copy', label: evil, text: evil },
            { kind: 'change', label: evil, before: evil, after: evil },
            { kind: 'table', columns: [evil], rows: [[evil]] },
            { kind: 'facts', rows: [{ label: evil, value: evil }] },
          ],
        })),
      },
      test: {
        ...test,
        summary: evil,
        messages: test.messages.map((message) => ({ ...message, to: evil, messageId: evil })),
      },
      ticks: { 'scanner.model': { at: evil, by: '"><b>x' } },
    });
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>(?!&)|<b>x/);
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).not.toMatch(/[\u202E\u0000]/);
  });

  it.each(KINDS)('%s: values people can read, no braces of a program', async (kind) => {
    const text = words(await paper(kind, job.setUp));
    expect(text).not.toMatch(/[{}]|\bnull\b|undefined|\[object|\bNaN\b|Invalid Date|: (true|false)\b/);
  });

  it.each(KINDS)('%s: every text of ours goes through the translation', async (kind) => {
    for (const setUp of kind === 'checklist' ? [null, job.setUp] : [job.setUp]) {
      const pseudo = words(await paper(kind, setUp, PSEUDO_TAG));
      for (const english of ['What proves it', 'Evidence', 'Who has to act', 'Domain', 'Office', 'good', 'Type this'])
        expect(pseudo, english).not.toMatch(new RegExp(`\\b${english}\\b`));
    }
  });

  it.each(LANGUAGES.filter(({ tag }) => tag !== 'en').map(({ tag }) => tag))(
    'in %s: the same headings, said anew',
    async (tag) => {
      const file = new URL(`../../../assets/languages/${tag}.json`, import.meta.url);
      const { texts } = LanguageFile.parse(JSON.parse(readFileSync(file, 'utf8')));
      if (Object.keys(texts).length < 1000) return console.log(`Not looked at: ${tag} is not written yet.`);
      learnLanguage(tag, texts);
      for (const [kind, setUp] of [...KINDS.map((kind) => [kind, job.setUp] as const), ['checklist', null] as const]) {
        const headings = (html: string) =>
          [...html.matchAll(/<h([1-4])>(?:\s*)([^<]+)/g)].map((match) => [match[1], match[2]?.trim()]);
        const html = await paper(kind, setUp, tag);
        expect(html).toContain(`<html lang="${tag}">`);
        const here = headings(html);
        const english = headings(await paper(kind, setUp));
        expect(here.map(([level]) => level)).toEqual(english.map(([level]) => level));
        // Titles of results come from the report as it was written; all others are ours.
        const ours = english.filter(([, text]) => !job.setUp.report?.results.some(({ title }) => title === text));
        const anew = ours.filter(([, text]) => !here.some(([, other]) => other === text));
        expect(anew.length / ours.length, kind).toBeGreaterThan(0.8);
      }
    },
  );

  it('dates and paper follow the language', async () => {
    const { startedAt } = job.setUp.report ?? { startedAt: '' };
    for (const tag of ['en-US', 'en-GB', 'de'] as const) {
      const html = (await job.call('document.render', { kind: 'report', setUp: job.setUp }, createTranslate(tag))).html;
      const date = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(startedAt));
      expect(html).toContain(date);
      expect(html).toContain(`@page{size:${tag === 'en-US' ? 'Letter' : 'A4'}`);
    }
    expect(['en-US', 'en-CA', 'es-MX', 'en', 'de-CH', 'fr-FR', 'nonsense_'].map(paperOf)).toEqual([
      'Letter',
      'Letter',
      'Letter',
      'A4',
      'A4',
      'A4',
      'A4',
    ]);
  });
});

it('who signed in, and what signing in gave, are on no paper and in no file to send', async () => {
  expect(job.username).toContain('@');
  const papers = [
    ...(await Promise.all(KINDS.map((kind) => paper(kind, job.setUp)))),
    JSON.stringify(shareSetUp(job.setUp)),
  ];
  for (const text of papers) {
    expect(text).not.toContain(job.username);
    expect(text).not.toMatch(/eyJ[\w-]{10,}|Bearer |(access|refresh)_token|code_verifier/);
  }
});

describe('the report', () => {
  it('tells each check with its evidence, the change, and the test without addresses', async () => {
    const { report, outcome } = job.setUp;
    const text = words(await paper('report', job.setUp));
    expect(report?.results.length).toBeGreaterThan(10);
    for (const result of report?.results ?? []) {
      expect(text).toContain(result.summary);
      for (const { label } of evidenceRows(result.evidence, english)) expect(text, result.id).toContain(label);
    }
    expect(outcome?.status).toBe('done');
    expect(text).toContain('Addresses of the office (SenderIPAddresses) 203.0.113.7');
    expect(text).toContain('MAIL FROM:<…@contoso.com>');
    expect(text).toContain('EHLO …');
    expect(text).not.toContain('mailbox@example.net');
  });

  it.each(Status.options)('shows %s as icon and word', async (status) => {
    const { report } = job.setUp;
    if (!report) throw new Error('no report');
    const results = report.results.slice(0, 1).map((result) => ({ ...result, status }));
    const html = await paper('report', { ...job.setUp, report: { ...report, results } });
    const badge = new RegExp(`<span class="badge ${status}"\\s*><span aria-hidden="true">.</span> [a-z ]+</span`);
    expect(html).toMatch(badge);
  });
});

describe('the hand-over sheet', () => {
  it('says what to type, how to undo, what was proved, whom to call and when to look again', async () => {
    const text = words(await paper('handover', job.setUp));
    for (const said of [
      'contoso-com.mail.protection.outlook.com',
      'Administrator E-mail Address',
      'relayready undo',
      "Remove-InboundConnector -Identity:'RelayReady' -Confirm:$false",
      'mailbox@example.net (outside)',
      'TXT record of contoso.com v=spf1 ip4:203.0.113.7',
      'Whom to call for what',
      'your internet provider',
      'Otherwise once a year.',
    ])
      expect(text).toContain(said);
  });
  it('says so when nothing was changed', async () => {
    const text = words(await paper('handover', { ...job.setUp, outcome: null, test: null, report: null }));
    expect(text).toContain('Nothing was changed by RelayReady.');
    expect(text).toContain('No test message was sent.');
  });
});

describe('the checklist', () => {
  it('has the steps of the wizard, in its order, each with something to do and to prove', () => {
    const places = steps
      .filter(({ id }) => id !== 'start')
      .map(({ id, title, stations, signedIn }) => ({ id, title, stations, signedIn }));
    expect(MANUAL.map(({ id, title, stations, signedIn }) => ({ id, title, stations, signedIn }))).toEqual(places);
    for (const step of MANUAL) {
      expect(step.how(null, english).length, step.id).toBeGreaterThan(1);
      expect(step.points.length, step.id).toBeGreaterThan(0);
    }
    const ids = MANUAL.flatMap(({ points }) => points.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('without a set-up it is a whole manual, with lines to write on and no example in them', async () => {
    const html = await paper('checklist', null);
    expect(html.match(/type="checkbox"/g)).toHaveLength(MANUAL.flatMap(({ points }) => points).length);
    expect(html).not.toMatch(/203\.0\.113\.7|checked \/|PRACTICE/);
    expect(words(html)).toContain('Type this address and click “+”. ____');
  });

  it('shows every result once, under its step, and what is ticked with initials', async () => {
    const found = checklistSteps(job.setUp, english).flatMap((step) => step.found.map(({ id }) => id));
    for (const { id } of job.setUp.report?.results ?? [])
      expect(
        found.filter((one) => one === id),
        id,
      ).toHaveLength(1);
    const html = await paper('checklist', job.setUp);
    expect(html).toMatch(/id="scanner\.model" checked/);
    expect(html).toContain('value="MK"');
  });

  it('puts what is open first, with who has to act', async () => {
    const open = stillOpen(checklistSteps(blocked.setUp, english));
    expect(open.map(({ id, who }) => [id, who])).toContainEqual(['port-25', 'internet-provider']);
    const text = words(await paper('checklist', blocked.setUp));
    expect(text.indexOf('What is open')).toBeLessThan(text.indexOf('1. Your scanner'));
    // What could not be told must not look like an answer.
    expect(text).not.toContain('Offered no');
  });
});
