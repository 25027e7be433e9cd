/** Properties over many tenants: apply the plan, plan again, get nothing; take it back, and all is as before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExchangeObject } from '../../../core/plan/inbound-connector.ts';
import { effectOf, findConnector } from '../../../core/plan/in-effect.ts';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { factsOf, ours, perform, profileWith, stored, TENANT } from './tenant-model.ts';

const address = fc.constantFrom('203.0.113.7', '203.0.113.200', '198.51.100.9');
const kept = fc.constantFrom('203.0.113.7', '203.0.113.0/24', '203.0.113.200/32', '198.51.100.9', '198.51.100.0/30');

const connector = fc
  .record({
    Name: fc.constantFrom('RelayReady', 'relayready', 'Copier', 'Gateway', 'Hybrid'),
    mine: fc.boolean(),
    Enabled: fc.boolean(),
    ConnectorType: fc.constantFrom('OnPremises', 'OnPremises', 'Partner'),
    SenderDomains: fc.constantFrom(['smtp:*;1'], ['*'], ['smtp:contoso.com;1'], ['smtp:*.fabrikam.com;1'], []),
    SenderIPAddresses: fc.uniqueArray(kept, { maxLength: 3 }),
    RequireTls: fc.boolean(),
    TlsSenderCertificateName: fc.constantFrom(null, null, '', '*.contoso.com', 'mail.fabrikam.com'),
    RestrictDomainsToIPAddresses: fc.boolean(),
    AssociatedAcceptedDomains: fc.constantFrom([], [], ['contoso.com'], ['fabrikam.com']),
  })
  .map(({ mine, ...part }): ExchangeObject => (mine ? ours(part) : stored(part)));

const tenant = fc.uniqueArray(connector, {
  maxLength: 4,
  selector: (object) => String(object['Name']).toLowerCase(),
});
const profile = fc
  .record({
    authentication: fc.constantFrom('ip', 'ip', 'certificate'),
    certificateName: fc.constantFrom('scanner.contoso.com', '*.contoso.com', null),
    requireTls: fc.boolean(),
  })
  .map((choice) => profileWith({ connector: { name: 'RelayReady', ...choice } }));

describe('plan, apply, plan again', () => {
  it('ends with nothing to do, touches no connector of another, and can be taken back', () => {
    let planned = 0;
    fc.assert(
      fc.property(tenant, profile, fc.uniqueArray(address, { maxLength: 3 }), (before, wish, addresses) => {
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
