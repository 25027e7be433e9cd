/** A plan for the terminal: each step with its reason and what would take it back. */
import type { Finding, Plan } from '../plan/plan.ts';
import type { Translate } from '../text.ts';
import { numbered, plain, wrap } from './plain-text.ts';
import { whoWord } from './words.ts';

export const parameterLines = (parameters: Readonly<Record<string, unknown>>, indent: string): readonly string[] =>
  Object.entries(parameters).map(([name, value]) =>
    plain(`${indent}${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  );

export function findingLines(findings: readonly Finding[], t: Translate): readonly string[] {
  const mark = { info: 'i', warning: '!', blocker: '✗' };
  return findings.flatMap(({ severity, text, fix, who }) => [
    wrap(`${mark[severity]} ${text}`),
    ...numbered(fix, '    '),
    ...(who === 'nobody' ? [] : [wrap(t('Who has to act: {who}', { who: whoWord(who, t) }), '    ')]),
  ]);
}

export function planText(plan: Plan, t: Translate): string {
  return [
    t('Organisation: {name}', { name: plan.tenant.name ?? plan.tenant.id }),
    '',
    ...(plan.steps.length === 0
      ? [t('Nothing has to change in Microsoft 365.')]
      : plan.steps.flatMap((step, index) => [
          wrap(`${index + 1}. ${step.why}`),
          `   ${step.cmdlet}`,
          ...parameterLines(step.parameters, '     '),
          step.undo === null
            ? `   ${t('This cannot be taken back.')}`
            : `   ${t('Can be taken back with {cmdlet}.', { cmdlet: step.undo.cmdlet })}`,
        ])),
    ...(plan.findings.length > 0 ? ['', ...findingLines(plan.findings, t)] : []),
  ].join('\n');
}
