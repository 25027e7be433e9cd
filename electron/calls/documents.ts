/** What is printed and passed on. */
import { AppError } from '../../core/errors.ts';
import { renderChecklist } from '../../core/report/render-checklist.ts';
import { renderHandover } from '../../core/report/render-handover.ts';
import { renderReport } from '../../core/report/render-report.ts';
import { say } from '../../core/text.ts';
import { loadBrands } from '../storage/assets.ts';
import type { documentCalls } from '../../core/calls/documents.ts';
import type { PartOf } from './engine-parts.ts';

export const documentPart: PartOf<typeof documentCalls> = {
  'document.render': async ({ kind, setUp }, { t }) => {
    const brand = (await loadBrands(t)).find((card) => card.brand === setUp?.profile.devices[0]?.brand) ?? null;
    const missing = (what: string) =>
      new AppError('missing-input', say('There is no {what} yet to put on paper.', { what }), {
        field: '--profile',
        remedy: say('Run the checks first.'),
      });
    const name = setUp?.profile.domain === undefined || setUp.profile.domain === '' ? '' : `-${setUp.profile.domain}`;
    const fileName = `relayready-${kind}${name}.html`;
    if (kind === 'checklist') return { html: renderChecklist(setUp, t), fileName };
    if (!setUp) throw missing(kind);
    if (kind === 'handover') return { html: renderHandover(setUp, brand, t), fileName };
    if (!setUp.report) throw missing(kind);
    return { html: renderReport(setUp.report, t), fileName };
  },
};
