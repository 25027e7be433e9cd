/** What a person reads at the end of an apply or undo, and how a call of it is broken. */
import { isAppError, type AppError } from '../../../core/errors.ts';
import type { Outcome } from '../../../core/plan/plan.ts';
import { english } from '../../../core/text.ts';
import type { Bench } from './apply-bench.ts';
import type { Mishap } from './simulated-microsoft.ts';

export const isWrite = (cmdlet: string): boolean => !cmdlet.startsWith('Get-');

/** Breaks the n-th call of a kind, and as many after it. */
export function breaks(
  { microsoft }: Bench,
  which: 'write' | 'Get-InboundConnector',
  mishap: Mishap,
  { skip = 0, times = 1 } = {},
): void {
  let met = 0;
  microsoft.mishap = ({ cmdlet }) => {
    if (which === 'write' ? !isWrite(cmdlet) : cmdlet !== which) return null;
    met += 1;
    return met > skip && met <= skip + times ? mishap : null;
  };
}

export type Told = { readonly status: string; readonly who: string | null; readonly words: string };
const ofError = ({ code, text, remedy, who }: AppError): Told => ({
  status: code,
  who,
  words: [text, ...(remedy ? [remedy] : [])].map(english).join('\n'),
});
export const ofOutcome = ({ status, findings, steps }: Outcome): Told => ({
  status,
  who: findings[0]?.who ?? null,
  words: [
    ...findings.flatMap(({ text, fix }) => [text, ...fix]),
    ...steps.flatMap(({ warnings, error }) => [...warnings, error ?? '']),
  ].join('\n'),
});
export async function told(work: Promise<Outcome>): Promise<Told> {
  try {
    return ofOutcome(await work);
  } catch (error) {
    if (isAppError(error)) return ofError(error);
    throw error;
  }
}
export const apply = async (bench: Bench): Promise<Told> => told(bench.plan().then((plan) => bench.apply(plan)));
export const answer = (status: number, body = '', headers: Record<string, string> = {}): Mishap => ({
  kind: 'answer',
  status,
  body,
  headers,
});
