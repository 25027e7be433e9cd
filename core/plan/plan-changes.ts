/** A step of a plan as values before and after, told from the command that takes it back; pure. */
import type { Step } from './plan.ts';

export type PlanChange = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** Names which object is meant; they change nothing by themselves. */
const POINTERS = new Set(['Identity', 'Confirm', 'ErrorAction']);

export function planChanges(step: Step, words: readonly [string, string]): readonly PlanChange[] {
  // "Set-" is taken back by the same "Set-" with the former values; what is created had none.
  const former = step.undo?.cmdlet === step.cmdlet ? step.undo.parameters : {};
  return Object.entries(step.parameters)
    .filter(([name]) => !POINTERS.has(name))
    .map(([name, value]) => ({ name, before: written(former[name], words), after: written(value, words) }));
}

/** @param yes the words for true and false */
export function written(value: unknown, [yes, no]: readonly [string, string]): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((item) => written(item, [yes, no])).join(', ');
  if (typeof value === 'boolean') return value ? yes : no;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return JSON.stringify(value);
}
