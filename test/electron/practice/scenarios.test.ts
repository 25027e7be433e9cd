/** Each scenario teaches something: what one learns, how a real case looks, whom one would call; and a world goes on where it was left. */
import { describe, expect, it } from 'vitest';
import { ScenarioPlace } from '../../../core/calls/program.ts';
import { english } from '../../../core/text.ts';
import { listScenarios, startPractice } from '../../../electron/practice/practice.ts';
import { apply, context, send, signedIn } from './world.ts';

const scenarios = await listScenarios();

describe('scenarios', () => {
  it('are ten or more, some for each place where it can go wrong', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(10);
    expect(new Set(scenarios.map(({ place }) => place))).toEqual(new Set(ScenarioPlace.options));
  });
  it.each(scenarios)('$id says what one learns, how a real case looks, and whom one would call', (scenario) => {
    for (const text of [scenario.story, scenario.learn, scenario.real, scenario.call].map((one) => english(one))) {
      expect(text).toMatch(/[.”]$/);
      expect(text.length).toBeGreaterThan(30);
      expect(text.length).toBeLessThan(220);
    }
    // Where nothing goes wrong there is no station to show it at.
    expect(scenario.station === null).toBe(scenario.place === 'nothing');
  });
});

describe('a world left and started again', () => {
  it('has the same organisation, the connector that was made, and the record that was published', async () => {
    const first = await startPractice({ scenario: 'spf-wrong', signal: context.signal });
    const record = 'v=spf1 ip4:203.0.113.7 include:spf.protection.outlook.com -all';
    const { outcome } = await apply(first, await signedIn(first));
    const { id } = first.tenant;
    await first.stop();
    const again = await startPractice({
      scenario: 'spf-wrong',
      signal: context.signal,
      resumed: { tenantId: id, connectors: [outcome.connector ?? {}], record },
    });
    try {
      expect(again.tenant.id).toBe(id);
      expect(await send(again, 'mailbox@example.net')).toMatch(/^250 2\.6\.0/);
      const { plan } = await apply(again, await signedIn(again));
      expect(plan.steps).toEqual([]);
    } finally {
      await again.stop();
    }
  });
});
