/** `report`: printable documents, offline. */
import path from 'node:path';
import { MOST_BYTES } from '../../core/report/limits.ts';
import { paperOf, type Paper } from '../../core/report/page-style.ts';
import { differenceLine, reviewLines, type Review } from '../../core/report/review.ts';
import { AppError } from '../../core/errors.ts';
import type { SetUp } from '../../core/set-up.ts';
import { say } from '../../core/text.ts';
import { DocumentKind } from '../../core/calls/documents.ts';
import { readTextFile } from '../storage/read-document.ts';
import { checkOutput, writeOutput } from '../storage/write-output.ts';
import type { Command, CommandContext } from '../terminal/command.ts';
import { emptySetUp, recall } from '../terminal/remember.ts';

const ENDINGS = ['.html', '.htm', '.pdf'];

const report: Command = {
  summary: say('Writes the hand-over sheet, the report or the checklist as HTML or PDF; works offline.'),
  usage: '--kind handover|report|checklist --out FILE.html|FILE.pdf',
  options: {
    kind: { type: 'string', value: 'KIND', values: DocumentKind.options, help: say('handover, report or checklist') },
    out: { type: 'string', value: 'FILE', path: true, help: say('where to write it (.html or .pdf)') },
    from: {
      type: 'string',
      value: 'FILE.json',
      path: true,
      help: say('a report or saved set-up that somebody sent, instead of the last one here; it is judged again'),
    },
  },
  examples: [
    { line: 'relayready report --kind checklist --out checklist.html', text: say('An empty checklist to print.') },
    {
      line: 'relayready report --kind handover --domain contoso.com --out handover.pdf',
      text: say('What to type into the scanner, and how to undo it all.'),
    },
    {
      line: 'relayready report --kind report --from contoso.json --out report.html',
      text: say('The pages of a report that somebody sent.'),
    },
  ],
  changes: 'file',
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
    checkOutput(out, ENDINGS);
    const { setUp, review } = await whatIsKnown(context, kind.data);
    for (const line of review ? [...reviewLines(review, context.t), ...differences(review, context)] : [])
      context.warn(line);
    const params = { kind: kind.data, setUp, review, paper: paperHere(context.text('language')) };
    if (out.toLowerCase().endsWith('.pdf')) {
      const { pdf } = await context.call('document.pdf', params);
      await writeOutput(out, Buffer.from(pdf, 'base64'), ENDINGS);
    } else await writeOutput(out, (await context.call('document.render', params)).html, ENDINGS);
    const file = path.resolve(out);
    context.print(
      { schema: 'relayready/written@1', kind: kind.data, file, judgement: review?.judgement ?? null },
      context.t('Written to {file}.', { file }),
    );
    return 0;
  },
};
export default report;

/** By the language asked for where it names a country, else by where this computer stands. */
function paperHere(language: string | undefined): Paper {
  if (language !== undefined && /[-_][A-Za-z]{2}\b/.test(language)) return paperOf(language.replace('_', '-'));
  const { LC_ALL, LC_PAPER, LANG } = process.env;
  // A system without a country (C, POSIX) is taken for American by Node.
  const named = process.platform === 'win32' || /^[a-z]{2,3}_[A-Z]{2}/.test(LC_ALL || LC_PAPER || LANG || '');
  return named ? paperOf(Intl.DateTimeFormat().resolvedOptions().locale) : 'A4';
}

type Known = { readonly setUp: SetUp | null; readonly review: Review | null };

const differences = ({ judgement }: Review, { t }: CommandContext): readonly string[] =>
  judgement.differing.map((one) => differenceLine(one, t));

/** A named file first, then what this computer remembers of the domain, then the bare profile; a checklist needs none. */
async function whatIsKnown(context: CommandContext, kind: DocumentKind): Promise<Known> {
  const from = context.text('from');
  if (from !== undefined) {
    // The world of the file may be one that an environment file describes.
    await context.environment();
    const text = await readTextFile(from, { maxBytes: MOST_BYTES, what: 'report' });
    const review = await context.call('review.open', { text });
    return { setUp: review.setUp, review };
  }
  if (kind === 'checklist' && context.text('profile') === undefined && context.text('domain') === undefined)
    return { setUp: null, review: null };
  const profile = await context.profile();
  const environment = await context.environment();
  const known = await recall(await context.api(), environment, profile.domain);
  return { setUp: known ? { ...known, profile } : emptySetUp(environment, profile), review: null };
}
