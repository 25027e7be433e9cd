/** The hand-over sheet: what to type into the scanner, what was changed and how to undo it, when to look again. */
import type { BrandCard } from '../calls/devices.ts';
import type { SetUp } from '../set-up.ts';
import type { Translate } from '../text.ts';
import { html, page } from './html.ts';
import { pathOf } from './path.ts';
import { pathHtml } from './path-html.ts';
import { when } from './render-report.ts';

export function renderHandover(setUp: SetUp, card: BrandCard | null, t: Translate): string {
  const { profile, report, outcome, test } = setUp;
  const evidence = report?.results.find(({ id }) => id.startsWith('relay'))?.evidence ?? {};
  const host =
    profile.relayHost ??
    (typeof evidence['host'] === 'string' ? evidence['host'] : t('see Microsoft 365 admin center, Domains, MX'));
  const label = (name: keyof BrandCard['labels'], usual: string) => (card ? `${usual} (${card.labels[name]})` : usual);
  const changed = outcome?.steps.filter(({ status }) => status === 'done') ?? [];
  return page(
    t('RelayReady hand-over sheet for {domain}', { domain: profile.domain }),
    report?.practice ?? setUp.environment === 'practice',
    html`<h1>${t('Hand-over sheet')}</h1>
      <p class="soft">${profile.name} · ${profile.domain} · ${when(setUp.savedAt, t)}</p>
      <section class="big">
        <h2>${t('Type this into the scanner')}</h2>
        ${card === null ? null : html`<p>${card.brand}: ${card.menuPath.join(' › ')}</p>`}
        <dl>
          <dt>${label('server', t('Mail server (SMTP)'))}</dt>
          <dd>${host}</dd>
          <dt>${label('port', t('Port'))}</dt>
          <dd>25</dd>
          <dt>${label('encryption', t('Encryption'))}</dt>
          <dd>${card?.labels.encryptionValue ?? t('STARTTLS (sometimes called TLS); never “SSL” on port 465')}</dd>
          <dt>${label('authentication', t('Login'))}</dt>
          <dd>${card?.labels.authenticationValue ?? t('off: no user name, no password')}</dd>
          <dt>${label('sender', t('Sender'))}</dt>
          <dd>${profile.sender ?? `scanner@${profile.domain}`}</dd>
        </dl>
      </section>
      ${
        report === null
          ? null
          : html`<h2>${t('The way of a scan')}</h2>
              ${pathHtml(pathOf({ profile, results: report.results, outcome, test, port: null }, t), t)}`
      }
      <h2>${t('What was changed in Microsoft 365')}</h2>
      ${
        changed.length === 0
          ? html`<p>${t('Nothing was changed by RelayReady.')}</p>`
          : html`<ul>
                ${changed.map(
                  ({ cmdlet, parameters, undo }) =>
                    html`<li>
                      <b>${cmdlet}</b>
                      <pre>${JSON.stringify(parameters, null, 2)}</pre>
                      ${undo === null ? t('This cannot be taken back.') : t('Can be taken back with {cmdlet}.', { cmdlet: undo.cmdlet })}
                    </li>`,
                )}
              </ul>
              <p>
                ${t('To take it back: “relayready undo”, on the computer that made the change, or remove the connector in the Exchange admin center (Mail flow, Connectors).')}
              </p>`
      }
      <h2>${t('The test messages')}</h2>
      ${
        test === null
          ? html`<p>${t('No test message was sent.')}</p>`
          : html`<p>${test.summary}</p>
              <ul>
                ${test.messages.map(({ to, outcome: became, messageId }) => html`<li>${to}: ${became} <span class="soft">${messageId}</span></li>`)}
              </ul>`
      }
      <h2>${t('When to look again')}</h2>
      <ul>
        <li>${t('When the internet provider or the router changes: the public address may be another one then.')}</li>
        <li>${t('When somebody edits the domain’s DNS records.')}</li>
        <li>${t('Every month: run the checks once more; they change nothing.')}</li>
      </ul>`,
    t,
  );
}
