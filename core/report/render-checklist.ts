/** The checklist on paper: a complete manual without a set-up, and with one what was found, what is open, and room to sign. */
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';
import { checklistSteps, stillOpen, type ChecklistPoint, type ChecklistStep } from './checklist.ts';
import { when } from './evidence-rows.ts';
import { isPractice } from './facts.ts';
import { badge, html, page, rowsHtml, type Html } from './html.ts';
import { BLANK, type Way } from './manual.ts';
import { foundHtml, officeRows } from './pieces.ts';
import { reviewHtml, type Sheet } from './review.ts';
import { whoWord } from './words.ts';

const stateWord = (state: NonNullable<ChecklistStep['state']>, t: Translate): string =>
  ({
    done: t('Finished in the wizard.'),
    'left-out': t('Left out on purpose.'),
    open: t('Not finished in the wizard.'),
  })[state];

const pointHtml = ({ id, text, tick }: ChecklistPoint, t: Translate): Html =>
  html`<tr>
    <td><input type="checkbox" id="${id}" ${tick ? { html: 'checked' } : null} /></td>
    <th scope="row"><label for="${id}">${text}</label></th>
    <td class="who">
      <input type="text" aria-label="${t('Initials: {point}', { point: text })}" value="${tick?.by ?? ''}" />
    </td>
    <td class="day">
      <input
        type="text"
        aria-label="${t('Date: {point}', { point: text })}"
        value="${tick ? when(tick.at, t, 'medium') : ''}"
      />
    </td>
  </tr>`;

const pointsHtml = (points: readonly ChecklistPoint[], t: Translate): Html =>
  html`<h3>${t('What proves it')}</h3>
    <table class="ticks">
      <thead>
        <tr>
          <th scope="col" class="tick">${t('Done')}</th>
          <th scope="col">${t('This is so')}</th>
          <th scope="col">${t('Initials')}</th>
          <th scope="col">${t('Date')}</th>
        </tr>
      </thead>
      <tbody>
        ${points.map((point) => pointHtml(point, t))}
      </tbody>
    </table>`;

const byHand = (how: readonly Way[], t: Translate): Html =>
  html`<h3>${t('What to do by hand')}</h3>
    <ol>
      ${how.map(
        ({ text, value }) => html`<li>${text}${value === null ? null : html` <b class="value">${value}</b>`}</li>`,
      )}
    </ol>`;

const stepHtml = (step: ChecklistStep, index: number, known: boolean, t: Translate): Html =>
  html`<section>
    <div class="head title">
      <h2>${t('{number}. {title}', { number: String(index + 1), title: step.title })}</h2>
      ${step.status === null ? null : badge(step.status, t)}
    </div>
    ${step.state === null ? null : html`<p class="soft">${stateWord(step.state, t)}</p>`}
    ${step.found.map((found) => foundHtml(found, { details: false }, t))}
    ${known && (step.state === 'done' || step.status === 'pass') ? null : byHand(step.how, t)}
    ${pointsHtml(step.points, t)}
  </section>`;

/** What is open, by whom, on the first page: that is what most readers want. */
const openHtml = (steps: readonly ChecklistStep[], t: Translate): Html => {
  const open = stillOpen(steps);
  return html`<h2>${t('What is open')}</h2>
    ${
      open.length === 0
        ? html`<p>${t('Nothing of what was looked at is open.')}</p>`
        : html`<table>
            <thead>
              <tr>
                <th scope="col">${t('Step')}</th>
                <th scope="col">${t('What')}</th>
                <th scope="col">${t('Who has to act')}</th>
              </tr>
            </thead>
            <tbody>
              ${open.map(
                ({ step, title, summary, status, who }) =>
                  html`<tr>
                    <td class="narrow">${step}</td>
                    <td>${badge(status, t)} ${title}: ${summary}</td>
                    <td class="narrow">${whoWord(who, t)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }`;
};

/** @param setUp null for the bare checklist */
export function renderChecklist(setUp: SetUp | null, { review, paper }: Sheet, t: Translate): string {
  const steps = checklistSteps(setUp, t);
  const blank = [t('Office'), t('Domain'), t('Public address of the office'), t('Done by'), t('Date')].map((label) => ({
    label,
    value: `${BLANK}${BLANK}`,
  }));
  return page(
    {
      title: setUp?.profile.domain
        ? t('RelayReady checklist for {domain}', { domain: setUp.profile.domain })
        : t('RelayReady checklist'),
      paper,
      practice: review?.practice ?? isPractice(setUp),
      body: html`<p class="product">RelayReady</p>
        <h1>${t('Checklist: a scanner that sends through Microsoft 365')}</h1>
        ${review ? reviewHtml(review, t) : null} ${rowsHtml(setUp ? officeRows(setUp, t) : blank)}
        <p>
          ${
            setUp
              ? t(
                  'Each step tells what was found and by what evidence. Tick what you have seen yourself, with your initials.',
                )
              : t(
                  'Each step tells what to do by hand and what proves it. No program and no internet is needed to use this paper.',
                )
          }
        </p>
        ${setUp ? openHtml(steps, t) : null} ${steps.map((step, index) => stepHtml(step, index, setUp !== null, t))}`,
    },
    t,
  );
}
