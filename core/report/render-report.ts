/** The report on paper: verdict, path, each check with its evidence, the record, what was changed, and what the test said. */
import { maskTest } from '../mail/mask-test.ts';
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';
import { messagesFound, outcomeFound, planFound, resultFound, spfFound, type Found } from './checklist.ts';
import { isPractice } from './facts.ts';
import { badge, html, page, rowsHtml, type Html } from './html.ts';
import { conversationsHtml, foundHtml, officeRows, pathPicture } from './pieces.ts';
import type { Report } from './report.ts';
import { reviewHtml, type Sheet } from './review.ts';
import { verdictWord, whoWord } from './words.ts';

const overview = (found: readonly Found[], t: Translate): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">${t('What was checked')}</th>
        <th scope="col">${t('State')}</th>
        <th scope="col">${t('Who has to act')}</th>
      </tr>
    </thead>
    <tbody>
      ${found.map(
        ({ title, status, who }) =>
          html`<tr>
            <td>${title}</td>
            <td>${badge(status, t)}</td>
            <td>${who === 'nobody' ? '–' : whoWord(who, t)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const chapter = (title: string, found: readonly Found[], t: Translate): Html =>
  found.length === 0
    ? { html: '' }
    : html`<h2>${title}</h2>
        ${found.map((one) => foundHtml(one, { details: true }, t))}`;

export function renderReport(
  { report, ...setUp }: SetUp & { readonly report: Report },
  { review, paper }: Sheet,
  t: Translate,
): string {
  const checked = report.results.map((result) => resultFound(result, report.startedAt, t));
  const changed = [
    ...(setUp.plan ? [planFound(setUp.plan, setUp.outcome !== null, t)] : []),
    ...(setUp.outcome ? [outcomeFound(setUp.outcome, t)] : []),
  ];
  const test = setUp.test && maskTest(setUp.test);
  // The check of the record may have told just this.
  const told = report.results.some(
    ({ evidence }) => evidence['record'] === setUp.spf?.record && evidence['proposed'] === setUp.spf?.proposed,
  );
  const masked = { ...setUp, report, test };
  return page(
    {
      title: t('RelayReady report for {domain}', { domain: report.profile.domain }),
      paper,
      practice: review?.practice ?? isPractice({ ...setUp, report }),
      body: html`<p class="product">${t('RelayReady report')}</p>
        <h1>${verdictWord(report.verdict, t)}</h1>
        ${review ? reviewHtml(review, t) : null}
        ${rowsHtml([...officeRows(masked, t), { label: t('World'), value: report.environment }])}
        <h2>${t('The path of a scan')}</h2>
        ${pathPicture(masked, null, t)}
        <h2>${t('What was checked')}</h2>
        ${overview(checked, t)} ${checked.map((one) => foundHtml(one, { details: true }, t))}
        ${chapter(t('The DNS record'), told ? [] : spfFound(masked, t), t)} ${chapter(t('Microsoft 365'), changed, t)}
        ${chapter(t('The test messages'), messagesFound(masked, t), t)}
        ${
          test === null
            ? null
            : html`<p>${test.summary}</p>
                ${conversationsHtml(test, t)}`
        }`,
    },
    t,
  );
}
