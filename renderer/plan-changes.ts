/** A step of a plan as values before and after, told from the command that takes it back; pure. */
import type { Step } from '../core/plan/plan.ts';

export type PlanChange = { readonly name: string; readonly before: string | null; readonly after: string | null };

/** Names which object is meant; they change nothing by themselves. */
const POINTERS = new Set(['Identity', 'Confirm', 'ErrorAction']);

export function planChanges(step: Step): readonly PlanChange[] {
  // "Set-" is taken back by the same "Set-" with the former values; what is created had none.
  const former = step.undo?.cmdlet === step.cmdlet ? step.undo.parameters : {};
  return Object.entries(step.parameters)
    .filter(([name]) => !POINTERS.has(name))
    .map(([name, value]) => ({ name, before: written(former[name]), after: written(value) }));
}

export function written(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(written).join(', ');
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return JSON.stringify(value);
}
