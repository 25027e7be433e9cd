/** Every check finds its one place in the wizard by what it says of itself. */
import { describe, expect, it } from 'vitest';
import { loadChecks } from '../../electron/run-checks.ts';
import { steps } from '../../renderer/steps/index.ts';
import { belongs } from '../../renderer/steps/step.ts';

describe('steps', () => {
  it('hold each check once', async () => {
    for (const [id, check] of await loadChecks())
      expect(steps.filter((step) => belongs(step, check)).length, id).toBe(1);
  });
  it('need only steps that come before them', () => {
    for (const [at, { id, needs }] of steps.entries())
      for (const need of needs)
        expect(
          steps.findIndex((step) => step.id === need),
          `${id} needs ${need}`,
        ).toBeLessThan(at);
  });
});
