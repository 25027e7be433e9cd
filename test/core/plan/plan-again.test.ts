/** Properties over many tenants: apply the plan, plan again, get nothing; take it back, and all is as before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { effectOf, findConnector } from '../../../core/plan/in-effect.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { factsOf, perform, TENANT } from './tenant-model.ts';
import { anyAddress, anyProfile, anyTenant } from './tenant-worlds.ts';

describe('plan, apply, plan again', () => {
  it('ends with nothing to do, touches no connector of another, and can be taken back', () => {
    let planned = 0;
    fc.assert(
      fc.property(anyTenant, anyProfile, fc.uniqueArray(anyAddress, { maxLength: 3 }), (before, wish, addresses) => {
        const plan = (there: readonly ExchangeObject[]) =>
          makePlan({ profile: wish, addresses, actual: factsOf(there), tenant: TENANT }, english);
        const first = plan(before);
        let after: readonly ExchangeObject[] = before;
        for (const step of first.steps) {
          planned += 1;
          after = perform(after, step);
          expect(effectOf(step, findConnector(after, 'RelayReady'))).toBe('in-effect');
        }
        expect(plan(after).steps).toEqual([]);
        expect(after.filter(({ Name }) => String(Name).toLowerCase() === 'relayready').length).toBeLessThanOrEqual(1);
        const foreign = (there: readonly ExchangeObject[]) =>
          there.filter(({ Name }) => String(Name).toLowerCase() !== 'relayready');
        expect(foreign(after)).toEqual(foreign(before));

        let back = after;
        for (const { undo } of first.steps.toReversed()) if (undo) back = perform(back, undo);
        expect(factsOf(back).connectors?.map(({ object: _, ...rest }) => rest)).toEqual(
          factsOf(before).connectors?.map(({ object: _, ...rest }) => rest),
        );
      }),
      { numRuns: 3000 },
    );
    // Guards against a property that never plans anything.
    expect(planned).toBeGreaterThan(300);
  });
});
