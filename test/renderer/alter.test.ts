/** An altered answer takes back what hangs on it and says so; the former answer brings it back. */
import { describe, expect, it } from 'vitest';
import type { SetUp } from '../../core/set-up.ts';
import { createAlterer } from '../../renderer/alter.ts';
import { isOpen } from '../../renderer/locks.ts';
import { emptyProfile } from '../../renderer/set-up-actions.ts';
import { steps } from '../../renderer/steps/index.ts';

const whole = (): SetUp => ({
  schema: 'relayready/set-up@1',
  id: '0b7c2c1e-5c0a-4b57-9a43-0d9b8f6f1a11',
  profile: { ...emptyProfile(), domain: 'contoso.com', sender: 'scanner@contoso.com' },
  environment: 'public',
  step: 'address',
  skipped: [],
  finished: steps.map(({ id }) => id),
  report: null,
  spf: null,
  plan: { schema: 'relayready/plan@1', tenant: { id: '1', name: null, initialDomain: null }, steps: [], findings: [] },
  outcome: null,
  test: null,
  savedAt: '2026-01-01T00:00:00.000Z',
});
const withDomain = (setUp: SetUp, domain: string): SetUp => ({ ...setUp, profile: { ...setUp.profile, domain } });

describe('an altered answer', () => {
  it('takes back every step that hangs on it, and says which answer it was', () => {
    const alterer = createAlterer(steps);
    const { setUp, tookBack } = alterer.alter(whole(), withDomain(whole(), 'fabrikam.com'), ['domain']);
    expect(tookBack).toEqual(steps.filter(({ hangsOn }) => hangsOn.includes('domain')).map(({ id }) => id));
    for (const id of tookBack) {
      expect(setUp.finished).not.toContain(id);
      expect(setUp.takenBack?.[id]).toEqual(['domain']);
    }
    expect(setUp.plan).toBeNull();
    const done = steps.find(({ id }) => id === 'done');
    expect(done && isOpen(done, steps, setUp)).toBe(false);
  });
  it('does not forget what was really changed in Microsoft 365', () => {
    const outcome = {
      schema: 'relayready/outcome@1' as const,
      status: 'done' as const,
      tenant: { id: '1', name: null, initialDomain: null },
      steps: [
        {
          cmdlet: 'New-InboundConnector',
          parameters: {},
          status: 'done' as const,
          warnings: [],
          error: null,
          undo: null,
        },
      ],
      connector: null,
      findings: [],
      finishedAt: '2026-01-01T00:00:00.000Z',
    };
    const changed = { ...whole(), outcome };
    const { setUp } = createAlterer(steps).alter(changed, withDomain(changed, 'fabrikam.com'), ['domain']);
    expect(setUp.outcome).toBeNull();
    expect(setUp.earlier).toEqual(outcome);
    const again = createAlterer(steps).alter(setUp, withDomain(setUp, 'example.com'), ['domain']).setUp;
    expect(again.earlier).toEqual(outcome);
  });
  it('leaves the others alone', () => {
    const { setUp } = createAlterer(steps).alter(whole(), withDomain(whole(), 'fabrikam.com'), ['domain']);
    expect(setUp.finished).toContain('scanner');
    expect(setUp.takenBack).not.toHaveProperty('scanner');
  });
  it('brings everything back when the former answer is typed again, letter by letter', () => {
    const alterer = createAlterer(steps);
    let now = whole();
    for (const domain of ['contoso.co', 'contoso.c.om', 'contoso.com'])
      now = alterer.alter(now, withDomain(now, domain), ['domain']).setUp;
    expect(now).toEqual({ ...whole(), drafts: undefined, atStart: undefined });
  });
  it('does not bring back what is out of date because something was found meanwhile', () => {
    const alterer = createAlterer(steps);
    const altered = alterer.alter(whole(), withDomain(whole(), 'fabrikam.com'), ['domain']).setUp;
    alterer.forget();
    const back = alterer.alter(altered, withDomain(altered, 'contoso.com'), ['domain']).setUp;
    expect(back.plan).toBeNull();
  });
});
