/** Pieces of a printable page: everything from outside is escaped, nothing is loaded, nothing runs. */
import type { Detail, Status } from '../result.ts';
import type { Translate } from '../text.ts';
import { PATH_STYLE } from './path-style.ts';
import { STATUS_ICON, statusWord } from './words.ts';

/** Markup that is known to be safe; plain strings are escaped wherever they meet it. */
export type Html = { readonly html: string };

// C0 except newline and tab, DEL, C1, line separators and the bidirectional controls are shown, not obeyed.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string =>
  text
    .replaceAll(
      UNSAFE,
      (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
    )
    .replaceAll(/[&<>"']/g, (character) => ENTITY[character] ?? character);

type Part = string | number | Html | readonly Part[] | null | false;
const write = (part: Part): string => {
  if (part === null || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return 'html' in part ? part.html : part.map(write).join('');
};

/** Tagged template: literal markup stays, values are escaped unless they are Html themselves. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.map((text, index) => text + write(parts[index] ?? null)).join(''),
});

export const badge = (status: Status, t: Translate): Html =>
  html`<span class="badge ${status}"
    ><span aria-hidden="true">${STATUS_ICON[status]}</span> ${statusWord(status, t)}</span
  >`;

export const detailHtml = (detail: Detail): Html => {
  switch (detail.kind) {
    case 'facts':
      return html`<dl>
        ${detail.rows.map(
          ({ label, value }) =>
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>`;
    case 'copy':
      return html`<p class="label">${detail.label}</p>
        <pre>${detail.text}</pre>`;
    case 'change':
      return html`<p class="label">${detail.label}</p>
        ${detail.before === null ? null : html`<pre class="before">− ${detail.before}</pre>`}
        <pre class="after">+ ${detail.after}</pre>`;
    case 'table':
      return html`<table>
        <thead>
          <tr>
            ${detail.columns.map((column) => html`<th scope="col">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${detail.rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`;
    case 'link':
      return html`<p>${detail.label}: <span class="address">${detail.url}</span></p>`;
  }
};

const STYLE = `
:root{color-scheme:light;--ink:#1b1a19;--soft:#5c5a58;--line:#dcdad7;--good:#0b6a0b;--warn:#8a5a00;--bad:#b10e1c;--accent:#0f5ea8}
*{box-sizing:border-box}body{font:15px/1.5 "Segoe UI",system-ui,-apple-system,"Helvetica Neue",Arial,sans-serif;color:var(--ink);margin:0 auto;max-width:52rem;padding:2.5rem 2rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}h3{font-size:1rem;margin:1.1rem 0 .2rem}
p{margin:.3rem 0}.soft,.why{color:var(--soft)}.card{border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem;margin:.7rem 0;break-inside:avoid}
.badge{display:inline-block;border:1px solid currentColor;border-radius:999px;padding:0 .6rem;font-size:.85rem;white-space:nowrap}.pass{color:var(--good)}.warn{color:var(--warn)}.fail{color:var(--bad)}.unknown,.skipped{color:var(--soft)}
.head{display:flex;gap:.8rem;justify-content:space-between;align-items:baseline}.head h3{margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f4f2;border-radius:6px;padding:.5rem .7rem;margin:.3rem 0;font:13px/1.45 ui-monospace,Consolas,monospace}
pre.before{color:var(--bad)}pre.after{color:var(--good)}.label{font-weight:600;margin-top:.6rem}dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.15rem 1rem;margin:.4rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;border-bottom:1px solid var(--line);padding:.35rem .5rem;vertical-align:top;overflow-wrap:anywhere}
.stamp{border:3px double var(--bad);color:var(--bad);font-weight:700;text-align:center;padding:.5rem;margin:0 0 1.5rem;letter-spacing:.06em}.tick{list-style:none;padding:0}.tick li{padding:.3rem 0 .3rem 2rem;position:relative;break-inside:avoid}.tick li::before{content:"";position:absolute;left:0;top:.5rem;width:1rem;height:1rem;border:1.5px solid var(--ink);border-radius:3px}.tick li.done::before{content:"✓";line-height:1rem;text-align:center}
.big dl{font-size:1.1rem}footer{margin-top:3rem;color:var(--soft);font-size:.85rem}
@media print{body{padding:0;max-width:none;font-size:11pt}h2{break-after:avoid}.card,tr{break-inside:avoid}}`;

/** A whole self-contained document. */
export const page = (title: string, practice: boolean, body: Html, t: Translate): string =>
  html`<!doctype html>
    <html lang="${t.language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ html: STYLE + PATH_STYLE }}
        </style>
      </head>
      <body>
        ${practice ? html`<p class="stamp">${t('PRACTICE – made with a simulated Microsoft 365, nothing here is real')}</p>` : null}
        <main>${body}</main>
        <footer>${t('Made by RelayReady on this computer.')}</footer>
      </body>
    </html> `.html;
