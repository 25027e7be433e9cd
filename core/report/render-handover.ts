/** The hand-over sheet: what to type into the scanner, what was changed and how to undo it, what was proved, whom to call, when to look again. */
import type { BrandCard } from '../calls/devices.ts';
import type { Command, Outcome } from '../plan/plan.ts';
import type { Who } from '../result.ts';
import { psValue } from '../script/quote.ts';
import type { SetUp } from '../set-up.ts';
import { say, type Text, type Translate } from '../text.ts';
import { settingRows } from './checklist.ts';
import { when } from './evidence-rows.ts';
import { isPractice, recordOf, relayHostOf } from './facts.ts';
import { badge, detailHtml, html, page, rowsHtml, type Html } from './html.ts';
import { BLANK } from './manual.ts';
import { officeRows, pathPicture } from './pieces.ts';
import { reviewHtml, type Sheet } from './review.ts';
import { MESSAGE_WORDS, OUTCOME_STEP_WORDS, OUTCOME_WORDS, whoWord } from './words.ts';

export type HandoverFacts = Sheet & { readonly card: BrandCard | null; readonly port: number };

/** Whom to call for what. */
const CALLS: readonly { readonly who: Who; readonly what: Text }[] = [
  {
    who: 'device-supplier',
    what: say('The scanner cannot be reached, has lost its settings, or cannot encrypt (STARTTLS).'),
  },
  {
    who: 'internet-provider',
    what: say('Port 25 is blocked, the public address is another one, or has no reverse name.'),
  },
  { who: 'dns-host', what: say('The SPF record (TXT) of the domain has to be changed.') },
  { who: 'microsoft-admin', what: say('The connector, the list of domains, and tracing a message in Exchange.') },
  {
    who: 'microsoft',
    what: say(
      'The connector is switched off and cannot be switched on, or the office’s address is blocked (ask through a support request).',
    ),
  },
];

/** As it is typed into Exchange Online PowerShell. */
const commandLine = ({ cmdlet, parameters }: Command): string =>
  [cmdlet, ...Object.entries(parameters).map(([name, value]) => `-${name}:${writtenValue(value)}`)].join(' ');
const writtenValue = (value: unknown): string => {
  try {
    return psValue(value);
  } catch {
    return psValue(JSON.stringify(value));
  }
};

function settings(setUp: SetUp, { card, port }: HandoverFacts, t: Translate): Html {
  const label = (name: keyof BrandCard['labels'], usual: string) => (card ? `${usual} (${card.labels[name]})` : usual);
  const rows = [
    {
      label: label('server', t('Mail server (SMTP)')),
      value: relayHostOf(setUp) ?? t('see Microsoft 365 admin center, Domains, MX'),
    },
    { label: label('port', t('Port')), value: String(port) },
    {
      label: label('encryption', t('Encryption')),
      value: card?.labels.encryptionValue ?? t('STARTTLS (sometimes called TLS); never “SSL” on port 465'),
    },
    {
      label: label('authentication', t('Login')),
      value: card?.labels.authenticationValue ?? t('off: no user name, no password'),
    },
    { label: label('sender', t('Sender')), value: setUp.profile.sender ?? `scanner@${setUp.profile.domain}` },
  ];
  const address = setUp.profile.devices[0]?.address ?? '';
  const own = card?.webPage && address !== '' ? card.webPage.replace('<address>', address) : null;
  return html`<h2>
      ${card ? t('Type this into the scanner: {brand}', { brand: card.brand }) : t('Type this into the scanner')}
    </h2>
    ${card === null ? null : html`<p>${t('Where: {path}', { path: card.menuPath.join(' › ') })}</p>`}
    ${card === null || t.language.startsWith('en') ? null : html`<p>${t('The names are those of the device in English; in another language it may call them otherwise.')}</p>`}
    ${own === null ? null : html`<p>${t('Its own page, in your web browser:')} <span class="address">${own}</span></p>`}
    ${rowsHtml(rows, 'values')}
    ${
      !card || card.notes.length === 0
        ? null
        : html`<ul>
            ${card.notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }`;
}

function changes(outcome: Outcome | null, t: Translate): Html {
  const heading = html`<h2>${t('What was changed in Microsoft 365')}</h2>`;
  const changed = outcome?.steps.filter(({ status }) => status === 'done' || status === 'unknown') ?? [];
  if (outcome === null || changed.length === 0)
    return html`${heading}
      <p>${outcome ? t(OUTCOME_WORDS[outcome.status].text) : t('Nothing was changed by RelayReady.')}</p>`;
  const undos = changed.flatMap(({ undo }) => (undo === null ? [] : [undo]));
  return html`${heading}
    ${rowsHtml([
      { label: t('Organisation'), value: outcome.tenant.name ?? outcome.tenant.id },
      { label: t('When'), value: when(outcome.finishedAt, t) },
      { label: t('Who signed in (write it here; RelayReady does not keep it)'), value: `${BLANK}${BLANK}` },
    ])}
    ${changed.map(
      ({ cmdlet, parameters, status }) =>
        html`<div class="head">
            <h3>${cmdlet}</h3>
            ${badge(OUTCOME_STEP_WORDS[status].status, t)}
          </div>
          ${rowsHtml(settingRows(parameters, t))}`,
    )}
    <h3>${t('How to take it back')}</h3>
    <ol>
      <li>
        ${t('On the computer that made the change: “relayready undo”, or “Take it back” on the last page of the wizard.')}
      </li>
      <li>
        ${t('Or by hand: https://admin.exchange.microsoft.com, Mail flow, Connectors, choose the connector, and remove it or put the former values back.')}
      </li>
      ${undos.length === 0 ? null : html`<li>${t('Or in Exchange Online PowerShell:')} ${undos.map((undo) => html`<pre>${commandLine(undo)}</pre>`)}</li>`}
    </ol>
    ${undos.length < changed.length ? html`<p>${t('Part of it cannot be taken back.')}</p>` : null}
    <p>${t('Without the connector the scanner cannot send to anybody outside any more.')}</p>`;
}

function dnsRecord(setUp: SetUp, t: Translate): Html | null {
  const record = recordOf(setUp);
  if (!record) return null;
  const { domain, before, after } = record;
  const label = t('TXT record of {domain}', { domain });
  return html`<h2>${t('The DNS record')}</h2>
    ${
      after === null
        ? detailHtml({ kind: 'copy', label, text: before ?? t('none') }, t)
        : html`${detailHtml({ kind: 'change', label, before, after }, t)}
            <p>
              ${t('It is published by whoever manages the domain. To take it back, the record from before is published again.')}
            </p>`
    }`;
}

const proof = (setUp: SetUp, t: Translate): Html =>
  html`<h2>${t('What was proved')}</h2>
    ${
      setUp.test === null
        ? html`<p>${t('No test message was sent.')}</p>`
        : html`<p>${setUp.test.summary}</p>
            <table>
              <thead>
                <tr>
                  <th scope="col">${t('To')}</th>
                  <th scope="col">${t('What became of it')}</th>
                  <th scope="col">${t('Message-ID')}</th>
                </tr>
              </thead>
              <tbody>
                ${setUp.test.messages.map(
                  ({ to, kind, outcome, messageId }) =>
                    html`<tr>
                      <td>${to} (${kind === 'internal' ? t('inside') : t('outside')})</td>
                      <td>${badge(MESSAGE_WORDS[outcome].status, t)} ${t(MESSAGE_WORDS[outcome].text)}</td>
                      <td>${messageId}</td>
                    </tr>`,
                )}
              </tbody>
            </table>`
    }`;

export function renderHandover(setUp: SetUp, facts: HandoverFacts, t: Translate): string {
  const { profile, report, outcome } = setUp;
  const { review, paper } = facts;
  return page(
    {
      title: t('RelayReady hand-over sheet for {domain}', { domain: profile.domain }),
      paper,
      practice: review?.practice ?? isPractice(setUp),
      body: html`<p class="product">RelayReady</p>
        <h1>${t('Hand-over sheet')}</h1>
        ${review ? reviewHtml(review, t) : null}
        ${rowsHtml([...officeRows(setUp, t), { label: t('Written on'), value: when(setUp.savedAt, t) }])}
        ${settings(setUp, facts, t)}
        ${
          report === null
            ? null
            : html`<h2>${t('The path of a scan')}</h2>
                ${pathPicture(setUp, facts.port, t)}`
        }
        ${changes(outcome, t)} ${dnsRecord(setUp, t)} ${proof(setUp, t)}
        <h2>${t('Whom to call for what')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">${t('Who')}</th>
              <th scope="col">${t('For what')}</th>
              <th scope="col">${t('Name and telephone')}</th>
            </tr>
          </thead>
          <tbody>
            ${CALLS.map(
              ({ who, what }) =>
                html`<tr>
                  <td>${whoWord(who, t)}</td>
                  <td>${t(what)}</td>
                  <td class="write"></td>
                </tr>`,
            )}
          </tbody>
        </table>
        <h2>${t('When to look again')}</h2>
        <ul>
          <li>${t('When you change your internet provider or the line: the office’s address changes with it.')}</li>
          <li>${t('When somebody edits the domain’s DNS records.')}</li>
          <li>${t('When the scanner is replaced or reset.')}</li>
          <li>${t('When mail to people outside stops and mail inside still works.')}</li>
          <li>${t('Otherwise once a year.')}</li>
        </ul>
        ${
          profile.notes === ''
            ? null
            : html`<h2>${t('Notes')}</h2>
                ${profile.notes.split('\n').map((line) => html`<p>${line}</p>`)}`
        }`,
    },
    t,
  );
}
