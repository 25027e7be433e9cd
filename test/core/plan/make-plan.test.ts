/** The plan, row by row. */
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../core/plan/make-plan.ts';
import { english } from '../../../core/text.ts';
import { IP, ROWS } from './make-plan-rows.ts';
import { factsOf, profileWith, TENANT } from './tenant-model.ts';

const FORBIDDEN =
  /RestrictDomainsTo|TreatMessagesAsInternal|CloudServicesMailEnabled|EFSkip|ConnectorSource|ClientHostNames|ScanAndDrop|TrustedOrganizations/;

describe('makePlan', () => {
  it.each(ROWS)('$title', ({ there, profile = {}, addresses = [IP], facts = {}, step, says = [] }) => {
    const plan = makePlan(
      { profile: profileWith(profile), addresses, actual: factsOf(there, facts), tenant: TENANT },
      english,
    );
    const [first] = plan.steps;
    if (step === null) expect(plan.steps).toEqual([]);
    else {
      expect(plan.steps).toHaveLength(1);
      expect([first?.cmdlet, first?.parameters]).toEqual(step);
      expect(first?.why).toMatch(/\.$/);
      expect(first?.undo).not.toBeNull();
    }
    expect(JSON.stringify(plan.steps)).not.toMatch(FORBIDDEN);
    for (const [severity, part] of says)
      expect(plan.findings.filter((finding) => finding.severity === severity).map(({ text }) => text)).toContainEqual(
        expect.stringContaining(part),
      );
    if (plan.findings.some(({ severity }) => severity === 'blocker')) expect(plan.steps).toEqual([]);
  });
});
