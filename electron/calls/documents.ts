/** What is printed and passed on, and what somebody else passed on. */
import { randomUUID } from 'node:crypto';
import type { DocumentKind, documentCalls } from '../../core/calls/documents.ts';
import type { ParsedParams } from '../../core/contract.ts';
import { CLOUDS, type Environment } from '../../core/environment.ts';
import { AppError } from '../../core/errors.ts';
import { readReview } from '../../core/report/read-review.ts';
import { renderChecklist } from '../../core/report/render-checklist.ts';
import { renderHandover } from '../../core/report/render-handover.ts';
import { renderReport } from '../../core/report/render-report.ts';
import type { Review, Sheet } from '../../core/report/review.ts';
import { say, type Translate } from '../../core/text.ts';
import { judgeAgain } from '../judge-again.ts';
import { loadBrands } from '../storage/assets.ts';
import type { Worlds } from '../worlds.ts';
import type { EngineParts, PartOf } from './engine-parts.ts';

const SMTP_PORT = 25;
/** A simulated world that is over: as the public one, but for its name and its addresses on one computer. */
const SIMULATED: Environment = { ...(CLOUDS[0] as Environment), name: 'practice', loopback: true };

const worldNamed = (worlds: Worlds, name: string) =>
  worlds.all().find(({ environment }) => environment.name === name) ?? null;

async function render(
  { kind, setUp, ...rest }: ParsedParams<'document.render'>,
  worlds: Worlds,
  t: Translate,
): Promise<string> {
  const sheet: Sheet = { review: rest.review ?? null, paper: rest.paper ?? null };
  if (kind === 'checklist') return renderChecklist(setUp, sheet, t);
  if (!setUp) throw missing(kind);
  if (kind === 'report') {
    const { report } = setUp;
    if (!report) throw missing(kind);
    return renderReport({ ...setUp, report }, sheet, t);
  }
  const brands = await loadBrands(t);
  const card =
    brands.find(({ brand }) => brand === setUp.profile.devices[0]?.brand) ?? brands.find(({ id }) => id === 'generic');
  const port = worldNamed(worlds, setUp.environment)?.environment.relay.smtpPort ?? SMTP_PORT;
  return renderHandover(setUp, { ...sheet, card: card ?? null, port }, t);
}

const missing = (kind: DocumentKind): AppError =>
  new AppError('missing-input', say('There is no {what} yet to put on paper.', { what: kind }), {
    field: '--profile',
    remedy: say('Run the checks first.'),
  });

function fileName({ kind, setUp }: ParsedParams<'document.render'>, ending: string): string {
  const domain = setUp?.profile.domain ?? '';
  return `relayready-${kind}${domain === '' ? '' : `-${domain}`}.${ending}`;
}

export const documentPart = ({ worlds, printPdf, openedFiles }: EngineParts): PartOf<typeof documentCalls> => ({
  'document.render': async (params, { t }) => ({
    html: await render(params, worlds, t),
    fileName: fileName(params, 'html'),
  }),
  'document.pdf': async (params, { t, signal }) => {
    const pdf = await printPdf(await render(params, worlds, t), signal);
    return { pdf: Buffer.from(pdf).toString('base64'), fileName: fileName(params, 'pdf') };
  },
  'file.opened': async () => ({ file: (await openedFiles?.take()) ?? null }),
  'review.open': async ({ text }, { t }): Promise<Review> => {
    const file = readReview(text, randomUUID);
    const world = worldNamed(worlds, file.setUp.report?.environment ?? file.setUp.environment);
    return {
      schema: 'relayready/review@1',
      ...file,
      unknownFields: [...file.unknownFields],
      judgement: await judgeAgain(file.setUp, world?.environment ?? (file.practice ? SIMULATED : null), t),
    };
  },
});
