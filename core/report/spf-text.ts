/** One SPF evaluation for the terminal. */
import type { SpfDocument } from '../spf/spf-document.ts';
import type { Translate } from '../text.ts';
import { plain, wrap } from './plain-text.ts';

export function spfText(document: SpfDocument, t: Translate): string {
  return [
    plain(t('{ip} for {domain}: {result}', { ip: document.ip, domain: document.domain, result: document.result })),
    ...(document.problem === null ? [] : [wrap(document.problem)]),
    plain(t('Record: {record}', { record: document.record ?? t('none') })),
    t('{lookups, number} of 10 look-ups, {voids, number} of 2 without an answer.', {
      lookups: document.lookups,
      voids: document.voidLookups,
    }),
    ...(document.matched === null ? [] : [plain(t('Decided by {term} of {domain}', document.matched))]),
    ...(document.proposed === null ? [] : ['', t('Publish this one record instead:'), plain(`  ${document.proposed}`)]),
    ...document.proposedNotes.map((note) => wrap(`- ${note}`)),
  ].join('\n');
}
