/** What the papers are made of: the office, a finding with its evidence, the path, a conversation. */
import { lineMeanings } from '../mail/line-meaning.ts';
import { maskTest } from '../mail/mask-test.ts';
import type { TestDocument } from '../mail/test-document.ts';
import type { Status } from '../result.ts';
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';
import type { Found } from './checklist.ts';
import { when, type EvidenceRow } from './evidence-rows.ts';
import { addressesOf } from './facts.ts';
import { badge, detailHtml, html, rowsHtml, stepsHtml, type Html } from './html.ts';
import { pathHtml } from './path-html.ts';
import { pathOf } from './path.ts';
import { whoWord } from './words.ts';

/** Whose papers these are. */
export function officeRows(setUp: SetUp, t: Translate): readonly EvidenceRow[] {
  const { profile, report } = setUp;
  const [device] = profile.devices;
  const row = (label: string, value: string | null | undefined) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value }];
  return [
    ...row(t('Office'), profile.name),
    ...row(t('Domain'), profile.domain),
    ...row(
      t('Scanner'),
      device && [device.name, device.brand, device.model, device.address].filter(Boolean).join(' · '),
    ),
    ...row(t('Sends from'), profile.sender),
    ...row(t('Public address of the office'), addressesOf(setUp).join(', ')),
    ...(report && report.results.length > 0 ? row(t('Checked on'), when(report.startedAt, t)) : []),
  ];
}

/** @param port of the relay; null when it is not known */
export const pathPicture = (setUp: SetUp, port: number | null, t: Translate): Html =>
  pathHtml(
    pathOf(
      {
        profile: setUp.profile,
        results: setUp.report?.results ?? [],
        outcome: setUp.outcome,
        test: setUp.test,
        port,
      },
      t,
    ),
    t,
  );

const isOpen = (status: Status): boolean => status === 'fail' || status === 'warn' || status === 'unknown';

/** @param details show tables and records as well */
export const foundHtml = (found: Found, { details }: { readonly details: boolean }, t: Translate): Html =>
  html`<section class="found ${found.status}">
    <div class="keep">
      <div class="head">
        <h3>${found.title}</h3>
        ${badge(found.status, t)}
      </div>
      <p>${found.summary}</p>
      ${found.cause === null ? null : html`<p class="soft">${found.cause}</p>`}
      ${found.why === null || !isOpen(found.status) ? null : html`<p class="soft">${found.why}</p>`}
    </div>
    ${
      found.status === 'pass' || found.status === 'skipped' || found.fix.length === 0
        ? null
        : html`<h4>${t('What is open')}</h4>
            ${stepsHtml(found.fix)}`
    }
    ${found.who === 'nobody' ? null : html`<p><b>${t('Who has to act: {who}', { who: whoWord(found.who, t) })}</b></p>`}
    ${
      found.evidence.length === 0 && found.at === null
        ? null
        : html`<h4>${t('Evidence')}${found.at === null ? null : html` <span>${when(found.at, t)}</span>`}</h4>
            ${rowsHtml(found.evidence)}`
    }
    ${found.details.map((detail) =>
      details || detail.kind === 'change' || detail.kind === 'copy' ? detailHtml(detail, t) : null,
    )}
  </section>`;

/** The conversations, without people's addresses and without the office's own. */
export function conversationsHtml(test: TestDocument, t: Translate): Html {
  const speakers = { client: t('We'), server: t('Server'), note: t('Note') };
  return html`${maskTest(test).messages.map((message) => {
    const meanings = lineMeanings(message.transcript);
    return message.transcript.length === 0
      ? null
      : html`<h3>${t('Conversation about the message to {to}', { to: message.to })}</h3>
          <table class="said">
            <thead>
              <tr>
                <th scope="col">${t('Time')}</th>
                <th scope="col">${t('Who')}</th>
                <th scope="col">${t('What was said')}</th>
                <th scope="col">${t('What it means')}</th>
              </tr>
            </thead>
            <tbody>
              ${message.transcript.map(({ atMs, from, line }, index) => {
                const meaning = meanings[index];
                return html`<tr>
                  <td>${t('{ms, number} ms', { ms: atMs })}</td>
                  <td>${speakers[from]}</td>
                  <td>${line}</td>
                  <td>${meaning ? t(meaning) : ''}</td>
                </tr>`;
              })}
            </tbody>
          </table>`;
  })}`;
}
