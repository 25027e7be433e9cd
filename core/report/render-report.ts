/** The report as a printable page. */
import type { CheckResult } from '../result.ts';
import type { Translate } from '../text.ts';
import { badge, detailHtml, html, page, type Html } from './html.ts';
import { pathOf } from './path.ts';
import { pathHtml } from './path-html.ts';
import type { Report } from './report.ts';
import { verdictWord, whoWord } from './words.ts';

export const when = (iso: string, t: Translate): string =>
  new Intl.DateTimeFormat(t.language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));

export const resultHtml = (result: CheckResult, t: Translate): Html =>
  html`<section class="card">
    <div class="head">
      <h3>${result.title}</h3>
      ${badge(result.status, t)}
    </div>
    <p>${result.summary}</p>
    ${result.cause === null ? null : html`<p class="soft">${result.cause}</p>`}
    ${
      result.fix.length === 0
        ? null
        : html`<ol>
            ${result.fix.map((step) => html`<li>${step}</li>`)}
          </ol>`
    }
    ${result.who === 'nobody' ? null : html`<p><b>${t('Who has to act: {who}', { who: whoWord(result.who, t) })}</b></p>`}
    ${result.details.map(detailHtml)}
    <p class="why">${result.why}</p>
  </section>`;

export const renderReport = (report: Report, t: Translate): string =>
  page(
    t('RelayReady report for {domain}', { domain: report.profile.domain }),
    report.practice,
    html`<h1>${verdictWord(report.verdict, t)}</h1>
      <p class="soft">
        ${report.profile.name} · ${report.profile.domain} · ${when(report.startedAt, t)} · ${report.environment}
      </p>
      ${pathHtml(pathOf({ profile: report.profile, results: report.results, outcome: null, test: null, port: null }, t), t)}
      <h2>${t('What was checked')}</h2>
      ${report.results.map((result) => resultHtml(result, t))}`,
    t,
  );
