/** A saved set-up: one office's profile, how far the wizard came, and what was found; resumed after a quit or a crash. */
import { z } from 'zod';
import { TestDocument } from './mail/test-document.ts';
import { Outcome, Plan } from './plan/plan.ts';
import { Profile } from './profile.ts';
import { Report } from './report/report.ts';
import { SpfDocument } from './spf/spf-document.ts';

/** While it is being typed, a profile may still lack its domain. */
export const ProfileDraft = Profile.extend({ domain: Profile.shape.domain.or(z.literal('')) });
export type ProfileDraft = z.infer<typeof ProfileDraft>;

export const SetUp = z.object({
  schema: z.literal('relayready/set-up@1'),
  id: z.uuid(),
  profile: ProfileDraft,
  /** Name of the environment it belongs to. */
  environment: z.string(),
  /** Id of the step the wizard stands on. */
  step: z.string(),
  /** Ids of steps left out on purpose. */
  skipped: z.array(z.string()),
  /** Ids of steps finished. */
  finished: z.array(z.string()),
  report: Report.nullable(),
  spf: SpfDocument.nullable(),
  plan: Plan.nullable(),
  outcome: Outcome.nullable(),
  test: TestDocument.nullable(),
  /** ISO 8601, UTC. */
  savedAt: z.string(),
});
export type SetUp = z.infer<typeof SetUp>;

export const SetUpSummary = SetUp.pick({ id: true, environment: true, step: true, savedAt: true }).extend({
  name: z.string(),
  domain: z.string(),
});
export type SetUpSummary = z.infer<typeof SetUpSummary>;
