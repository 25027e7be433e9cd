/** A report for the terminal. */
import type { Detail } from '../result.ts';
import type { Translate } from '../text.ts';
import { numbered, wrap } from './plain-text.ts';
import type { Report } from './report.ts';
import { STATUS_ICON, statusWord, verdictWord, whoWord } from './words.ts';

export function reportText(report: Report, t: Translate): string {
  const stamp = report.practice ? [t('PRACTICE – nothing here is real'), ''] : [];
  const results = report.results.flatMap((result) => [
    `${STATUS_ICON[result.status]} ${result.title} – ${statusWord(result.status, t)}`,
    wrap(result.summary, '    '),
    ...(result.status === 'fail' || result.status === 'warn' || result.status === 'unknown'
      ? [
          ...(result.cause === null ? [] : [wrap(result.cause, '    ')]),
          ...numbered(result.fix, '      '),
          ...(result.who === 'nobody'
            ? []
            : [wrap(t('Who has to act: {who}', { who: whoWord(result.who, t) }), '    ')]),
          ...result.details.flatMap(detailLines),
        ]
      : []),
  ]);
  return [
    ...stamp,
    t('{domain}: {verdict}', { domain: report.profile.domain, verdict: verdictWord(report.verdict, t) }),
    '',
    ...results,
  ].join('\n');
}

const detailLines = (detail: Detail): readonly string[] => {
  switch (detail.kind) {
    case 'facts':
      return detail.rows.map(({ label, value }) => wrap(`${label}: ${value}`, '      '));
    case 'copy':
      return [wrap(`${detail.label}:`, '      '), ...detail.text.split('\n').map((line) => `        ${line}`)];
    case 'change':
      return [wrap(`${detail.label}:`, '      '), `      - ${detail.before ?? ''}`, `      + ${detail.after}`];
    case 'table':
      return [detail.columns, ...detail.rows].map((row) => wrap(row.join('  '), '      '));
    case 'link':
      return [wrap(`${detail.label}: ${detail.url}`, '      ')];
  }
};
