/** The checklist: every step of the way to tick off on paper, with what is known of it, usable without any computer. */
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';
import { html, page } from './html.ts';
import { resultHtml, when } from './render-report.ts';

type Line = { readonly text: string; readonly step: string };
type Chapter = { readonly title: string; readonly lines: readonly Line[] };

const chapters = (t: Translate): readonly Chapter[] => {
  const chapter = (step: string, title: string, ...texts: readonly string[]): Chapter => ({
    title,
    lines: texts.map((text) => ({ text, step })),
  });
  return [
    chapter(
      'scanner',
      t('Your scanner'),
      t('Brand and model are written down.'),
      t('Its address on the office network is known, and its settings page opens.'),
      t('Its date and time are right, and it knows a DNS server.'),
    ),
    chapter(
      'address',
      t('Your address'),
      t('The mail domain is in Microsoft 365 and verified there.'),
      t('The From address of the scanner is in that domain.'),
      t('It is known where mail for the domain goes (the MX record), and whether a filter stands in front.'),
    ),
    chapter(
      'line',
      t('Your internet line'),
      t('The provider confirmed that the public address is fixed and not shared.'),
      t('Outgoing port 25 is open.'),
      t('Encryption (STARTTLS) is offered and nobody looks into it.'),
      t('The address is on no block list.'),
    ),
    chapter(
      'way',
      t('The right way'),
      t('Nothing speaks against a relay by address; otherwise another method was chosen.'),
    ),
    chapter('sign-in', t('Sign in'), t('Somebody with the role Exchange Administrator is at hand, or has the script.')),
    chapter(
      'let-it-send',
      t('Let it send'),
      t('The plan was looked at before anything was changed.'),
      t(
        'The connector was made and read back: switched on, type “Your organization’s email server”, the right address.',
      ),
      t('If Microsoft made it switched off: Microsoft support was asked to switch it on.'),
    ),
    chapter(
      'dns',
      t('DNS record'),
      t('There is exactly one SPF record; it holds the office’s address and Microsoft’s include.'),
      t('It is live at the domain’s own name servers.'),
    ),
    chapter(
      'test',
      t('Test'),
      t('A message to somebody outside the organisation arrived (inside alone proves nothing).'),
      t('A message to somebody inside arrived, and not in junk.'),
    ),
    chapter(
      'device-settings',
      t('Set up the scanner'),
      t('Server, port 25, STARTTLS, no login and the sender are typed in.'),
      t('A scan from the device itself arrived outside.'),
    ),
    chapter(
      'done',
      t('Done'),
      t('The hand-over sheet is printed and filed.'),
      t('Signed out; it is noted when to look again.'),
    ),
  ];
};

/** @param setUp null for the bare checklist */
export const renderChecklist = (setUp: SetUp | null, t: Translate): string =>
  page(
    t('RelayReady checklist'),
    setUp?.report?.practice ?? setUp?.environment === 'practice',
    html`<h1>${t('Checklist: a scanner that sends through Microsoft 365')}</h1>
      <p class="soft">
        ${setUp ? `${setUp.profile.name} · ${setUp.profile.domain} · ${when(setUp.savedAt, t)}` : t('Office: ______________________   Date: ______________   By: ______________________')}
      </p>
      ${chapters(t).map(
        ({ title, lines }) =>
          html`<h2>${title}</h2>
            <ul class="tick">
              ${lines.map(
                ({ text, step }) => html`<li class="${setUp?.finished.includes(step) ? 'done' : ''}">${text}</li>`,
              )}
            </ul>`,
      )}
      ${
        setUp?.report
          ? html`<h2>${t('What RelayReady found on {date}', { date: when(setUp.report.startedAt, t) })}</h2>
              ${setUp.report.results.map((result) => resultHtml(result, t))}`
          : null
      }`,
    t,
  );
