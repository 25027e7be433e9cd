/** Where "Continue" leads, and what is locked. */
import { describe, expect, it } from 'vitest';
import type { SetUp } from '../../core/set-up.ts';
import { isOpen, nextStep, previousStep } from '../../renderer/locks.ts';
import { steps } from '../../renderer/steps/index.ts';

const setUp = (finished: readonly string[], skipped: readonly string[] = []): SetUp =>
  ({ finished, skipped, report: null }) as unknown as SetUp;

describe('the steps', () => {
  it('lead from one to the next', () => {
    expect(nextStep('scanner', steps, setUp(['start', 'scanner']))).toBe('address');
    expect(previousStep('address', steps, setUp(['start', 'scanner']))).toBe('scanner');
  });
  it('pass over what was left out together', () => {
    const left = setUp(['start', 'scanner', 'address', 'line'], ['sign-in', 'let-it-send']);
    expect(nextStep('sign-in', steps, left, ['sign-in', 'let-it-send'])).toBe('dns');
    // Who signs in after all comes to what was left out before.
    expect(nextStep('sign-in', steps, left)).toBe('let-it-send');
  });
  it('lead to what is still to be done when the next one is locked', () => {
    expect(nextStep('device-settings', steps, setUp(['start', 'scanner', 'address', 'device-settings']))).toBe('line');
  });
  it('are all reached, one after the other', () => {
    let here = 'scanner';
    const seen = [here];
    let now = setUp(['start']);
    while (here !== 'done' && seen.length < 20) {
      now = setUp([...now.finished, here]);
      here = nextStep(here, steps, now);
      seen.push(here);
    }
    const shown = steps.filter((step) => step.id !== 'start' && (step.shown?.(now) ?? true)).map(({ id }) => id);
    expect(seen).toEqual(shown);
  });
  it('stay locked until what they need is finished or left out', () => {
    const done = steps.find(({ id }) => id === 'done');
    expect(done && isOpen(done, steps, setUp(['start', 'dns', 'test']))).toBe(false);
    expect(done && isOpen(done, steps, setUp(['start', 'dns'], ['test', 'device-settings']))).toBe(true);
  });
});
