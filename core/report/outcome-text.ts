/** An outcome for the terminal. */
import type { Outcome } from '../plan/plan.ts';
import type { Translate } from '../text.ts';
import { wrap } from './plain-text.ts';
import { findingLines, parameterLines } from './plan-text.ts';

export function outcomeText(outcome: Outcome, t: Translate): string {
  const said = {
    done: t('Done, and read back.'),
    'nothing-to-do': t('Nothing to do: everything was in place already.'),
    refused: t('Microsoft refused the change.'),
    failed: t('It could not be done; nothing was changed.'),
    unknown: t('Something was sent and its outcome is not known yet. Look again before trying anything else.'),
  }[outcome.status];
  return [
    said,
    ...outcome.steps.flatMap(({ cmdlet, status, warnings, error }) => [
      `  ${cmdlet}: ${status}`,
      ...warnings.map((warning) => wrap(warning, '    ')),
      ...(error === null ? [] : [wrap(error, '    ')]),
    ]),
    ...(outcome.connector === null
      ? []
      : ['', t('The connector as Microsoft shows it now:'), ...parameterLines(outcome.connector, '  ')]),
    ...(outcome.findings.length > 0 ? ['', ...findingLines(outcome.findings, t)] : []),
  ].join('\n');
}
