/** `report`: printable documents, offline. */
import path from 'node:path';
import { Report } from '../../core/report/report.ts';
import { AppError } from '../../core/errors.ts';
import { SetUp } from '../../core/set-up.ts';
import { say } from '../../core/text.ts';
import { DocumentKind } from '../../core/calls/documents.ts';
import { printPdf } from '../storage/print-pdf.ts';
import { readJsonFile } from '../storage/read-document.ts';
import { checkOutput, writeOutput } from '../storage/write-output.ts';
import type { Command, CommandContext } from '../terminal/command.ts';
import { emptySetUp, recall } from '../terminal/remember.ts';

const report: Command = {
  summary: say('Writes the hand-over sheet, the report or the checklist as HTML or PDF; works offline.'),
  usage: '--kind handover|report|checklist --out FILE.html|FILE.pdf',
  options: {
    kind: { type: 'string', value: 'KIND', help: say('handover, report or checklist') },
    out: { type: 'string', value: 'FILE', help: say('where to write it (.html or .pdf)') },
    from: {
      type: 'string',
      value: 'FILE.json',
      help: say('a report made with “check --json”, instead of the last one here'),
    },
  },
  run: async (context) => {
    const kind = DocumentKind.safeParse(context.text('kind'));
    if (!kind.success)
      throw new AppError(
        context.text('kind') === undefined ? 'missing-input' : 'bad-option',
        say('Which document is wanted?'),
        {
          field: '--kind',
          remedy: say('Write --kind handover, --kind report or --kind checklist.'),
        },
      );
    const out = context.text('out');
    if (out === undefined)
      throw new AppError('missing-input', say('--out is missing.'), {
        field: '--out',
        remedy: say('Name the file to write, ending in .html or .pdf.'),
      });
    checkOutput(out, ['.html', '.htm', '.pdf']);
    const setUp = await whatIsKnown(context, kind.data);
    const { html } = await context.call('document.render', { kind: kind.data, setUp });
    if (out.toLowerCase().endsWith('.pdf')) await printPdf(html, out, context.signal);
    else await writeOutput(out, html, ['.html', '.htm']);
    const file = path.resolve(out);
    context.print({ schema: 'relayready/written@1', kind: kind.data, file }, context.t('Written to {file}.', { file }));
    return 0;
  },
};
export default report;

/** A named file first, then what this computer remembers of the domain, then the bare profile; a checklist needs none. */
async function whatIsKnown(context: CommandContext, kind: DocumentKind): Promise<SetUp | null> {
  const from = context.text('from');
  if (from !== undefined) {
    const value = await readJsonFile(from, { maxBytes: 16 * 1024 * 1024, what: 'report' });
    const setUp = SetUp.safeParse(value);
    if (setUp.success) return setUp.data;
    const document = Report.safeParse(value);
    if (document.success)
      return { ...emptySetUp(document.data.environment, document.data.profile), report: document.data };
    throw new AppError('bad-option', say('{file} is neither a report nor a saved set-up.', { file: from }), {
      field: '--from',
      remedy: say('Use the output of “relayready check --json”.'),
    });
  }
  if (kind === 'checklist' && context.text('profile') === undefined && context.text('domain') === undefined)
    return null;
  const profile = await context.profile();
  const environment = await context.environment();
  const known = await recall(await context.api(), environment, profile.domain);
  return known ? { ...known, profile } : emptySetUp(environment, profile);
}
