/** Pieces of a printable page: everything from outside is escaped, nothing is loaded, nothing runs. */
import type { Detail, Status } from '../result.ts';
import type { Translate } from '../text.ts';
import { pageStyle, paperOf, type Paper } from './page-style.ts';
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

const table = (columns: readonly string[], rows: readonly (readonly string[])[]): Html =>
  html`<table>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;

/** Labels and values, one a row, so that a page may end between two of them. */
export const rowsHtml = (rows: readonly { readonly label: string; readonly value: string }[], kind = 'facts'): Html =>
  rows.length === 0
    ? { html: '' }
    : html`<table class="${kind}">
        <tbody>
          ${rows.map(
            ({ label, value }) =>
              html`<tr>
                <th scope="row">${label}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;

/** Steps to take; one alone needs no number. */
export const stepsHtml = (steps: readonly string[]): Html =>
  steps.length === 0
    ? { html: '' }
    : steps.length === 1
      ? html`<p>${steps[0] ?? ''}</p>`
      : html`<ol>
          ${steps.map((step) => html`<li>${step}</li>`)}
        </ol>`;

export const detailHtml = (detail: Detail, t: Translate): Html => {
  switch (detail.kind) {
    case 'facts':
      return rowsHtml(detail.rows);
    case 'copy':
      return html`<p class="label">${detail.label}</p>
        <pre>${detail.text}</pre>`;
    case 'change':
      return html`<div class="change">
        <p class="label">${detail.label}</p>
        ${
          detail.before === null
            ? null
            : html`<p class="soft">${t('Before')}</p>
                <pre class="before">${detail.before}</pre>`
        }
        <p class="soft">${t('After')}</p>
        <pre class="after">${detail.after}</pre>
      </div>`;
    case 'table':
      return table(detail.columns, detail.rows);
    case 'link':
      return html`<p>${detail.label}: <span class="address">${detail.url}</span></p>`;
  }
};

export type Page = {
  readonly title: string;
  /** Made in a simulated world: the stamp stands on every page. */
  readonly practice: boolean;
  readonly body: Html;
  /** Null: what is usual where the language is spoken. */
  readonly paper: Paper | null;
};

/** A whole self-contained document. */
export function page({ title, practice, body, paper }: Page, t: Translate): string {
  const stamp = practice ? t('PRACTICE – made with a simulated Microsoft 365, nothing here is real') : null;
  return html`<!doctype html>
    <html lang="${t.language}">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
        />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ html: pageStyle({ name: title, stamp, paper: paper ?? paperOf(t.language) }, t) }}
        </style>
      </head>
      <body>
        ${stamp === null ? null : html`<p class="stamp">${stamp}</p>`}
        <main>${body}</main>
        <footer>${t('Made by RelayReady on this computer.')}</footer>
      </body>
    </html> `.html;
}
