/** What goes out, fuzzed: nothing in it is obeyed by a browser, a terminal or a table program. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { Client } from '../../core/clients/client.ts';
import { clientsToCsv } from '../../core/clients/export.ts';
import { explain } from '../../core/explain/explain.ts';
import { redactAll } from '../../core/redact.ts';
import { html } from '../../core/report/html.ts';
import { plain, wrap } from '../../core/report/plain-text.ts';
import { english } from '../../core/text.ts';
import { cleanText } from '../../electron/net/clean-text.ts';
import { fuzz, hostileText, OBEYED } from './fuzzing.ts';

/** Every text in it, however deep. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

fuzz(
  'texts of strangers, explained',
  hostileText('550 5.7.64', 'AADSTS50126', 'smtp;', ' Relay Access Denied ', '\n'),
  (text) => {
    for (const shown of textsIn(explain(text, english))) if (OBEYED.test(shown)) throw new Error(JSON.stringify(shown));
  },
);
fuzz('HTML', hostileText('<b>', 'onerror=', 'javascript:', '{{', '${'), (text) => {
  const { html: made } = html`<p title="${text}">${text}</p>`;
  const inside = made.slice('<p title="'.length, -'</p>'.length).replace('">', '');
  if (/[<>"']/.test(inside) || OBEYED.test(made)) throw new Error(made);
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(inside)) throw new Error(`not escaped: ${made}`);
});
fuzz('the terminal', hostileText('\u001b]0;title\u0007', '\u001b[31m', 'a b c '), (text) => {
  for (const shown of [plain(text), wrap(text, '  '), cleanText(text)])
    if (OBEYED.test(shown.replaceAll('\n', ''))) throw new Error(JSON.stringify(shown));
});
fuzz(
  'CSV, and back',
  fc.array(hostileText('=', '+', '-', '@', '"', ',', ';', "'", ' '), { minLength: 3, maxLength: 3 }),
  ([name = '', device = '', connector = '']) => {
    const made = Client.safeParse({
      id: '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11',
      name: name.slice(0, 90),
      addedAt: '2026-11-25T10:00:00.000Z',
      sites: [
        {
          id: 'main',
          profile: {
            domain: 'contoso.com',
            devices: [{ name: device.slice(0, 90) }],
            connector: { name: connector.slice(0, 60) },
          },
        },
      ],
    });
    if (!made.success) return;
    const [, row = []] = parse(clientsToCsv([made.data]), { bom: true, relax_column_count: false });
    const wrong = row.filter((cell) => /^[=+\-@\t\r]/.test(cell));
    if (wrong.length > 0) throw new Error(`a formula: ${JSON.stringify(wrong)}`);
    if (row[0]?.replace(/^'(?='*[=+\-@])/, '') !== Buffer.from(made.data.name).toString())
      throw new Error(`${JSON.stringify(row[0])} is not the name`);
  },
  { examples: [["'=", '', ' ']] },
);
fuzz(
  'the report of a problem',
  hostileText('scanner@contoso.com', ' 203.0.113.7 ', 'eyJhbGciOi.eyJhbGciOi.x', '/home/user/'),
  (text) => {
    const told = redactAll(text);
    if (/scanner@contoso\.com|203\.0\.113\.7/.test(told)) throw new Error(told);
  },
);
